use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::api::confirm_sign_out;
use crate::Viewer;
use crate::context;
use crate::path;
use crate::problem::CannotCheck;
use crate::shell::Page;

/// `GET /sign-out`: asks first, because a link must not sign anybody out.
#[component]
pub(crate) fn SignOutPage() -> impl IntoView {
    view! {
        <Page title="Sign out?">
            <p class="lead">
                "You will be signed out of this app and of the org, so that the next sign-in in this browser asks for a password again."
            </p>
            <div class="actions">
                <form method="post" action=path::SIGN_OUT>
                    <button class="button" type="submit">"Sign out"</button>
                </form>
                <a class="button button-quiet" href=path::HOME>"Stay signed in"</a>
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
    let ended = Suspend::new(async move {
        match confirm_sign_out(query).await {
            Ok(true) => "Your sessions in this app and at the org have ended.",
            Ok(false) | Err(_) => "Your session in this app has ended.",
        }
    });
    view! {
        <Page title="You are signed out">
            <p class="lead">
                {ended}
                " On a shared computer, close the browser as well."
            </p>
            <div class="actions">
                <a class="button" href=path::LOGIN rel="external">
                    "Sign in again"
                </a>
                <a class="button button-quiet" href=path::HOME>
                    "Go to the home page"
                </a>
            </div>
        </Page>
    }
}
