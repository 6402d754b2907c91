//! The whole program in one process: the app's router, its relying party and the local org.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot be set up has failed"
)]

mod callback;
mod deep_link;
mod doctor;
mod files;
mod forgery;
mod headers;
mod journey;
mod limits;
mod onboarding;
mod org_down;
mod panics;
mod server_functions;
mod support;
