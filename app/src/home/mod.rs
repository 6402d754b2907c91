//! The home page, for those who are signed in and those who are not yet.

mod view;

pub(crate) use view::{HomePage, Steps};
