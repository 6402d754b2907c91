use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Overview;
use super::api::look;
use super::authenticators::Authenticators;
use super::outcome::OutcomeNotice;
use super::phone::EnterCode;
use super::sessions::Sessions;
use crate::Viewer;
use crate::context;
use crate::error::AppError;
use crate::path;
use crate::problem::{CannotCheck, Unavailable};
use crate::shell::{Page, SignInFirst};
use crate::texts::texts;

/// `/security`
#[component]
pub(crate) fn SecurityPage() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(_) => view! { <Security /> }.into_any(),
        Viewer::SignedOut => view! { <SignInFirst /> }.into_any(),
        Viewer::CannotCheck => view! { <CannotCheck /> }.into_any(),
    }
}

#[component]
fn Security() -> impl IntoView {
    let query = use_location().search.get_untracked();
    let phone = path::parameter(&query, "phone");
    Suspend::new(async move {
        match look().await {
            Ok(overview) => view! { <Shown overview phone /> }.into_any(),
            Err(AppError::SignedOut) => view! { <SignInFirst /> }.into_any(),
            Err(error) => view! {
                <Unavailable
                    title=texts().security.unavailable
                    code=error.into_sign_in_error().code
                    page=path::SECURITY
                />
            }
            .into_any(),
        }
    })
}

#[component]
fn Shown(overview: Overview, phone: Option<String>) -> impl IntoView {
    let Overview {
        at,
        sessions,
        account,
        settings_at,
        fresh_until,
        outcome,
    } = overview;
    view! {
        <Page title=texts().security.title>
            <p class="lead">{texts().security.lead}</p>
            {outcome.map(|outcome| view! { <OutcomeNotice outcome /> })}
            {phone.map(|phone| view! { <EnterCode phone /> })}
            <Sessions sessions at />
            <Authenticators account settings_at fresh_until />
        </Page>
    }
}
