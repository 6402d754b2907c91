//! The only places that read the clock and the randomness of the operating system.

use model::{Clock, Entropy, Timestamp};

/// The clock of the operating system.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the edge where time comes in"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The random generator of the operating system.
#[derive(Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the edge where randomness comes in"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        if aws_lc_rs::rand::fill(bytes).is_err() {
            // Predictable secrets would be worse than no program.
            std::process::abort();
        }
    }
}
