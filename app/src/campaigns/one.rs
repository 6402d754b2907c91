use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use model::{CampaignStage, CampaignStart};

use super::api::see_one;
use super::chart::Funnel;
use super::controls::{Controls, Working};
use super::outcome::OutcomeNotice;
use super::people::People;
use super::seen::{shown, without_session};
use super::{One, Outcome};
use crate::moment::Moment;
use crate::path;
use crate::shell::Page;
use crate::texts::texts;

/// The id in the address of a campaign's page. What is no id is nobody's.
pub(super) fn id_of_page() -> i64 {
    use_params_map()
        .get_untracked()
        .get("id")
        .and_then(|id| id.parse().ok())
        .unwrap_or(-1)
}

/// `/campaigns/{id}`
#[component]
pub(crate) fn CampaignPage() -> impl IntoView {
    let id = id_of_page();
    let query = use_location().search.get_untracked();
    let stage = path::parameter(&query, "stage").and_then(|word| CampaignStage::find(&word));
    let after = path::parameter(&query, "after").and_then(|id| id.parse().ok());
    without_session().unwrap_or_else(|| {
        Suspend::new(async move {
            shown(
                see_one(id, stage, after.unwrap_or(0)).await,
                |one, outcome| view! { <Shown one outcome /> }.into_any(),
            )
        })
        .into_any()
    })
}

#[component]
fn Shown(one: One, outcome: Option<Outcome>) -> impl IntoView {
    let words = &texts().campaigns;
    let (start, _) = (words.start_name)(one.start);
    let factors: Vec<&str> = one
        .factors
        .iter()
        .map(|factor| (words.factor_name)(*factor))
        .collect();
    let factors = if factors.is_empty() {
        words.none.to_owned()
    } else {
        factors.join(", ")
    };
    view! {
        <Page title=one.name.clone()>
            {outcome.map(|outcome| view! { <OutcomeNotice outcome /> })}
            {one.progress.map(|progress| view! { <Working id=one.id progress /> })}
            <Controls one=one.clone() />
            <Funnel stages=one.stages.clone() total=one.total />
            <People one=one.clone() />
            {one.progress.is_none().then(|| view! { <Bring id=one.id start=one.start /> })}
            <section class="panel" aria-labelledby="about">
                <h2 id="about">{words.about}</h2>
                <dl class="facts">
                    <dt>{words.group}</dt>
                    <dd>{one.group}</dd>
                    <dt>{words.start}</dt>
                    <dd>{start}</dd>
                    <dt>{words.factors}</dt>
                    <dd>{factors}</dd>
                    <dt>{words.landing}</dt>
                    <dd>{(words.landing_name)(one.landing)}</dd>
                    <dt>{words.made_at}</dt>
                    <dd>
                        <Moment at=one.created_at />
                    </dd>
                </dl>
                <div class="actions">
                    <a class="button button-danger" href=format!("{}/delete", path::campaign(one.id))>
                        {words.delete}
                    </a>
                </div>
            </section>
        </Page>
    }
}

/// Typing, pasting or uploading people. Nothing is imported before the preview is confirmed.
#[component]
fn Bring(id: i64, start: CampaignStart) -> impl IntoView {
    let words = &texts().campaigns;
    let needs_phone = (start == CampaignStart::Sms).then_some(words.phone_needed);
    view! {
        <section class="panel" aria-labelledby="bring">
            <h2 id="bring">{words.bring}</h2>
            <p>{words.bring_text} " " {needs_phone}</p>
            <form
                class="form"
                method="post"
                enctype="multipart/form-data"
                action=format!("{}/people", path::campaign(id))
            >
                <div class="field">
                    <label for="file">{words.file}</label>
                    <input id="file" name="file" type="file" accept=".csv,text/csv,text/plain" aria-describedby="file-hint" />
                    <p class="fine-print" id="file-hint">{words.file_hint}</p>
                </div>
                <div class="field">
                    <label for="text">{words.text}</label>
                    <textarea id="text" name="text" rows="5" spellcheck="false" aria-describedby="text-hint"></textarea>
                    <p class="fine-print" id="text-hint">{words.text_hint}</p>
                </div>
                <button class="button" type="submit">{words.look_at_rows}</button>
            </form>
        </section>
    }
}
