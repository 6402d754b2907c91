//! What tests need and production must not have.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot be set up has failed, and says so by a panic"
)]

mod clock;
mod dir;
mod entropy;
pub mod http;
pub mod provider;

pub use clock::TestClock;
pub use dir::TestDir;
pub use entropy::SeededEntropy;
