//! The profile: who the org says the person is.

mod view;

pub(crate) use view::{ProfilePage, methods};
