//! The profile: who the org says the person is.

mod claim;
mod view;

pub(crate) use view::ProfilePage;
