//! The guide against the local org, over a real socket.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed, and says so by a panic"
)]

mod apply;
mod by_hand;
mod changes;
mod confirm;
mod cut;
mod destroy;
mod local;
mod verify;
