//! Signing out, of the app and of the org.

mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod view;

pub(crate) use view::{SignOutPage, SignedOutPage};
