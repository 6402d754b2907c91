use leptos::prelude::*;
use model::{Step, StepKind, StepState};

use super::address::address;
use crate::texts::texts;

/// The way, with what is done and what comes. A step that is done leads back to it.
#[component]
pub(super) fn Stepper(steps: Vec<Step>, then: String) -> impl IntoView {
    let words = &texts().onboarding;
    let all = steps.len();
    let current = steps
        .iter()
        .position(|step| step.state == StepState::Current);
    let is_over = current.is_none();
    let markers = steps.into_iter().map(|step| {
        let back = (step.state == StepState::Done && !is_over)
            .then(|| address(&then, &[("step", step.kind.as_str())]));
        view! { <Marker step back /> }
    });
    view! {
        <nav class="stepper" aria-label=words.progress>
            {current
                .map(|index| {
                    view! {
                        <p class="fine-print stepper-position">{(words.position)(index + 1, all)}</p>
                    }
                })}
            <ol class="steps">{markers.collect_view()}</ol>
        </nav>
    }
}

#[component]
fn Marker(
    step: Step,
    /// Where its link leads; it has none where there is no way back.
    back: Option<String>,
) -> impl IntoView {
    let words = &texts().onboarding;
    let name = (words.step)(step.kind);
    let is_current = step.state == StepState::Current;
    view! {
        <li aria-current=is_current.then_some("step") class:done=step.is_done && !is_current>
            {match back {
                Some(href) if step.kind != StepKind::Welcome => {
                    view! { <a href=href>{name}</a> }.into_any()
                }
                _ => view! { <span>{name}</span> }.into_any(),
            }}
            {step
                .is_done
                .then(|| view! { <span class="visually-hidden">{words.is_done}</span> })}
        </li>
    }
}
