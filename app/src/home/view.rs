use std::sync::Arc;

use leptos::prelude::*;

use crate::context::{self, DemoAccount};
use crate::path;
use crate::problem::CannotCheck;
use crate::shell::Page;
use crate::texts::{Way, texts};
use crate::{Person, Viewer};

/// `/`
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(person) => view! { <SignedInHome person /> }.into_any(),
        Viewer::SignedOut => view! { <SignedOutHome /> }.into_any(),
        Viewer::CannotCheck => view! { <CannotCheck /> }.into_any(),
    }
}

#[component]
fn SignedInHome(person: Arc<Person>) -> impl IntoView {
    let words = &texts().home;
    let (before, after) = words.known_as;
    view! {
        <Page title=(words.welcome_back)(&person.first_name)>
            <p class="lead">
                {words.signed_in} " "
                {person
                    .email
                    .clone()
                    .map(|email| {
                        view! {
                            {before}
                            <strong>{email}</strong>
                            {after}
                        }
                    })}
            </p>
            <ul class="cards">
                <Card href=path::PROFILE way=words.profile />
                <Card href=path::TOKENS way=words.tokens />
                <Card href=path::SECURITY way=words.security />
                <Card href=path::ONBOARDING way=words.onboarding />
                <Card href=path::SIGN_OUT way=words.sign_out />
            </ul>
        </Page>
    }
}

#[component]
fn Card(href: &'static str, way: Way) -> impl IntoView {
    let (title, text) = way;
    view! {
        <li class="card">
            <h2>
                <a href=href>{title}</a>
            </h2>
            <p>{text}</p>
        </li>
    }
}

#[component]
fn SignedOutHome() -> impl IntoView {
    let org = context::org();
    let accounts = org.map(|org| org.demo_accounts.clone()).unwrap_or_default();
    let words = &texts().home;
    view! {
        <Page title=words.promise>
            <Drawing />
            <p class="lead">{words.promise_in_full}</p>
            <div class="actions">
                <a class="button button-large" href=path::LOGIN rel="external">
                    {texts().common.sign_in}
                </a>
                <a class="button button-quiet button-large" href=path::PROFILE>
                    {texts().common.see_profile}
                </a>
            </div>
            {(!accounts.is_empty()).then(|| view! { <DemoAccounts accounts /> })}
            <Journey />
        </Page>
    }
}

/// A portico in thin lines, for the eye only.
#[component]
fn Drawing() -> impl IntoView {
    view! {
        <svg class="drawing" viewBox="0 0 240 180" aria-hidden="true" focusable="false">
            <path d="M20 62 120 14l100 48zM46 56l74-35 74 35zM14 62h212v12H14zM10 160h220v8H10zM22 152h196v8H22z" />
            <path d="M34 80h26v6H34zM37 86v60M42 86v60M47 86v60M52 86v60M57 86v60M34 146h26v6H34z" />
            <path d="M82 80h26v6H82zM85 86v60M90 86v60M95 86v60M100 86v60M105 86v60M82 146h26v6H82z" />
            <path d="M132 80h26v6h-26zM135 86v60M140 86v60M145 86v60M150 86v60M155 86v60M132 146h26v6h-26z" />
            <path d="M180 80h26v6h-26zM183 86v60M188 86v60M193 86v60M198 86v60M203 86v60M180 146h26v6h-26z" />
        </svg>
    }
}

/// The accounts of the local org, for somebody who has just started it.
#[component]
fn DemoAccounts(accounts: Vec<DemoAccount>) -> impl IntoView {
    let words = &texts().home;
    view! {
        <section class="panel" aria-labelledby="demo-accounts">
            <h2 id="demo-accounts">{words.accounts}</h2>
            <p>{words.accounts_why}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=words.accounts_scroll>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.username}</th>
                            <th scope="col">{words.password}</th>
                            <th scope="col">{words.purpose}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {accounts
                            .into_iter()
                            .map(|account| {
                                view! {
                                    <tr>
                                        <th scope="row">{account.login}</th>
                                        <td>
                                            <code>{account.password}</code>
                                        </td>
                                        <td>{account.purpose}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// What happens between the button and the profile, in three sentences.
#[component]
fn Journey() -> impl IntoView {
    let words = &texts().home;
    view! {
        <section aria-labelledby="journey">
            <h2 id="journey">{words.what_happens}</h2>
            <Steps steps=words.steps />
        </section>
    }
}

/// Steps in the order in which they happen.
#[component]
pub(crate) fn Steps(steps: [Way; 3]) -> impl IntoView {
    let steps = steps.into_iter().map(|(title, text)| {
        view! {
            <li>
                <h3>{title}</h3>
                <p>{text}</p>
            </li>
        }
    });
    view! { <ol class="journey">{steps.collect_view()}</ol> }
}
