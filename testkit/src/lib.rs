//! What tests need and production must not have.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test that cannot be set up has failed, and says so by a panic"
)]

mod authority;
mod client;
mod clock;
mod dir;
mod entropy;
mod fault_proxy;
mod form;
pub mod http;
mod inbox;
mod org;
pub mod provider;
mod redis;
mod tls_front;

pub use authority::{Authority, Identity};
pub use client::{Browser, Page};
pub use clock::TestClock;
pub use dir::TestDir;
pub use entropy::SeededEntropy;
pub use fault_proxy::{FaultProxy, Line};
pub use form::Form;
pub use inbox::Message;
pub use org::{APP_URL, HeldChanges, ORG_URL, PASSWORD, TEST_SEED, TestOrg, test_settings};
pub use redis::RedisServer;
pub use tls_front::TlsFront;
