use leptos::prelude::*;

use crate::context::set_status;
use crate::path;
use crate::problem::Problem;
use crate::texts::texts;

/// The page for an address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    set_status(404);
    let words = &texts().problem;
    view! {
        <Problem
            title=words.no_page
            cause=words.no_page_cause
            remedy=words.no_page_remedy
        >
            <a class="button" href=path::HOME>{texts().common.go_home}</a>
        </Problem>
    }
}
