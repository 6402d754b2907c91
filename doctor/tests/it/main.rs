//! The doctor and the local org, over a real socket.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot be set up has failed"
)]

mod changed;
mod demo;
mod local;
mod on_the_wire;
