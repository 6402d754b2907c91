use std::sync::Arc;

use leptos::prelude::*;
use model::Timestamp;

use super::claim;
use crate::context;
use crate::problem::CannotCheck;
use crate::shell::{Page, SignInFirst};
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
    let methods = person
        .methods
        .iter()
        .map(|amr| claim::method(amr))
        .collect::<Vec<_>>()
        .join(", ");
    let claims = person.claims.clone();
    view! {
        <Page title="Your profile">
            <p class="lead">"What the org told this app when you signed in."</p>
            <section class="panel" aria-labelledby="you">
                <h2 id="you">"You"</h2>
                <dl class="facts">
                    <Fact term="Name" value=person.name.clone() />
                    <Fact term="Email" value=person.email.clone().unwrap_or_else(|| "not shared".to_owned()) />
                    <dt>"Groups"</dt>
                    <dd>
                        <Groups groups=person.groups.clone() />
                    </dd>
                </dl>
            </section>
            <section class="panel" aria-labelledby="sign-in">
                <h2 id="sign-in">"This sign-in"</h2>
                <dl class="facts">
                    {person.authenticated_at.map(|at| view! { <Moment term="You proved who you are" at /> })}
                    {(!methods.is_empty()).then(|| view! { <Fact term="By" value=methods /> })}
                    <Moment term="This session began" at=person.signed_in_at />
                    <Moment term="It ends at the latest" at=person.session_ends_at />
                </dl>
            </section>
            <section class="panel" aria-labelledby="claims">
                <h2 id="claims">"Every other claim"</h2>
                <p>"Each line is one statement of the org, with its name on the wire."</p>
                <dl class="facts">
                    {claims
                        .into_iter()
                        .map(|claim| {
                            view! {
                                <dt>
                                    {claim::label(&claim.name).to_owned()} " "
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
fn Moment(term: &'static str, at: Timestamp) -> impl IntoView {
    view! {
        <dt>{term}</dt>
        <dd>
            <time datetime=at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()>
                {at.strftime("%-d %B %Y, %H:%M UTC").to_string()}
            </time>
        </dd>
    }
}

#[component]
fn Groups(groups: Vec<String>) -> impl IntoView {
    if groups.is_empty() {
        return view! { <span>"The org did not name any group."</span> }.into_any();
    }
    view! {
        <ul class="tags">
            {groups.into_iter().map(|group| view! { <li>{group}</li> }).collect_view()}
        </ul>
    }
    .into_any()
}
