use leptos::prelude::*;

use crate::context::set_status;
use crate::path;
use crate::problem::Problem;

/// The page for an address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    set_status(404);
    view! {
        <Problem
            title="There is no page here"
            cause="The address is misspelt, or the page has moved."
            remedy="The home page leads to everything there is."
        >
            <a class="button" href=path::HOME>"Go to the home page"</a>
        </Problem>
    }
}
