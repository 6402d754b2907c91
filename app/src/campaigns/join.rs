use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Invitation;
use super::api::see_invitation;
use crate::context::set_status;
use crate::path;
use crate::problem::{Problem, Unavailable};
use crate::shell::Page;
use crate::texts::texts;

/// `/join?code=`: an invitation. It is accepted by a button, because programs that check links open them too.
#[component]
pub(crate) fn JoinPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    let code = path::parameter(&query, "code").unwrap_or_default();
    let is_retry = path::parameter(&query, "again").is_some();
    Suspend::new(async move {
        match see_invitation(code.clone()).await {
            Ok(Some(invitation)) => view! { <Invited invitation code is_retry /> }.into_any(),
            Ok(None) => view! { <NoInvitation /> }.into_any(),
            Err(error) => view! {
                <Unavailable
                    title=texts().campaigns.unavailable
                    code=error.into_sign_in_error().code
                    page=path::HOME
                />
            }
            .into_any(),
        }
    })
}

#[component]
fn Invited(invitation: Invitation, code: String, is_retry: bool) -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <Page title=(words.welcome)(&invitation.first_name)>
            <p class="lead">{(words.invited_to)(&invitation.campaign)}</p>
            {is_retry
                .then(|| {
                    view! {
                        <p class="field-problem" role="alert">
                            {words.org_down}
                        </p>
                    }
                })}
            <form method="post" action=path::API_JOIN_ACCEPT>
                <input type="hidden" name="code" value=code />
                <button class="button button-large" type="submit">{words.begin}</button>
            </form>
        </Page>
    }
}

#[component]
fn NoInvitation() -> impl IntoView {
    set_status(404);
    let words = &texts().campaigns;
    view! {
        <Problem
            title=words.no_invitation
            cause=words.no_invitation_cause
            remedy=words.no_invitation_remedy
        >
            <a class="button" href=path::HOME>{texts().frame.home}</a>
        </Problem>
    }
}
