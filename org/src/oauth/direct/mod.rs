//! Direct authentication: an app asks people itself, and carries what they say to the token endpoint
//! (<https://developer.okta.com/docs/guides/configure-direct-auth-grants/>).
//!
//! This is a face of the sign-in engine like the hosted pages and the API of the interaction code flow, so policies, locks and
//! throttles are theirs. An `mfa_token` or an `oob_code` stands for an interaction ([`Dialogue`]) that no browser has a part in.
//! A grant says what was typed ([`grant`]); what is asked next ([`Next`]) becomes tokens, `mfa_required` or a refusal.

mod challenge;
mod channel;
mod dialogue;
mod factor;
mod grant;
mod next;
mod oob_code;
mod primary;
mod refusal;
mod scope;
mod tokens;

pub(crate) use challenge::challenge;
pub(super) use grant::grant;
pub(crate) use primary::primary_authenticate;

use dialogue::{Dialogue, Reply};
use next::Next;
