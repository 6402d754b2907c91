use leptos::prelude::*;
use leptos_meta::Title;

use crate::context::set_status;
use crate::path;
use crate::sign_in::SignInLink;
use crate::texts::texts;

/// The frame of one page: its title, its single `main` and its heading.
///
/// `main` takes the focus after a change of route, so that a keyboard or a screen reader continues there.
#[component]
pub(crate) fn Page(
    /// The heading, and the title of the document.
    #[prop(into)]
    title: String,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=format!("{title} · Portico") />
        <main id="main" tabindex="-1" data-region="main">
            <h1>{title}</h1>
            {children()}
        </main>
    }
}

/// What a page that belongs to somebody shows to nobody in particular: a way to sign in that leads back here.
#[component]
pub(crate) fn SignInFirst() -> impl IntoView {
    set_status(401);
    let words = &texts().problem;
    view! {
        <Page title=words.sign_in_to_continue>
            <p class="lead">{words.page_of_a_person}</p>
            <div class="actions">
                <SignInLink return_to=super::here() />
                <a class="button button-quiet" href=path::HOME>
                    {texts().common.go_home}
                </a>
            </div>
        </Page>
    }
}
