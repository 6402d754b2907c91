use leptos::prelude::*;

use super::Shown;
use super::word::Outcome;
use crate::context;
use crate::path;
use crate::shell::Page;
use crate::texts::texts;

/// The grants without which an app cannot ask people itself, by their names on the wire.
const GRANTS: [&str; 5] = [
    "password",
    "urn:okta:params:oauth:grant-type:otp",
    "urn:okta:params:oauth:grant-type:oob",
    "http://auth0.com/oauth/grant-type/mfa-otp",
    "http://auth0.com/oauth/grant-type/mfa-oob",
];

/// What is missing can only be asked for by a page of the org.
#[component]
pub(super) fn OnTheOrgsPage(shown: Shown) -> impl IntoView {
    let texts = &texts().own_forms;
    view! {
        <Page title=texts.hosted_title>
            <p class="lead">{texts.hosted_lead}</p>
            <Outcome word=shown.word />
            <section class="panel">
                <p>{texts.hosted_help}</p>
                <Address />
                <HostedForm return_to=shown.return_to label=texts.go_on is_quiet=false />
            </section>
        </Page>
    }
}

/// The org does not let this app ask people itself: for people a way on, for the app's makers what to do.
#[component]
pub(super) fn Off(shown: Shown) -> impl IntoView {
    let texts = &texts().own_forms;
    view! {
        <Page title=texts.off_title>
            <p class="lead">{texts.off_lead}</p>
            <Outcome word=shown.word />
            <section class="panel">
                <Address />
                <HostedForm return_to=shown.return_to label=texts.use_hosted is_quiet=false />
            </section>
            <section class="panel" aria-labelledby="for-makers">
                <h2 id="for-makers">{texts.for_makers}</h2>
                <ol class="plain-steps">
                    <li>{texts.off_grants}</li>
                    <li>{texts.off_rule}</li>
                    <li>{texts.off_policy}</li>
                </ol>
                <ul class="grants">
                    {GRANTS.map(|grant| view! { <li><code>{grant}</code></li> }).collect_view()}
                </ul>
                <p class="fine-print">{texts.off_warning}</p>
            </section>
        </Page>
    }
}

/// The org's address, so that people know where they are going.
#[component]
fn Address() -> impl IntoView {
    context::org().map(|org| view! { <p><code>{org.issuer.clone()}</code></p> })
}

/// Goes on at the org's own page.
#[component]
pub(super) fn HostedForm(return_to: String, label: &'static str, is_quiet: bool) -> impl IntoView {
    let class = if is_quiet {
        "button button-quiet"
    } else {
        "button"
    };
    view! {
        <form method="post" action=path::API_SIGN_IN_HOSTED>
            <input type="hidden" name="return_to" value=return_to />
            <button class=class type="submit">{label}</button>
        </form>
    }
}
