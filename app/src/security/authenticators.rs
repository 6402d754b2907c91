use leptos::prelude::*;
use model::Timestamp;

use super::phone::AddPhone;
use super::{Account, Authenticator, Enrollment, Removal, SetUp};
use crate::moment::Moment;
use crate::path;
use crate::texts::texts;

/// What the person proves with who they are, as far as the org tells this app.
#[component]
pub(super) fn Authenticators(
    account: Account,
    settings_at: Option<String>,
    fresh_until: Option<Timestamp>,
) -> impl IntoView {
    let words = &texts().security;
    let content = match account {
        Account::Authenticators(all) => view! { <List all fresh_until /> }.into_any(),
        Account::NotAllowed => view! { <NotAllowed /> }.into_any(),
        Account::NotOffered => view! { <p>{words.not_offered}</p> }.into_any(),
        Account::CannotTell => view! {
            <p>{words.cannot_tell}</p>
            <div class="actions">
                <a class="button button-quiet" href=path::SECURITY>{texts().common.try_again}</a>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="authenticators">
            <h2 id="authenticators">{words.authenticators}</h2>
            {content}
            {settings_at
                .map(|page| {
                    view! {
                        <p>
                            {words.org_settings.0}
                            <a href=page rel="external">
                                {words.org_settings_link}
                            </a>
                            {words.org_settings.1}
                        </p>
                    }
                })}
        </section>
    }
}

/// The scopes are not part of an ordinary sign-in: who wants this is asked by the org once more.
#[component]
fn NotAllowed() -> impl IntoView {
    let words = &texts().security;
    let (before, after) = words.scopes_needed;
    view! {
        <p>{words.not_allowed}</p>
        <p class="fine-print">
            {before} <code>"okta.myAccount.*"</code> {after}
        </p>
        <form method="post" action=path::API_SECURITY_ALLOW>
            <button class="button" type="submit">{words.show}</button>
        </form>
    }
}

#[component]
fn List(all: Vec<Authenticator>, fresh_until: Option<Timestamp>) -> impl IntoView {
    let words = &texts().security;
    if all.is_empty() {
        return view! { <p>{words.no_authenticators}</p> }.into_any();
    }
    let takes_number = all.iter().any(|one| one.set_up == SetUp::ByNumber);
    let rows = all
        .into_iter()
        .map(|authenticator| view! { <Rows authenticator /> });
    view! {
        <p>
            {match fresh_until {
                Some(until) => view! {
                    {words.fresh_until.0}
                    <Moment at=until />
                    {words.fresh_until.1}
                }
                .into_any(),
                None => words.proof_needed.into_any(),
            }}
        </p>
        <ul class="rows">{rows.collect_view()}</ul>
        {takes_number.then(|| view! { <AddPhone /> })}
    }
    .into_any()
}

/// What is set up of one authenticator, and how it, or one more of it, can be set up.
#[component]
fn Rows(authenticator: Authenticator) -> impl IntoView {
    let Authenticator {
        id,
        name,
        enrollments,
        set_up,
    } = authenticator;
    let is_first = enrollments.is_empty();
    let rows = enrollments.into_iter().map(|enrollment| {
        let authenticator = id.clone();
        view! { <Row authenticator enrollment /> }
    });
    let way = match set_up {
        SetUp::AtTheOrg(page) => Some(view! { <SetUpAtTheOrg name page is_first /> }.into_any()),
        SetUp::OnRequest(method) if is_first => {
            Some(view! { <SetUpOnRequest name method /> }.into_any())
        }
        SetUp::WhenAsked if is_first => Some(view! { <SetUpWhenAsked name /> }.into_any()),
        SetUp::OnRequest(_) | SetUp::WhenAsked | SetUp::ByNumber | SetUp::No => None,
    };
    view! {
        {rows.collect_view()}
        {way}
    }
}

#[component]
fn Row(authenticator: String, enrollment: Enrollment) -> impl IntoView {
    let Enrollment {
        id,
        name,
        detail,
        created,
        last_used,
        removal,
    } = enrollment;
    let words = &texts().security;
    let what = detail
        .as_ref()
        .map_or_else(|| name.clone(), |detail| format!("{name} {detail}"));
    view! {
        <li>
            <div>
                <p class="row-name">
                    {name} {detail.map(|detail| view! { " " <code>{detail}</code> })}
                </p>
                <p class="fine-print">
                    {created.map(|at| view! { {words.set_up_at} <Moment at /> ". " })}
                    {last_used.map(|at| view! { {words.last_used} <Moment at /> "." })}
                </p>
            </div>
            <RemovalAction authenticator enrollment=id what removal />
        </li>
    }
}

#[component]
fn RemovalAction(
    authenticator: String,
    enrollment: String,
    /// What is removed, for those who hear the button alone.
    what: String,
    removal: Removal,
) -> impl IntoView {
    let words = &texts().security;
    match removal {
        Removal::No => view! { <span class="badge">{words.not_removed_here}</span> }.into_any(),
        Removal::Here => view! {
            <form method="post" action=path::API_SECURITY_REMOVE>
                <input type="hidden" name="authenticator" value=authenticator />
                <input type="hidden" name="enrollment" value=enrollment />
                <button class="button button-danger" type="submit">
                    {words.remove}
                    <span class="visually-hidden">{format!(": {what}")}</span>
                </button>
            </form>
        }
        .into_any(),
        Removal::AtTheOrg(page) => view! {
            <a class="button button-quiet" href=page rel="external">
                {words.remove_at_org}
                <span class="visually-hidden">{format!(": {what}")}</span>
            </a>
        }
        .into_any(),
    }
}

/// A way to set something up, on the org's page.
#[component]
fn SetUpAtTheOrg(name: String, page: String, is_first: bool) -> impl IntoView {
    let words = &texts().security;
    let (state, label) = if is_first {
        (words.not_set_up, words.set_up)
    } else {
        (words.one_more, words.add)
    };
    let what = format!(": {name}");
    view! {
        <li>
            <div>
                <p class="row-name">{name}</p>
                <p class="fine-print">{state}</p>
            </div>
            <a class="button button-quiet" href=page rel="external">
                {label}
                <span class="visually-hidden">{what}</span>
            </a>
        </li>
    }
}

/// A way to set something up, on the org's page, for which the app has to ask.
#[component]
fn SetUpOnRequest(name: String, method: String) -> impl IntoView {
    let words = &texts().security;
    let what = format!(": {name}");
    view! {
        <li>
            <div>
                <p class="row-name">{name}</p>
                <p class="fine-print">{words.set_up_on_request}</p>
            </div>
            <form method="post" action=path::API_SECURITY_SET_UP>
                <input type="hidden" name="method" value=method />
                <button class="button button-quiet" type="submit">
                    {words.set_up}
                    <span class="visually-hidden">{what}</span>
                </button>
            </form>
        </li>
    }
}

/// No page leads there.
#[component]
fn SetUpWhenAsked(name: String) -> impl IntoView {
    view! {
        <li>
            <div>
                <p class="row-name">{name}</p>
                <p class="fine-print">{texts().security.set_up_when_asked}</p>
            </div>
        </li>
    }
}
