use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::DirectStep;

use super::Shown;
use super::api::look;
use super::begin::Begin;
use super::code::{Choose, EnterCode};
use super::elsewhere::{Off, OnTheOrgsPage};
use crate::Viewer;
use crate::context;
use crate::path;
use crate::problem::CannotCheck;
use crate::shell::Page;
use crate::sign_in::view::Failure;
use crate::texts::texts;

/// `/sign-in`
#[component]
pub(crate) fn OwnSignInPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    match context::viewer() {
        Viewer::SignedIn(person) => {
            let wanted = path::parameter(&query, "return_to").unwrap_or_default();
            view! { <SignedInAlready name=person.name.clone() wanted /> }.into_any()
        }
        Viewer::SignedOut => view! { <Ask query /> }.into_any(),
        Viewer::CannotCheck => view! { <CannotCheck /> }.into_any(),
    }
}

/// Waits for what the org asks: the page is right from its first byte.
#[component]
fn Ask(query: String) -> impl IntoView {
    Suspend::new(async move {
        match look(query).await {
            Ok(shown) => view! { <Question shown /> }.into_any(),
            Err(error) => view! { <Failure error=error.into_sign_in_error() /> }.into_any(),
        }
    })
}

#[component]
fn Question(shown: Shown) -> impl IntoView {
    match shown.step.clone() {
        DirectStep::Begin => view! { <Begin shown /> }.into_any(),
        DirectStep::Choose => view! { <Choose shown /> }.into_any(),
        DirectStep::Code {
            way,
            is_first,
            number,
        } => view! { <EnterCode shown way is_first number /> }.into_any(),
        DirectStep::Hosted => view! { <OnTheOrgsPage shown /> }.into_any(),
        DirectStep::Off => view! { <Off shown /> }.into_any(),
        DirectStep::Failed(code) => view! { <Failure error=code.into() /> }.into_any(),
    }
}

#[component]
fn SignedInAlready(name: String, wanted: String) -> impl IntoView {
    let texts = &texts().own_forms;
    let go_on = model::ReturnTo::parse(&wanted).to_string();
    view! {
        <Page title=texts.signed_in_title>
            <p class="lead">{(texts.signed_in_as)(&name)}</p>
            <div class="actions">
                <a class="button" href=go_on>{texts.go_on}</a>
                <a class="button button-quiet" href=path::SIGN_OUT>{texts.sign_out_first}</a>
            </div>
        </Page>
    }
}
