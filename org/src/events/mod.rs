//! The System Log: what was done, by whom, to what, and how it ended.
//!
//! An event is written in the transaction of what it tells, so that neither exists without the other.

mod agent;
mod event;
mod kind;
mod origin;
mod people;
mod record;
mod tail;

pub(crate) use event::{Actor, Event, Outcome, Target};
pub(crate) use kind::{EventType, Severity};
pub(crate) use origin::Origin;
pub(crate) use people::{app_of, client_of, group_of, user_of};
pub(crate) use record::{record, wire_time};
pub use tail::SystemLogLines;
