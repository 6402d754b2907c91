use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::context::set_status;
use crate::path;
use crate::sign_in::SignInLink;

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
    let location = use_location();
    let here = location.pathname.with_untracked(|path| {
        location.search.with_untracked(|search| {
            if search.is_empty() {
                path.clone()
            } else {
                format!("{path}?{search}")
            }
        })
    });
    view! {
        <Page title="Sign in to continue">
            <p class="lead">
                "This page belongs to a person. Sign in, and you come straight back to it."
            </p>
            <div class="actions">
                <SignInLink return_to=here />
                <a class="button button-quiet" href=path::HOME>
                    "Go to the home page"
                </a>
            </div>
        </Page>
    }
}
