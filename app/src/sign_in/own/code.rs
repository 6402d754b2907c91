use leptos::prelude::*;
use model::{DirectWay, DirectWord};

use super::Shown;
use super::begin::name;
use super::elsewhere::HostedForm;
use super::word::Outcome;
use crate::path;
use crate::shell::Page;
use crate::texts::own_forms::OwnForms;
use crate::texts::texts;

/// Asks for a code, or for an approval on the person's device.
#[component]
pub(super) fn EnterCode(
    shown: Shown,
    way: DirectWay,
    is_first: bool,
    number: Option<String>,
) -> impl IntoView {
    let texts = &texts().own_forms;
    let word = shown.word;
    view! {
        <Page title=title(way, texts)>
            <p class="lead">{(texts.signing_in_as)(&shown.identifier)}</p>
            <Outcome word />
            <div class="sign-in">
                <CodeForm shown=shown.clone() way is_first number />
                <div class="sign-in-more">
                    {(way != DirectWay::App)
                        .then(|| {
                            view! {
                                <WayForm shown=shown.clone() way=way.as_str() label=texts.send_again />
                            }
                        })}
                    {(!is_first)
                        .then(|| {
                            view! { <WayForm shown=shown.clone() way="" label=texts.another_way /> }
                        })}
                    <RestartForm return_to=shown.return_to.clone() />
                    <HostedForm return_to=shown.return_to label=texts.use_hosted is_quiet=true />
                </div>
            </div>
        </Page>
    }
}

#[component]
fn CodeForm(shown: Shown, way: DirectWay, is_first: bool, number: Option<String>) -> impl IntoView {
    let texts = &texts().own_forms;
    let is_push = way == DirectWay::Push;
    let is_at_fault = shown.word.is_some_and(DirectWord::is_of_the_input);
    view! {
        <form class="panel form" method="post" action=path::API_SIGN_IN_CODE>
            <input type="hidden" name="attempt" value=shown.attempt />
            <input type="hidden" name="return_to" value=shown.return_to />
            <p id="code-hint">{hint(way, is_first, texts)}</p>
            {number.map(|number| view! { <p class="sign-in-number">{number}</p> })}
            {if is_push {
                view! { <input type="hidden" name="code" value="" /> }.into_any()
            } else {
                view! {
                    <div class="field">
                        <label for="code">{texts.code}</label>
                        <input
                            id="code"
                            name="code"
                            type="text"
                            class="sign-in-code"
                            inputmode="numeric"
                            autocomplete="one-time-code"
                            required
                            maxlength="20"
                            aria-invalid=is_at_fault.then_some("true")
                            aria-describedby=if is_at_fault { "outcome" } else { "code-hint" }
                        />
                    </div>
                }
                .into_any()
            }}
            <button class="button" type="submit">
                {if is_push { texts.approved } else { texts.sign_in }}
            </button>
        </form>
    }
}

/// Which of the ways to go on.
#[component]
pub(super) fn Choose(shown: Shown) -> impl IntoView {
    let texts = &texts().own_forms;
    let word = shown.word;
    view! {
        <Page title=texts.choose_title>
            <p class="lead">{(texts.signing_in_as)(&shown.identifier)}</p>
            <Outcome word />
            <div class="sign-in">
                <form class="panel form sign-in-ways" method="post" action=path::API_SIGN_IN_WAY>
                    <input type="hidden" name="attempt" value=shown.attempt.clone() />
                    <input type="hidden" name="return_to" value=shown.return_to.clone() />
                    {DirectWay::CHOICES
                        .map(|way| {
                            view! {
                                <button
                                    class="button button-quiet"
                                    type="submit"
                                    name="way"
                                    value=way.as_str()
                                >
                                    {name(way)}
                                </button>
                            }
                        })
                        .collect_view()}
                </form>
                <div class="sign-in-more">
                    <RestartForm return_to=shown.return_to.clone() />
                    <HostedForm return_to=shown.return_to label=texts.use_hosted is_quiet=true />
                </div>
            </div>
        </Page>
    }
}

/// A button that goes one way.
#[component]
fn WayForm(shown: Shown, way: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=path::API_SIGN_IN_WAY>
            <input type="hidden" name="attempt" value=shown.attempt />
            <input type="hidden" name="return_to" value=shown.return_to />
            <input type="hidden" name="way" value=way />
            <button class="button button-quiet" type="submit">{label}</button>
        </form>
    }
}

#[component]
fn RestartForm(return_to: String) -> impl IntoView {
    view! {
        <form method="post" action=path::API_SIGN_IN_RESTART>
            <input type="hidden" name="return_to" value=return_to />
            <button class="button button-quiet" type="submit">{texts().own_forms.restart}</button>
        </form>
    }
}

const fn title(way: DirectWay, texts: &OwnForms) -> &'static str {
    match way {
        DirectWay::App => texts.app_title,
        DirectWay::Sms => texts.sms_title,
        DirectWay::Voice => texts.voice_title,
        DirectWay::Push => texts.push_title,
    }
}

/// What to do. Of a first factor nobody says that something was sent: that would tell who has a telephone here.
const fn hint(way: DirectWay, is_first: bool, texts: &OwnForms) -> &'static str {
    match (way, is_first) {
        (DirectWay::App, _) => texts.app_hint,
        (DirectWay::Push, _) => texts.push_hint,
        (DirectWay::Sms | DirectWay::Voice, true) => texts.sent_if_known,
        (DirectWay::Sms, false) => texts.sms_hint,
        (DirectWay::Voice, false) => texts.voice_hint,
    }
}
