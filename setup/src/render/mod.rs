//! What the program says: for people, or as JSON.

mod console;
mod paint;
mod text;

pub(crate) use console::Console;
