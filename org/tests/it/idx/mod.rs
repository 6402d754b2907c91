//! The sign-in API, as an app meets it that asks people itself.

mod client;
mod interact;
mod recover;
mod register;
mod shape;
mod sign_in;
mod transport;
