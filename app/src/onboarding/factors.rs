use leptos::prelude::*;

use super::field::{AtFault, CodeField, Field, TextField};
use super::view::{GoOn, PutOff};
use super::{Factor, Way};
use crate::path;
use crate::texts::texts;

/// The person sets up how they prove who they are.
#[component]
pub(super) fn FactorsStep(
    factors: Vec<Factor>,
    /// A telephone that waits for its code.
    phone: Option<String>,
    is_demanded: bool,
    is_done: bool,
    is_skippable: bool,
    at_fault: AtFault,
    then: String,
) -> impl IntoView {
    let words = &texts().onboarding;
    let rows = factors.into_iter().map(|factor| {
        let (phone, at_fault, then) = (phone.clone(), at_fault.clone(), then.clone());
        view! { <Row factor phone at_fault then /> }
    });
    view! {
        {is_demanded.then(|| view! { <p>{words.is_demanded}</p> })}
        <ul class="panel rows factors">{rows.collect_view()}</ul>
        <div class="actions">
            {is_done.then(|| view! { <GoOn then=then.clone() /> })}
            {(is_skippable && !is_done)
                .then(|| view! { <PutOff step="factors" then=then.clone() /> })}
        </div>
    }
}

#[component]
fn Row(factor: Factor, phone: Option<String>, at_fault: AtFault, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    let Factor {
        key,
        name,
        is_set_up,
        way,
    } = factor;
    let what = format!(": {name}");
    let badge =
        is_set_up.then(|| view! { <span class="badge badge-good">{words.is_set_up}</span> });
    let action = match (way, phone) {
        (Way::ByNumber, Some(phone)) => view! { <PhoneCode phone at_fault then /> }.into_any(),
        (Way::ByNumber, None) => view! { <PhoneNumber at_fault then /> }.into_any(),
        (Way::AtThePage(page), _) => view! {
            <a class="button button-quiet" href=page rel="external">
                {words.set_up_at_org}
                <span class="visually-hidden">{what}</span>
            </a>
        }
        .into_any(),
        (Way::BySignIn, _) => view! {
            <form method="post" action=path::API_ONBOARDING_SET_UP>
                <input type="hidden" name="then" value=then />
                <input type="hidden" name="key" value=key />
                <button class="button button-quiet" type="submit">
                    {words.set_up_at_org}
                    <span class="visually-hidden">{what}</span>
                </button>
            </form>
        }
        .into_any(),
        (Way::WhenAsked, _) => view! { <p class="fine-print">{words.when_asked}</p> }.into_any(),
        (Way::No, _) => ().into_any(),
    };
    view! {
        <li>
            <p class="row-name">{name}</p>
            {badge}
            {action}
        </li>
    }
}

#[component]
fn PhoneNumber(at_fault: AtFault, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    view! {
        <form class="form" method="post" action=path::API_ONBOARDING_ADD_PHONE>
            <input type="hidden" name="then" value=then />
            <TextField
                field=Field::Number
                name=Field::Number.name()
                label=words.number
                kind="tel"
                autocomplete="tel"
                hint=words.number_hint
                longest=40
                at_fault
            />
            <button class="button button-quiet" type="submit">
                {words.add_number}
            </button>
        </form>
    }
}

#[component]
fn PhoneCode(phone: String, at_fault: AtFault, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    view! {
        <form class="form" method="post" action=path::API_ONBOARDING_VERIFY_PHONE>
            <input type="hidden" name="then" value=then />
            <input type="hidden" name="id" value=phone />
            <CodeField label=words.code_of_phone at_fault />
            <button class="button" type="submit">
                {words.verify}
            </button>
        </form>
    }
}
