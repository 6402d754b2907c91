use leptos::prelude::*;

use super::One;
use super::api::see_one;
use super::controls::Act;
use super::one::id_of_page;
use super::seen::{shown, without_session};
use crate::path;
use crate::shell::Page;
use crate::texts::texts;

/// `/campaigns/{id}/delete` asks.
#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let id = id_of_page();
    without_session().unwrap_or_else(|| {
        Suspend::new(async move {
            shown(see_one(id, None, 0).await, |one, _| {
                view! { <Question one /> }.into_any()
            })
        })
        .into_any()
    })
}

#[component]
fn Question(one: One) -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <Page title=(words.delete_this)(&one.name)>
            <p class="lead">{(words.delete_text)(one.total)}</p>
            <div class="actions">
                <Act id=one.id what="delete" label=words.delete is_dangerous=true />
                <a class="button button-quiet" href=path::campaign(one.id) rel="external">
                    {words.back}
                </a>
            </div>
        </Page>
    }
}
