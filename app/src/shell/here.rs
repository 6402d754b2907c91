use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::path;

/// Path and query of the page being rendered, for whatever comes back to it. The way through a sign-in is no place to
/// come back to: it would begin another one.
pub(crate) fn here() -> String {
    let location = use_location();
    let path = location.pathname.get_untracked();
    if path.starts_with(path::LOGIN) {
        return path::HOME.to_owned();
    }
    let search = location.search.get_untracked();
    if search.is_empty() {
        path
    } else {
        format!("{path}?{search}")
    }
}
