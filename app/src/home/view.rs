use std::sync::Arc;

use leptos::prelude::*;

use crate::context::{self, DemoAccount};
use crate::path;
use crate::problem::CannotCheck;
use crate::shell::Page;
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
    view! {
        <Page title=format!("Welcome back, {}", person.first_name)>
            <p class="lead">
                "You are signed in. "
                {person.email.clone().map(|email| view! { "The org knows you as " <strong>{email}</strong> "." })}
            </p>
            <ul class="cards">
                <Card
                    href=path::PROFILE
                    title="Your profile"
                    text="Who the org says you are, and how you proved it."
                />
                <Card
                    href=path::ONBOARDING
                    title="Onboarding"
                    text="How you want to be addressed, and where to start."
                />
                <Card
                    href=path::SIGN_OUT
                    title="Sign out"
                    text="Ends the session here and at the org."
                />
            </ul>
        </Page>
    }
}

#[component]
fn Card(href: &'static str, title: &'static str, text: &'static str) -> impl IntoView {
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
    view! {
        <Page title="Customer identity, working in a minute">
            <Drawing />
            <p class="lead">
                "Sign in on a hosted page, come back with tokens that stay on the server, see what the org knows about you, and sign out of everything."
            </p>
            <div class="actions">
                <a class="button button-large" href=path::LOGIN rel="external">
                    "Sign in"
                </a>
                <a class="button button-quiet button-large" href=path::PROFILE>
                    "See your profile"
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
    view! {
        <section class="panel" aria-labelledby="demo-accounts">
            <h2 id="demo-accounts">"Demo accounts"</h2>
            <p>
                "This table is here because the org runs on this computer. The passwords were made at the first start and are in the data directory."
            </p>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Demo accounts, a table that scrolls">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Username"</th>
                            <th scope="col">"Password"</th>
                            <th scope="col">"What it is for"</th>
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
    view! {
        <section aria-labelledby="journey">
            <h2 id="journey">"What happens when you sign in"</h2>
            <ol class="journey">
                <li>
                    <h3>"The org asks who you are"</h3>
                    <p>"The password goes to the org's own page. This app never sees it."</p>
                </li>
                <li>
                    <h3>"The server fetches the tokens"</h3>
                    <p>"A one-time code comes back, is exchanged on the server, and every claim is checked."</p>
                </li>
                <li>
                    <h3>"Your browser keeps a sealed cookie"</h3>
                    <p>"No script can read it, and no page contains a token."</p>
                </li>
            </ol>
        </section>
    }
}
