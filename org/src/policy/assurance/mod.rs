//! What must be proved, and what of it is proved.
//!
//! All of it is pure. Proofs are weighed as of the moment at which the interaction *began*: what was proved in its course is
//! fresh however long the person takes, and what was proved before, in an earlier interaction of the same session, is as old as it
//! was then ([`carried_over`]).

mod acr;
mod chain;
mod constraint;
mod given;
mod requirement;
mod search;

pub(crate) use acr::AcrLevel;
pub(crate) use given::carried_over;
pub(crate) use requirement::Requirement;

#[cfg(test)]
mod tests;
