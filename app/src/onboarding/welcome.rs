use leptos::prelude::*;
use model::{Step, StepKind};

use crate::path;
use crate::texts::texts;

/// The first step: what is about to happen. Its button asks the org to let the app see what is missing.
#[component]
pub(super) fn Welcome(steps: Vec<Step>, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    let ahead = steps
        .into_iter()
        .filter(|step| step.kind != StepKind::Welcome)
        .map(|step| {
            view! {
                <li>
                    <h3>{(words.step)(step.kind)}</h3>
                    <p>{(words.lead)(step.kind)}</p>
                </li>
            }
        });
    view! {
        <section class="panel" aria-labelledby="ahead">
            <h2 id="ahead">{words.ahead}</h2>
            <ol class="journey">{ahead.collect_view()}</ol>
        </section>
        <p>{words.any_time}</p>
        <form method="post" action=path::API_ONBOARDING_START>
            <input type="hidden" name="then" value=then />
            <button class="button button-large" type="submit">
                {words.begin}
            </button>
        </form>
    }
}
