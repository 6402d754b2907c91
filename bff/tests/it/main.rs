//! The relying party against a scripted provider: real store, real cookies, real signatures, a clock that tests move.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed, and says so by a panic"
)]

mod authorization_request;
mod authorization_response;
mod configuration;
mod cookies;
mod discovery;
mod id_token_mutations;
mod local_org;
mod onboarding;
mod org_trouble;
mod relying_party_modules;
mod secrecy;
mod session;
mod sign_out;
mod support;
mod transaction;
mod web;
