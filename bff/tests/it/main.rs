//! The relying party against a scripted provider: real store, real cookies, real signatures, a clock that tests move.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed, and says so by a panic"
)]

mod authorization_request;
mod authorization_response;
mod back_channel;
mod brand;
mod client_assertion;
mod configuration;
mod cookies;
mod direct;
mod discovery;
mod enrollment;
mod front_channel;
mod id_token_mutations;
mod inspection;
mod local_org;
mod lost_tokens;
mod many_sessions;
mod onboarding;
mod org_trouble;
mod refresh;
mod relying_party_modules;
mod secrecy;
mod session;
mod session_watch;
mod sign_out;
mod step_up;
mod stores;
mod support;
mod transaction;
mod universal_logout;
mod web;
