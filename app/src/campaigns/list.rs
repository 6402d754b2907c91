use leptos::prelude::*;

use super::api::see_all;
use super::outcome::OutcomeNotice;
use super::seen::{shown, without_session};
use super::{Outcome, Summary};
use crate::moment::Moment;
use crate::path;
use crate::shell::Page;
use crate::texts::texts;

/// `/campaigns`
#[component]
pub(crate) fn CampaignsPage() -> impl IntoView {
    without_session().unwrap_or_else(|| {
        Suspend::new(async move {
            shown(see_all().await, |all, outcome| {
                view! { <All all outcome /> }.into_any()
            })
        })
        .into_any()
    })
}

#[component]
fn All(all: Vec<Summary>, outcome: Option<Outcome>) -> impl IntoView {
    let words = &texts().campaigns;
    let list = if all.is_empty() {
        view! {
            <section class="panel campaign-empty">
                <h2>{words.empty}</h2>
                <p>{words.empty_text}</p>
            </section>
        }
        .into_any()
    } else {
        view! {
            <ul class="cards">
                {all.into_iter().map(|one| view! { <Card one /> }).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <Page title=words.title>
            <p class="lead">{words.lead}</p>
            {outcome.map(|outcome| view! { <OutcomeNotice outcome /> })}
            <div class="actions">
                <a class="button" href=path::CAMPAIGNS_NEW>
                    {words.new}
                </a>
            </div>
            {list}
        </Page>
    }
}

#[component]
fn Card(one: Summary) -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <li class="card">
            // A page that shows progress has a refresh for browsers without scripts, which the client router would bring to life.
            <h2>
                <a href=path::campaign(one.id) rel="external">
                    {one.name}
                </a>
            </h2>
            <p>{(words.group_is)(&one.group)}</p>
            <p>{(words.arrived)(one.onboarded, one.people)}</p>
            <p class="fine-print">
                <Moment at=one.created_at />
                {one.is_busy.then(|| view! { " " <span class="badge">{words.busy}</span> })}
            </p>
        </li>
    }
}
