//! The only place where these commands read environment variables.

use std::ffi::OsString;
use std::path::PathBuf;

/// The value of `name`, or `None` when it is unset or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the developer's tools have no configuration beyond these few variables"
)]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The first executable called `name` on the PATH.
pub(crate) fn find_on_path(name: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}
