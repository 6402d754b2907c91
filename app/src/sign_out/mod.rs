//! Signing out, of the app and of the org.

#[cfg(feature = "ssr")]
mod server;
mod view;

#[cfg(feature = "ssr")]
pub use server::post_sign_out;
pub(crate) use view::{SignOutPage, SignedOutPage};
