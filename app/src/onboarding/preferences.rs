use leptos::prelude::*;

use super::Progress;
use super::done::LANGUAGES;
use super::field::{AtFault, Field, Wrong};
use super::zone_offer::ZoneOffer;
use crate::draft::Draft;
use crate::path;
use crate::texts::texts;

/// The last step: language, time zone, and where the next sign-ins lead.
#[component]
pub(super) fn Preferences(progress: Progress, at_fault: AtFault, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    let Progress {
        locale,
        zone,
        zone_at_org,
        zones,
        is_landing_free,
        draft_key,
        ..
    } = progress;
    let languages = LANGUAGES.map(|(tag, name)| {
        view! {
            <option value=tag selected=tag == locale>
                {name}
            </option>
        }
    });
    view! {
        <Draft>
            <form
                class="panel form"
                method="post"
                action=path::API_ONBOARDING_FINISH
                data-saved-draft=draft_key
            >
                <input type="hidden" name="then" value=then />
                <div class="field">
                    <label for="locale">{words.language}</label>
                    <select id="locale" name="locale" autocomplete="language">
                        {languages.collect_view()}
                    </select>
                    {at_fault
                        .is(Field::Locale.name())
                        .then(|| view! { <Wrong field=Field::Locale id="locale-problem" /> })}
                </div>
                <ZoneField zone zone_at_org zones is_at_fault=at_fault.is(Field::Zone.name()) />
                {is_landing_free
                    .then(|| {
                        view! { <LandingField is_at_fault=at_fault.is(Field::Landing.name()) /> }
                    })}
                <button class="button" type="submit">
                    {words.finish}
                </button>
            </form>
        </Draft>
    }
}

/// The time zones of the world. Unless the person has chosen one, the browser offers its own.
#[component]
fn ZoneField(
    zone: Option<String>,
    zone_at_org: Option<String>,
    zones: Vec<String>,
    is_at_fault: bool,
) -> impl IntoView {
    let words = &texts().onboarding;
    let is_open = zone.is_none();
    let proposed = zone.or(zone_at_org);
    let options = zones.into_iter().map(move |name| {
        let is_chosen = proposed.as_ref() == Some(&name);
        let shown = name.replace('_', " ");
        view! {
            <option value=name selected=is_chosen>
                {shown}
            </option>
        }
    });
    view! {
        <ZoneOffer>
            <div class="field">
                <label for="zone">{words.zone}</label>
                <select
                    id="zone"
                    name="zone"
                    data-open=is_open.then_some("")
                    aria-describedby="zone-hint"
                >
                    {options.collect_view()}
                </select>
                {is_at_fault.then(|| view! { <Wrong field=Field::Zone id="zone-problem" /> })}
                <p class="fine-print" id="zone-hint">
                    {words.zone_hint}
                </p>
            </div>
        </ZoneOffer>
    }
}

#[component]
fn LandingField(is_at_fault: bool) -> impl IntoView {
    let words = &texts().onboarding;
    view! {
        <fieldset>
            <legend>{words.landing}</legend>
            <label class="choice">
                <input type="radio" name="landing" value="home" checked />
                {words.home}
            </label>
            <label class="choice">
                <input type="radio" name="landing" value="profile" />
                {words.profile}
            </label>
            {is_at_fault.then(|| view! { <Wrong field=Field::Landing id="landing-problem" /> })}
        </fieldset>
    }
}
