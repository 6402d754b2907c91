use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::context::{self, set_status};
use crate::error::AppError;
use crate::path;
use crate::problem::{CannotCheck, Problem, Unavailable};
use crate::shell::{Page, SignInFirst};
use crate::texts::texts;
use crate::{Viewer, not_found::NotFound};

/// What stands in place of a page for somebody who is not signed in.
pub(super) fn without_session() -> Option<AnyView> {
    match context::viewer() {
        Viewer::SignedIn(_) => None,
        Viewer::SignedOut => Some(view! { <SignInFirst /> }.into_any()),
        Viewer::CannotCheck => Some(view! { <CannotCheck /> }.into_any()),
    }
}

/// A page of what was seen, or one that says why there is nothing to see.
pub(super) fn shown<T: Serialize + for<'a> Deserialize<'a>>(
    seen: Result<Seen<T>, AppError>,
    page: impl FnOnce(T, Option<super::Outcome>) -> AnyView,
) -> AnyView {
    match seen {
        Ok(Seen::This(this, outcome)) => page(this, outcome),
        Ok(Seen::NotAllowed) => view! { <NotAllowed /> }.into_any(),
        Ok(Seen::NotSetUp) => view! { <NotSetUp /> }.into_any(),
        Ok(Seen::CannotTell) => view! {
            <Unavailable
                title=texts().campaigns.unavailable
                code=model::SignInErrorCode::OrgUnreachable
                page=path::CAMPAIGNS
            />
        }
        .into_any(),
        Ok(Seen::Gone) => view! { <NotFound /> }.into_any(),
        Err(AppError::SignedOut) => view! { <SignInFirst /> }.into_any(),
        Err(error) => view! {
            <Unavailable
                title=texts().campaigns.unavailable
                code=error.into_sign_in_error().code
                page=path::CAMPAIGNS
            />
        }
        .into_any(),
    }
}

#[component]
fn NotAllowed() -> impl IntoView {
    set_status(403);
    let words = &texts().campaigns;
    view! {
        <Problem title=words.not_allowed cause=words.not_allowed_cause remedy=words.not_allowed_remedy>
            <a class="button" href=path::HOME>{texts().frame.home}</a>
        </Problem>
    }
}

/// What an administrator of the app has to set.
#[component]
fn NotSetUp() -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <Page title=words.title>
            <p class="lead">{words.not_set_up}</p>
            <section class="panel">
                <ol class="campaign-steps">
                    {words.set_up_steps.map(|step| view! { <li>{step}</li> }).collect_view()}
                </ol>
                <p>
                    <code>"OKTA_SERVICE_CLIENT_ID"</code>
                    ", "
                    <code>"OKTA_SERVICE_KEY"</code>
                </p>
            </section>
        </Page>
    }
}
