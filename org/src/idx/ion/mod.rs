//! The answers of the sign-in API, in Okta's dialect of ION.
//!
//! [`Document`] reads what the engine shows and writes it down; it decides nothing.

mod authenticators;
mod credentials;
mod current;
mod document;
mod field;
mod form;
mod notices;
mod remediations;
mod success;

use authenticators::Authenticators;
use field::{Choice, Field};
use form::{Form, Forms};
use notices::Notices;

pub(super) use document::Document;
pub(super) use form::PRODUCES;
pub(super) use success::success;
