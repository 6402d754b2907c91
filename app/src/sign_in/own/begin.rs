use leptos::prelude::*;
use model::{DirectWay, DirectWord};

use super::Shown;
use super::elsewhere::HostedForm;
use super::word::Outcome;
use crate::path;
use crate::shell::Page;
use crate::texts::texts;

/// A name and a password, or a name and a way to do without one.
#[component]
pub(super) fn Begin(shown: Shown) -> impl IntoView {
    let texts = &texts().own_forms;
    let Shown {
        identifier,
        return_to,
        word,
        ..
    } = shown;
    let is_at_fault = word.is_some_and(DirectWord::is_of_the_input);
    view! {
        <Page title=texts.title>
            <p class="lead">{texts.lead}</p>
            <Outcome word />
            <div class="sign-in">
                <form class="panel form" method="post" action=path::API_SIGN_IN_PASSWORD>
                    <input type="hidden" name="return_to" value=return_to.clone() />
                    <Username id="username" identifier=identifier.clone() is_at_fault />
                    <div class="field">
                        <label for="password">{texts.password}</label>
                        <input
                            id="password"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            required
                            maxlength="1024"
                            aria-invalid=is_at_fault.then_some("true")
                            aria-describedby=is_at_fault.then_some("outcome")
                        />
                    </div>
                    <button class="button" type="submit">{texts.sign_in}</button>
                </form>
                <WithoutPassword return_to=return_to.clone() identifier />
                <section class="sign-in-elsewhere" aria-labelledby="elsewhere">
                    <h2 id="elsewhere">{texts.trouble}</h2>
                    <p>{texts.trouble_help}</p>
                    <HostedForm return_to label=texts.use_hosted is_quiet=true />
                </section>
            </div>
        </Page>
    }
}

/// A name, and the way to prove it without a password.
#[component]
fn WithoutPassword(return_to: String, identifier: String) -> impl IntoView {
    let texts = &texts().own_forms;
    view! {
        <details class="panel">
            <summary>{texts.without_password}</summary>
            <form class="form" method="post" action=path::API_SIGN_IN_FIRST>
                <input type="hidden" name="return_to" value=return_to />
                <Username id="username-for-code" identifier is_at_fault=false />
                <fieldset>
                    <legend>{texts.prove_by}</legend>
                    {DirectWay::CHOICES
                        .map(|way| {
                            view! {
                                <label class="choice">
                                    <input
                                        type="radio"
                                        name="way"
                                        value=way.as_str()
                                        checked=way == DirectWay::App
                                    />
                                    {name(way)}
                                </label>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <button class="button" type="submit">{texts.go_on}</button>
            </form>
        </details>
    }
}

#[component]
fn Username(id: &'static str, identifier: String, is_at_fault: bool) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{texts().own_forms.username}</label>
            <input
                id=id
                name="username"
                type="text"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                required
                maxlength="255"
                value=identifier
                aria-invalid=is_at_fault.then_some("true")
                aria-describedby=is_at_fault.then_some("outcome")
            />
        </div>
    }
}

/// What people call a way.
pub(super) fn name(way: DirectWay) -> &'static str {
    let texts = &texts().own_forms;
    match way {
        DirectWay::App => texts.by_app,
        DirectWay::Sms => texts.by_sms,
        DirectWay::Voice => texts.by_voice,
        DirectWay::Push => texts.by_push,
    }
}
