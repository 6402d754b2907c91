//! The session behind an open page: its end shows in every tab at once, and is announced before it comes.

#[cfg(feature = "ssr")]
pub mod server;
mod view;
mod watch;

pub(crate) use view::SessionGuard;
