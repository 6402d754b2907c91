use std::fmt;

use model::Entropy;

/// The right to renew the tokens of a session, for one request of one process and for a short time.
///
/// Two calls with one refresh token look to an org like theft, so that only who holds the lease calls it.
#[derive(Clone, Copy)]
pub(crate) struct Lease {
    /// Tells the holder from all others.
    pub(crate) holder: [u8; 16],
    /// The generation of tokens that is to be replaced.
    pub(crate) generation: i64,
    /// When somebody else may try, because the holder has not come back.
    pub(crate) until: i64,
}

impl Lease {
    pub(crate) fn new(generation: i64, until: i64, entropy: &dyn Entropy) -> Self {
        Self {
            holder: entropy.bytes(),
            generation,
            until,
        }
    }
}

/// How the tokens of a session stand. Times are seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Renewals {
    /// How often the tokens have been renewed.
    pub(crate) generation: i64,
    /// Until when somebody holds the lease.
    pub(crate) leased_until: i64,
    /// Until when the org is left in peace, after a failure.
    pub(crate) paused_until: i64,
}

/// What a renewal has brought, sealed.
#[derive(Debug, Clone)]
pub(crate) struct RenewedRow {
    pub(crate) generation: i64,
    pub(crate) claims: Vec<u8>,
    pub(crate) tokens: Vec<u8>,
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease")
            .field("generation", &self.generation)
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}
