//! Signing out, of the app and of the org.

#[cfg(feature = "ssr")]
pub mod server;
mod view;

pub(crate) use view::{SignOutPage, SignedOutPage};
