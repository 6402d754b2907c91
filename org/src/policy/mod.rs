//! Decisions: pure functions over rules and facts.

pub(crate) mod global_session;
pub(crate) mod server_access;
