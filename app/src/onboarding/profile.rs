use leptos::prelude::*;

use super::field::{AtFault, Field, TextField};
use super::{Attribute, Progress};
use crate::draft::Draft;
use crate::path;
use crate::texts::texts;

/// The names, in the order of the person's language, and what the org demands besides.
#[component]
pub(super) fn ProfileStep(progress: Progress, at_fault: AtFault, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    let Progress {
        first_name,
        last_name,
        locale,
        attributes,
        draft_key,
        is_account_told,
        ..
    } = progress;
    let is_family_first = model::full_name("1", "2", &locale).starts_with('2');
    let given = view! {
        <TextField
            field=Field::FirstName
            name=Field::FirstName.name()
            label=words.first_name
            autocomplete="given-name"
            value=Some(first_name)
            longest=100
            at_fault=at_fault.clone()
        />
    };
    let family = view! {
        <TextField
            field=Field::LastName
            name=Field::LastName.name()
            label=words.last_name
            autocomplete="family-name"
            value=Some(last_name)
            longest=100
            at_fault=at_fault.clone()
        />
    };
    let names = if is_family_first {
        (family.into_any(), given.into_any())
    } else {
        (given.into_any(), family.into_any())
    };
    let attributes = attributes
        .into_iter()
        .map(move |attribute| view! { <AttributeField attribute at_fault=at_fault.clone() /> });
    view! {
        <Draft>
            <form
                class="panel form"
                method="post"
                action=path::API_ONBOARDING_NAMES
                data-draft=draft_key
            >
                <input type="hidden" name="then" value=then />
                {names}
                {attributes.collect_view()}
                <button class="button" type="submit">
                    {words.save}
                </button>
            </form>
        </Draft>
        {(!is_account_told).then(|| view! { <p class="fine-print">{words.not_visible}</p> })}
    }
}

#[component]
fn AttributeField(attribute: Attribute, at_fault: AtFault) -> impl IntoView {
    let Attribute {
        name,
        title,
        value,
        longest,
    } = attribute;
    view! {
        <TextField
            field=Field::Attribute
            name=format!("{}[{name}]", Field::Attribute.name())
            label=title
            value=Some(value)
            hint=texts().onboarding.demanded_by_org
            longest
            at_fault
        />
    }
}
