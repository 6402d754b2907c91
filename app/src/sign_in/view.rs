use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{SignInError, SignInErrorCode};

use super::api::{begin_sign_in, complete_sign_in};
use crate::context::set_status;
use crate::error::AppError;
use crate::path;
use crate::problem::Problem;
use crate::shell::Page;
use crate::texts::texts;

/// `/login`: nothing to see, unless the org cannot be asked.
#[component]
pub(crate) fn LoginPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    view! { <Outcome of=begin_sign_in(query) title=texts().session.going_to_sign_in /> }
}

/// `/login/callback`: the exchange happens while this page is rendered, so it needs no script.
#[component]
pub(crate) fn CallbackPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    view! { <Outcome of=complete_sign_in(query) title=texts().session.signing_in /> }
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
                    <p>{texts().session.on_your_way}</p>
                </Page>
            }
            .into_any(),
            Err(error) => view! { <Failure error=error.into_sign_in_error() /> }.into_any(),
        }
    })
}

/// The page of a sign-in that did not work: code, cause, remedy.
#[component]
pub(super) fn Failure(error: SignInError) -> impl IntoView {
    let SignInError { code, said_by_org } = error;
    set_status(code.status());
    let (words, common) = (&texts().sign_in_errors, &texts().common);
    view! {
        <Problem
            title=words.title
            cause=(words.cause)(code)
            remedy=(words.remedy)(code)
            code=code.as_str()
            said_by_org
        >
            {if code == SignInErrorCode::OtherPerson {
                // To sign in from here would end the session that has just been kept.
                view! { <a class="button" href=path::SIGN_OUT>{common.sign_out}</a> }.into_any()
            } else {
                view! {
                    <a class="button" href=path::LOGIN rel="external">
                        {common.try_again}
                    </a>
                }
                .into_any()
            }}
            <a class="button button-quiet" href=path::HOME>
                {common.go_home}
            </a>
        </Problem>
    }
}
