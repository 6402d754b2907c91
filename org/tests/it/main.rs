//! The org as its clients and visitors meet it: the real router on a real database, in the process.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed, and says so by a panic"
)]

mod api;
mod app_codes;
mod authn;
mod authorize;
mod client_auth;
mod clients;
mod clock;
mod cors;
mod dev;
mod device;
mod direct;
mod discovery;
mod endings;
mod enrollment;
mod front_channel;
mod host;
mod idx;
mod inbox;
mod introspection;
mod journey;
mod limits;
mod links;
mod logout;
mod mail;
mod may_issue;
mod par;
mod persistence;
mod pkce;
mod redirect_uri;
mod refresh;
mod refresh_matrix;
mod refresh_races;
mod revocation;
mod revoke;
mod seed;
mod sign_in;
mod support;
mod table;
mod token;
mod token_exchange;
mod universal_logout;
mod userinfo;
mod wire;
