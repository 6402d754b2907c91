//! Signing in at the org: the start of the transaction, the callback, and what is shown when it fails.

mod api;
mod link;
#[cfg(feature = "ssr")]
mod server;
mod view;

pub(crate) use link::SignInLink;
pub(crate) use view::{CallbackPage, LoginPage};
