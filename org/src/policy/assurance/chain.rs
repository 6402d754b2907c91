use super::constraint::names;
use super::given::Given;
use crate::authenticator::Proof;
use crate::policy::Period;
use crate::policy::verification::{MethodChain, MethodChains};

/// Whether one of the chains was gone through from its first step to a last one, in order.
pub(super) fn is_met(chains: &MethodChains, given: Given<'_>) -> bool {
    let interval = chains.reauthenticate_in;
    chains
        .chains
        .iter()
        .any(|chain| is_gone_through(chain, interval, given))
}

/// The earliest proof of a step leaves the most for the steps that follow.
fn is_gone_through(chain: &MethodChain, interval: Option<Period>, given: Given<'_>) -> bool {
    let own = chain.reauthenticate_in.or(interval);
    let proves = |proof: &Proof| {
        given.is_fresh(proof, own)
            && chain
                .authentication_methods
                .iter()
                .any(|named| names(named, proof.method))
    };
    let Some(at) = given.proofs.iter().position(proves) else {
        return false;
    };
    let rest = Given {
        proofs: &given.proofs[at + 1..],
        ..given
    };
    chain.next.is_empty()
        || chain
            .next
            .iter()
            .any(|next| is_gone_through(next, interval, rest))
}

/// How many steps the longest of the chains has.
pub(super) fn length(chains: &[MethodChain]) -> usize {
    chains
        .iter()
        .map(|chain| 1 + length(&chain.next))
        .max()
        .unwrap_or(0)
}
