//! The sign-in engine: a pure state machine.
//!
//! [`State::advance`] takes what is known and one answer, and returns the next state and what must be done outside
//! ([`Effect`]). [`State::screen`] says what to ask next. The hosted pages render that; they decide nothing.

mod amr;
mod machine;
mod record;

pub(crate) use amr::Amr;
pub(crate) use machine::{Answer, Effect, Message, Proof, Remediation, Screen, State};
pub(crate) use record::{Interaction, LIFETIME, create_interaction, find_interaction, save_state};
