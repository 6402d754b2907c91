use std::sync::Arc;

use leptos::prelude::*;

use crate::context;
use crate::moment::Moment;
use crate::problem::CannotCheck;
use crate::shell::{Page, SignInFirst};
use crate::texts::texts;
use crate::{Person, Viewer};

/// `/profile`
#[component]
pub(crate) fn ProfilePage() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(person) => view! { <Profile person /> }.into_any(),
        Viewer::SignedOut => view! { <SignInFirst /> }.into_any(),
        Viewer::CannotCheck => view! { <CannotCheck /> }.into_any(),
    }
}

#[component]
fn Profile(person: Arc<Person>) -> impl IntoView {
    let words = &texts().profile;
    let methods = methods(person.methods.iter().map(String::as_str));
    let claims = person.claims.clone();
    view! {
        <Page title=words.title>
            <p class="lead">{words.lead}</p>
            <section class="panel" aria-labelledby="you">
                <h2 id="you">{words.you}</h2>
                <dl class="facts">
                    <Fact term=words.name value=person.name.clone() />
                    <Fact
                        term=words.email
                        value=person.email.clone().unwrap_or_else(|| words.not_shared.to_owned())
                    />
                    <dt>{words.groups}</dt>
                    <dd>
                        <Groups groups=person.groups.clone() />
                    </dd>
                </dl>
            </section>
            <section class="panel" aria-labelledby="sign-in">
                <h2 id="sign-in">{words.this_sign_in}</h2>
                <dl class="facts">
                    {person
                        .authenticated_at
                        .map(|at| {
                            view! {
                                <dt>{words.proved}</dt>
                                <dd>
                                    <Moment at />
                                </dd>
                            }
                        })}
                    {(!methods.is_empty()).then(|| view! { <Fact term=words.by value=methods /> })}
                    <dt>{words.began}</dt>
                    <dd>
                        <Moment at=person.signed_in_at />
                    </dd>
                    <dt>{words.ends}</dt>
                    <dd>
                        <Moment at=person.session_ends_at />
                    </dd>
                </dl>
            </section>
            <section class="panel" aria-labelledby="claims">
                <h2 id="claims">{words.claims}</h2>
                <p>{if claims.is_empty() { words.no_claims } else { words.claims_lead }}</p>
                <dl class="facts">
                    {claims
                        .into_iter()
                        .map(|claim| {
                            view! {
                                <dt>
                                    {(words.claim)(&claim.name).map(|label| view! { {label} " " })}
                                    <code>{claim.name.clone()}</code>
                                </dt>
                                <dd>{claim.value}</dd>
                            }
                        })
                        .collect_view()}
                </dl>
            </section>
        </Page>
    }
}

#[component]
fn Fact(term: &'static str, value: String) -> impl IntoView {
    view! {
        <dt>{term}</dt>
        <dd>{value}</dd>
    }
}

#[component]
fn Groups(groups: Vec<String>) -> impl IntoView {
    if groups.is_empty() {
        return view! { <span>{texts().profile.no_groups}</span> }.into_any();
    }
    view! {
        <ul class="tags">
            {groups.into_iter().map(|group| view! { <li>{group}</li> }).collect_view()}
        </ul>
    }
    .into_any()
}

/// How somebody proved who they are, in words, from the values of `amr`.
pub(crate) fn methods<'a>(amr: impl Iterator<Item = &'a str>) -> String {
    let in_words = texts().profile.method;
    let methods: Vec<_> = amr
        .map(|method| in_words(method).unwrap_or(method))
        .collect();
    methods.join(", ")
}
