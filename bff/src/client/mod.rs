//! How the app proves to the org that it is itself, where it does so by a signature (RFC 7523).

mod assertion;
mod key;
mod own_key;
mod service_assertion;

pub(crate) use assertion::assertion_parameters;
pub use key::{ClientKey, InvalidClientKey};
pub(crate) use service_assertion::ServiceAssertion;
