use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::StepKind;

use super::address::address;
use super::api::onboarding_progress;
use super::done::Done;
use super::email::EmailStep;
use super::factors::FactorsStep;
use super::field::AtFault;
use super::preferences::Preferences;
use super::profile::ProfileStep;
use super::stepper::Stepper;
use super::welcome::Welcome;
use super::{Outcome, Progress};
use crate::Viewer;
use crate::context;
use crate::error::AppError;
use crate::notice::{Notice, Tone};
use crate::path;
use crate::problem::{CannotCheck, Unavailable};
use crate::shell::{Page, SignInFirst};
use crate::texts::texts;

/// What the page's address asks for.
struct Asked {
    /// The deep link to follow in the end.
    then: String,
    at_fault: AtFault,
    /// What a code was sent for.
    challenge: Option<String>,
    phone: Option<String>,
}

/// `/onboarding`
#[component]
pub(crate) fn OnboardingPage() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(person) => {
            view! { <Onboarding greeting=person.first_name.clone() /> }.into_any()
        }
        Viewer::SignedOut => view! { <SignInFirst /> }.into_any(),
        Viewer::CannotCheck => view! { <CannotCheck /> }.into_any(),
    }
}

#[component]
fn Onboarding(greeting: String) -> impl IntoView {
    let query = use_location().search.get_untracked();
    let parameter = |name| path::parameter(&query, name);
    let step = parameter("step").unwrap_or_default();
    let asked = Asked {
        then: parameter("return_to").unwrap_or_default(),
        at_fault: AtFault::of(parameter("problem")),
        challenge: parameter("challenge"),
        phone: parameter("phone"),
    };
    Suspend::new(async move {
        match onboarding_progress(step).await {
            Ok(progress) => view! { <Steps greeting progress asked /> }.into_any(),
            Err(AppError::SignedOut) => view! { <SignInFirst /> }.into_any(),
            Err(error) => view! {
                <Unavailable
                    title=texts().onboarding.unavailable
                    code=error.into_sign_in_error().code
                    page=path::ONBOARDING
                />
            }
            .into_any(),
        }
    })
}

#[component]
fn Steps(greeting: String, progress: Progress, asked: Asked) -> impl IntoView {
    let words = &texts().onboarding;
    let name = if progress.first_name.is_empty() {
        greeting
    } else {
        progress.first_name.clone()
    };
    let (title, lead) = match progress.current {
        Some(step) => ((words.title)(step, &name), Some((words.lead)(step))),
        None => (words.all_set.to_owned(), None),
    };
    let (steps, outcome) = (progress.steps.clone(), progress.outcome);
    view! {
        <Page title>
            <Stepper steps then=asked.then.clone() />
            {outcome.map(|outcome| view! { <OutcomeNotice outcome /> })}
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            <CurrentStep progress asked />
        </Page>
    }
}

#[component]
fn CurrentStep(progress: Progress, asked: Asked) -> impl IntoView {
    let Asked {
        then,
        at_fault,
        challenge,
        phone,
    } = asked;
    let step = progress.current;
    let step_itself = progress.steps.iter().find(|one| Some(one.kind) == step);
    let is_skippable = step_itself.is_some_and(|step| step.is_skippable);
    let is_done = step_itself.is_some_and(|step| step.is_done);
    match step {
        Some(StepKind::Welcome) => view! { <Welcome steps=progress.steps then /> }.into_any(),
        Some(StepKind::Email) => {
            let email = progress.email;
            view! { <EmailStep email challenge is_skippable at_fault then /> }.into_any()
        }
        Some(StepKind::Profile) => view! { <ProfileStep progress at_fault then /> }.into_any(),
        Some(StepKind::Factors) => {
            let is_demanded = progress.is_factor_demanded;
            let factors = progress.factors;
            view! {
                <FactorsStep factors phone is_demanded is_done is_skippable at_fault then />
            }
            .into_any()
        }
        Some(StepKind::Preferences) => view! { <Preferences progress at_fault then /> }.into_any(),
        None => view! { <Done progress /> }.into_any(),
    }
}

/// What became of the form before this page.
#[component]
fn OutcomeNotice(outcome: Outcome) -> impl IntoView {
    let (title, text) = (texts().onboarding.outcome)(outcome);
    let tone = match outcome {
        Outcome::CodeSent | Outcome::EmailVerified | Outcome::FactorAdded => Tone::Good,
        Outcome::ProfileRefused
        | Outcome::StillMissing
        | Outcome::NotAllowed
        | Outcome::OrgUnavailable
        | Outcome::StoreUnavailable => Tone::Bad,
    };
    view! {
        <Notice tone title>
            <p>{text}</p>
        </Notice>
    }
}

/// A way to put a step off.
#[component]
pub(super) fn PutOff(step: &'static str, then: String) -> impl IntoView {
    view! {
        <form method="post" action=path::API_ONBOARDING_PUT_OFF>
            <input type="hidden" name="then" value=then />
            <input type="hidden" name="step" value=step />
            <button class="button button-quiet" type="submit">
                {texts().onboarding.put_off}
            </button>
        </form>
    }
}

/// Goes on to whatever is next.
#[component]
pub(super) fn GoOn(then: String) -> impl IntoView {
    view! {
        <a class="button" href=address(&then, &[])>
            {texts().onboarding.go_on}
        </a>
    }
}
