use leptos::prelude::*;
use model::Timestamp;

use super::Outcome;
use super::claims::ClaimList;
use crate::notice::{Notice, Tone};
use crate::texts::texts;

/// What became of the form before this page.
#[component]
pub(super) fn OutcomeNotice(outcome: Outcome, at: Timestamp) -> impl IntoView {
    let words = &texts().tokens;
    match outcome {
        Outcome::Refreshed => view! { <Words tone=Tone::Good words=words.refreshed /> }.into_any(),
        Outcome::Revoked => view! { <Words tone=Tone::Good words=words.revoked /> }.into_any(),
        Outcome::Active(kind, facts) => view! {
            <Notice tone=Tone::Good title=words.active>
                <p>{(words.active_means)(kind)}</p>
                <ClaimList kind claims=facts at />
            </Notice>
        }
        .into_any(),
        Outcome::Inactive(kind) => view! {
            <Notice tone=Tone::Bad title=words.inactive>
                <p>{(words.inactive_means)(kind)}</p>
            </Notice>
        }
        .into_any(),
        Outcome::Failed(failure) => {
            view! { <Words tone=Tone::Bad words=(words.failure)(failure) /> }.into_any()
        }
    }
}

#[component]
fn Words(tone: Tone, words: (&'static str, &'static str)) -> impl IntoView {
    let (title, text) = words;
    view! {
        <Notice tone title>
            <p>{text}</p>
        </Notice>
    }
}
