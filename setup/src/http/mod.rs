//! Calls to the org: the API token, patience with an org that is busy, pages of lists.

mod answer;
mod client;
mod pages;
mod patience;
mod plain;
#[cfg(test)]
mod tests;

pub(crate) use answer::Answer;
pub use client::Client;
pub use patience::{Patience, Pause, TokioPause};
pub(crate) use plain::Plain;

/// A future on the heap, as function pointers and trait objects need it.
pub(crate) type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + 'a>>;
