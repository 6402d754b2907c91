use jiff::{SignedDuration, Timestamp};

use crate::authenticator::{Method, Proof};
use crate::policy::Period;

/// Proofs, seen from the beginning of an interaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    /// In the order in which they were given.
    pub(super) proofs: &'a [Proof],
    pub(super) began: Timestamp,
    /// A limit for all of them.
    pub(super) max_age: Option<SignedDuration>,
}

impl<'a> Given<'a> {
    /// The methods that are proved, of those proofs that are not older than the period.
    pub(super) fn fresh(self, within: Option<Period>) -> impl Iterator<Item = Method> + 'a {
        self.proofs
            .iter()
            .filter(move |proof| self.is_fresh(proof, within))
            .map(|proof| proof.method)
    }

    /// The same without what was proved before the interaction, in an earlier one of the session.
    pub(super) const fn of_this_interaction(self) -> Self {
        Self {
            max_age: Some(SignedDuration::ZERO),
            ..self
        }
    }

    pub(super) fn is_fresh(self, proof: &Proof, within: Option<Period>) -> bool {
        let age = self.began.duration_since(proof.at);
        let limits = [within.map(Period::as_duration), self.max_age];
        limits.into_iter().flatten().all(|limit| age <= limit)
    }
}

/// The proofs of a session, as an interaction takes them over that begins at `began`. They lie before it also when no time has
/// passed in between, so that what must be proved "every time" is asked for again. For the claims of tokens keep the session's own.
pub(crate) fn carried_over(proofs: &[Proof], began: Timestamp) -> Vec<Proof> {
    let before = began
        .checked_sub(SignedDuration::from_millis(1))
        .unwrap_or(Timestamp::MIN);
    proofs
        .iter()
        .map(|proof| Proof {
            method: proof.method,
            at: proof.at.min(before),
        })
        .collect()
}
