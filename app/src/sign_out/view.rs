use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::api::confirm_sign_out;
use crate::Viewer;
use crate::context;
use crate::path;
use crate::problem::CannotCheck;
use crate::shell::Page;
use crate::texts::texts;

/// `GET /sign-out`: asks first, because a link must not sign anybody out.
#[component]
pub(crate) fn SignOutPage() -> impl IntoView {
    let (words, common) = (&texts().session, &texts().common);
    view! {
        <Page title=words.sign_out>
            <p class="lead">{words.sign_out_means}</p>
            <div class="actions">
                <form method="post" action=path::SIGN_OUT>
                    <button class="button" type="submit">{common.sign_out}</button>
                </form>
                <a class="button button-quiet" href=path::HOME>{common.stay_signed_in}</a>
            </div>
        </Page>
    }
}

/// Where the org sends the browser after signing out.
#[component]
pub(crate) fn SignedOutPage() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(_) => view! { <SignOutPage /> }.into_any(),
        Viewer::CannotCheck => view! { <CannotCheck /> }.into_any(),
        Viewer::SignedOut => view! { <Goodbye /> }.into_any(),
    }
}

#[component]
fn Goodbye() -> impl IntoView {
    let query = use_location().search.get_untracked();
    let (words, common) = (&texts().session, &texts().common);
    let ended = Suspend::new(async move {
        match confirm_sign_out(query).await {
            Ok(true) => words.ended_everywhere,
            Ok(false) | Err(_) => words.ended_here,
        }
    });
    view! {
        <Page title=words.signed_out>
            <p class="lead">
                {ended} " " {words.close_the_browser}
            </p>
            <div class="actions">
                <a class="button" href=path::LOGIN rel="external">
                    {common.sign_in_again}
                </a>
                <a class="button button-quiet" href=path::HOME>
                    {common.go_home}
                </a>
            </div>
        </Page>
    }
}
