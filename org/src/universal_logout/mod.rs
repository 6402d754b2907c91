//! Universal Logout: apps are told when somebody is to be signed out of everything (Global Token Revocation,
//! draft-parecki-oauth-global-token-revocation-06, as Okta sends it:
//! <https://developer.okta.com/docs/guides/oin-universal-logout-overview/>).
//!
//! What is to be told is written down by the change that brings it about, and told after its commit, however often the org is
//! restarted in between. Nobody waits for it: neither whoever made the change, nor one app for another.

mod endpoint;
mod messenger;
mod queue;
mod request;
mod signal;

pub(crate) use endpoint::{Endpoint, SubjectFormat, check_endpoint, find_endpoint, set_endpoint};
pub(crate) use messenger::run;
pub(crate) use queue::{Cause, enqueue};
pub(crate) use signal::Signal;
