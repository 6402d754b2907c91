use leptos::prelude::*;
use model::{CampaignStart, Landing, RequiredFactor};

use super::api::see_groups;
use super::outcome::OutcomeNotice;
use super::seen::{shown, without_session};
use super::{Group, Outcome};
use crate::path;
use crate::shell::Page;
use crate::texts::texts;

/// `/campaigns/new`
#[component]
pub(crate) fn NewCampaignPage() -> impl IntoView {
    without_session().unwrap_or_else(|| {
        Suspend::new(async move {
            shown(see_groups().await, |groups, outcome| {
                view! { <Form groups outcome /> }.into_any()
            })
        })
        .into_any()
    })
}

#[component]
fn Form(groups: Vec<Group>, outcome: Option<Outcome>) -> impl IntoView {
    let words = &texts().campaigns;
    let is_wrong = move |wrong: Outcome| (outcome == Some(wrong)).then_some("true");
    let no_groups = groups.is_empty().then_some(words.no_groups);
    let options = groups
        .into_iter()
        .map(|group| view! { <option value=group.id>{group.name}</option> });
    view! {
        <Page title=words.new>
            {outcome.map(|outcome| view! { <OutcomeNotice outcome /> })}
            <form class="panel form" method="post" action=path::API_CAMPAIGNS_MAKE>
                <div class="field">
                    <label for="name">{words.name}</label>
                    <input
                        id="name"
                        name="name"
                        type="text"
                        required
                        maxlength="80"
                        autocomplete="off"
                        aria-invalid=is_wrong(Outcome::WrongName)
                    />
                </div>
                <div class="field">
                    <label for="group">{words.group}</label>
                    <select
                        id="group"
                        name="group"
                        required
                        aria-describedby="group-hint"
                        aria-invalid=is_wrong(Outcome::WrongGroup)
                    >
                        {options.collect_view()}
                    </select>
                    <p class="fine-print" id="group-hint">{words.group_hint} " " {no_groups}</p>
                </div>
                <Starts />
                <Factors />
                <div class="field">
                    <label for="landing">{words.landing}</label>
                    <select id="landing" name="landing">
                        {Landing::ALL
                            .map(|landing| {
                                view! {
                                    <option value=landing.as_str()>{(words.landing_name)(landing)}</option>
                                }
                            })
                            .collect_view()}
                    </select>
                </div>
                <button class="button" type="submit">{words.make}</button>
            </form>
        </Page>
    }
}

/// How it starts, with what that means.
#[component]
fn Starts() -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <fieldset class="field">
            <legend>{words.start}</legend>
            {CampaignStart::ALL
                .iter()
                .map(|start| {
                    let (name, hint) = (words.start_name)(*start);
                    let hint_id = format!("start-{}", start.as_str());
                    view! {
                        <label class="choice">
                            <input
                                type="radio"
                                name="start"
                                value=start.as_str()
                                checked=*start == CampaignStart::Email
                                aria-describedby=hint_id.clone()
                            />
                            {name}
                        </label>
                        <p class="fine-print" id=hint_id>{hint}</p>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

#[component]
fn Factors() -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <fieldset class="field">
            <legend>{words.factors}</legend>
            {RequiredFactor::ALL
                .iter()
                .map(|factor| {
                    view! {
                        <label class="choice">
                            <input type="checkbox" name="factors[]" value=factor.as_str() />
                            {(words.factor_name)(*factor)}
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}
