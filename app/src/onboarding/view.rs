use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::SignInErrorCode;

use super::api::onboarding_progress;
use super::draft::Draft;
use super::{Progress, Step};
use crate::Viewer;
use crate::context;
use crate::error::AppError;
use crate::path;
use crate::problem::{CannotCheck, Problem};
use crate::shell::{Page, SignInFirst};

/// The languages offered, as BCP 47 tags with their own names.
const LANGUAGES: [(&str, &str); 6] = [
    ("en-US", "English (United States)"),
    ("en-GB", "English (United Kingdom)"),
    ("de-DE", "Deutsch"),
    ("es-ES", "Español"),
    ("fr-FR", "Français"),
    ("ja-JP", "日本語"),
];

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
    let problem = path::parameter(&query, "problem").unwrap_or_default();
    let then = path::parameter(&query, "return_to").unwrap_or_default();
    Suspend::new(async move {
        match onboarding_progress().await {
            Ok(progress) => view! { <Steps greeting progress problem then /> }.into_any(),
            Err(AppError::SignedOut) => view! { <SignInFirst /> }.into_any(),
            Err(error) => view! { <Unavailable code=error.into_sign_in_error().code /> }.into_any(),
        }
    })
}

#[component]
fn Unavailable(code: SignInErrorCode) -> impl IntoView {
    context::set_status(code.status());
    view! {
        <Problem
            title="Onboarding is not available"
            cause=code.cause()
            remedy=code.remedy()
            code=code.as_str()
        >
            <a class="button" href=path::ONBOARDING>
                "Try again"
            </a>
        </Problem>
    }
}

#[component]
fn Steps(greeting: String, progress: Progress, problem: String, then: String) -> impl IntoView {
    let step = progress.step;
    let title = match step {
        Step::Done => "You are all set".to_owned(),
        Step::Names | Step::Landing => format!("Welcome, {greeting}"),
    };
    view! {
        <Page title>
            <ol class="steps" aria-label="Progress">
                <Marker name="Your name" is_current=step == Step::Names is_done=step != Step::Names />
                <Marker name="Where to start" is_current=step == Step::Landing is_done=step == Step::Done />
            </ol>
            {match step {
                Step::Names => view! { <Names progress problem then /> }.into_any(),
                Step::Landing => view! { <Landing draft_key=progress.draft_key then /> }.into_any(),
                Step::Done => view! { <Done progress /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Marker(name: &'static str, is_current: bool, is_done: bool) -> impl IntoView {
    view! {
        <li aria-current=is_current.then_some("step") class:done=is_done>
            {name}
            {is_done.then(|| view! { <span class="visually-hidden">" (done)"</span> })}
        </li>
    }
}

/// The first step: confirm the name and the language.
#[component]
fn Names(progress: Progress, problem: String, then: String) -> impl IntoView {
    let Progress {
        first_name,
        last_name,
        locale,
        draft_key,
        ..
    } = progress;
    view! {
        <p class="lead">"Is this how you want to be addressed?"</p>
        <Draft>
            <form class="panel form" method="post" action=path::API_ONBOARDING_NAMES data-draft=draft_key>
                <input type="hidden" name="then" value=then />
                <NameField
                    name="first_name"
                    label="First name"
                    autocomplete="given-name"
                    value=first_name
                    is_at_fault=problem == "first_name"
                />
                <NameField
                    name="last_name"
                    label="Last name"
                    autocomplete="family-name"
                    value=last_name
                    is_at_fault=problem == "last_name"
                />
                <div class="field">
                    <label for="locale">"Language"</label>
                    <select id="locale" name="locale" autocomplete="language">
                        {LANGUAGES
                            .map(|(tag, name)| {
                                view! {
                                    <option value=tag selected=tag == locale>
                                        {name}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </div>
                <button class="button" type="submit">"Save and continue"</button>
            </form>
        </Draft>
    }
}

#[component]
fn NameField(
    name: &'static str,
    label: &'static str,
    autocomplete: &'static str,
    value: String,
    is_at_fault: bool,
) -> impl IntoView {
    let hint = format!("{name}-hint");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type="text"
                autocomplete=autocomplete
                required
                maxlength="100"
                value=value
                aria-invalid=is_at_fault.then_some("true")
                aria-describedby=is_at_fault.then(|| hint.clone())
            />
            {is_at_fault
                .then(|| {
                    view! {
                        <p class="field-problem" id=hint role="alert">
                            {label} " must have 1 to 100 characters, without line breaks or control characters."
                        </p>
                    }
                })}
        </div>
    }
}

/// The second step: where the next sign-ins lead.
#[component]
fn Landing(draft_key: String, then: String) -> impl IntoView {
    view! {
        <Draft>
            <form class="panel form" method="post" action=path::API_ONBOARDING_FINISH data-saved-draft=draft_key>
                <input type="hidden" name="then" value=then />
                <fieldset>
                    <legend>"Where do you want to start?"</legend>
                    <label class="choice">
                        <input type="radio" name="landing" value="home" checked />
                        "Home"
                    </label>
                    <label class="choice">
                        <input type="radio" name="landing" value="profile" />
                        "Profile"
                    </label>
                </fieldset>
                <button class="button" type="submit">"Finish"</button>
            </form>
        </Draft>
    }
}

#[component]
fn Done(progress: Progress) -> impl IntoView {
    let language = LANGUAGES
        .into_iter()
        .find_map(|(tag, name)| (tag == progress.locale).then(|| name.to_owned()))
        .unwrap_or(progress.locale);
    view! {
        <p class="lead">"Onboarding is done, and will not ask again."</p>
        <section class="panel" aria-label="What you chose">
            <dl class="facts">
                <dt>"Name"</dt>
                <dd>{format!("{} {}", progress.first_name, progress.last_name)}</dd>
                <dt>"Language"</dt>
                <dd>{language}</dd>
            </dl>
        </section>
        <div class="actions">
            <a class="button" href=path::HOME>"Go to the home page"</a>
            <a class="button button-quiet" href=path::PROFILE>"See your profile"</a>
        </div>
    }
}
