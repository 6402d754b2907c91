//! Signing in at the org: the start of the transaction, the callback, and what is shown when it fails.

mod api;
mod link;
mod own;
#[cfg(feature = "ssr")]
mod server;
mod view;

pub(crate) use link::SignInLink;
pub(crate) use own::OwnSignInPage;
pub(crate) use view::{CallbackPage, LoginPage};
