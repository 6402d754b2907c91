use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::SignInError;

use super::api::{begin_sign_in, complete_sign_in};
use crate::context::set_status;
use crate::error::AppError;
use crate::path;
use crate::problem::Problem;
use crate::shell::Page;

/// `/login`: nothing to see, unless the org cannot be asked.
#[component]
pub(crate) fn LoginPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    let return_to = path::parameter(&query, "return_to").unwrap_or_default();
    view! { <Outcome of=begin_sign_in(return_to) title="Going to the sign-in page" /> }
}

/// `/login/callback`: the exchange happens while this page is rendered, so it needs no script.
#[component]
pub(crate) fn CallbackPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    view! { <Outcome of=complete_sign_in(query) title="Signing you in" /> }
}

/// Waits for what decides the answer: its status, its cookies and where it leads are set before the first byte.
#[component]
fn Outcome<F>(of: F, title: &'static str) -> impl IntoView
where
    F: Future<Output = Result<(), AppError>> + Send + 'static,
{
    Suspend::new(async move {
        match of.await {
            Ok(()) => view! {
                <Page title>
                    <p>"You are on your way."</p>
                </Page>
            }
            .into_any(),
            Err(error) => view! { <Failure error=error.into_sign_in_error() /> }.into_any(),
        }
    })
}

/// The page of a sign-in that did not work: code, cause, remedy.
#[component]
fn Failure(error: SignInError) -> impl IntoView {
    let SignInError { code, said_by_org } = error;
    set_status(code.status());
    view! {
        <Problem
            title="Signing in did not work"
            cause=code.cause()
            remedy=code.remedy()
            code=code.as_str()
            said_by_org
        >
            <a class="button" href=path::LOGIN rel="external">"Try again"</a>
            <a class="button button-quiet" href=path::HOME>"Go to the home page"</a>
        </Problem>
    }
}
