//! The sign-in engine: a pure state machine.
//!
//! [`advance`] takes what is known and one answer, and returns the next state and what must be done outside ([`Effect`]).
//! [`plan`] says what is still missing; it alone reads the policies. [`Screen::of`] says what can be answered now. Three faces
//! render that: the hosted pages, the API of the interaction code flow, and direct authentication. They decide nothing.

mod amr;
mod answer;
mod effect;
mod notice;
mod plan;
mod record;
mod screen;
mod state;
mod turn;
mod world;

pub(crate) use crate::authenticator::webauthn::{Assertion, Attestation};
pub(crate) use amr::Amr;
pub(crate) use answer::{Answer, Choice, Evidence, Match};
pub(crate) use effect::{AttemptKind, Effect, Letter, Occasion, Proven};
pub(crate) use notice::{Class, Message, Notice};
pub(crate) use plan::{Plan, plan};
pub(crate) use record::{
    Interaction, LIFETIME, create_interaction, end_interactions_of, find_interaction,
    recent_interactions, save_state,
};
pub(crate) use screen::{Current, Detail, Offer, Remediation, Screen};
pub(crate) use state::{
    Challenge, Flow, Recovery, Registration, SentCode, SetUp, Stage, State, Who,
};
pub(crate) use turn::{Materials, advance, fresh_challenge, open, rules_of};
pub(crate) use world::{Account, Use, World};
