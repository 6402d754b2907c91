//! The org as its clients and visitors meet it: the real router on a real database, in the process.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed, and says so by a panic"
)]

mod api;
mod app_codes;
mod authorize;
mod clock;
mod cors;
mod dev;
mod discovery;
mod host;
mod idx;
mod inbox;
mod journey;
mod limits;
mod links;
mod logout;
mod mail;
mod may_issue;
mod persistence;
mod pkce;
mod redirect_uri;
mod revoke;
mod seed;
mod sign_in;
mod support;
mod table;
mod token;
mod userinfo;
mod wire;
