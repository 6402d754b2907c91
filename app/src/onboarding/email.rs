use leptos::prelude::*;

use super::Email;
use super::field::{AtFault, CodeField};
use super::view::{GoOn, PutOff};
use crate::path;
use crate::texts::texts;

/// The person proves that they read their address.
#[component]
pub(super) fn EmailStep(
    email: Option<Email>,
    /// The challenge that a code was sent for.
    challenge: Option<String>,
    is_skippable: bool,
    at_fault: AtFault,
    then: String,
) -> impl IntoView {
    let words = &texts().onboarding;
    let address = email.as_ref().map(|email| email.address.clone());
    let later = is_skippable.then(|| view! { <PutOff step="email" then=then.clone() /> });
    let form = match (email, challenge) {
        (Some(email), _) if email.is_verified => view! {
            <p>{words.email_is_verified}</p>
            <GoOn then=then.clone() />
        }
        .into_any(),
        (Some(email), Some(challenge)) => view! {
            <EnterCode id=email.id challenge at_fault then=then.clone() />
            {later}
        }
        .into_any(),
        (Some(email), None) => view! {
            <SendCode id=email.id label=words.send_code is_first=true then=then.clone() />
            {later}
        }
        .into_any(),
        (None, _) => view! {
            <p>{words.not_visible}</p>
            {later}
        }
        .into_any(),
    };
    view! {
        <section class="panel step" aria-label=words.email>
            {address.map(|address| view! { <p class="address">{address}</p> })}
            {form}
        </section>
    }
}

#[component]
fn EnterCode(id: String, challenge: String, at_fault: AtFault, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    view! {
        <form class="form" method="post" action=path::API_ONBOARDING_VERIFY_EMAIL>
            <input type="hidden" name="then" value=then.clone() />
            <input type="hidden" name="id" value=id.clone() />
            <input type="hidden" name="challenge" value=challenge />
            <CodeField label=words.code_of_email at_fault />
            <button class="button" type="submit">
                {words.verify}
            </button>
        </form>
        <SendCode id label=words.send_another is_first=false then />
    }
}

#[component]
fn SendCode(id: String, label: &'static str, is_first: bool, then: String) -> impl IntoView {
    view! {
        <form method="post" action=path::API_ONBOARDING_SEND_CODE>
            <input type="hidden" name="then" value=then />
            <input type="hidden" name="id" value=id />
            <button class="button" class:button-quiet=!is_first type="submit">
                {label}
            </button>
        </form>
    }
}
