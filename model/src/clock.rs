use std::fmt::Debug;

/// A moment in UTC. Okta writes it as `2026-02-02T11:16:06.000Z`; OAuth as whole seconds since 1970.
pub type Timestamp = jiff::Timestamp;

/// Where the current time comes from.
///
/// It is always passed in, never read from the surroundings: tests move it, and the local org's clock can be
/// advanced at run time.
pub trait Clock: Debug + Send + Sync {
    /// The current moment.
    fn now(&self) -> Timestamp;
}
