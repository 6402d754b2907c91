//! What is answered when the app itself fails.

#[cfg(feature = "ssr")]
pub mod server;
