use leptos::prelude::*;
use model::Timestamp;

use super::api::inspect_tokens;
use super::claims::Claims;
use super::countdown::Countdown;
use super::outcome::OutcomeNotice;
use super::{Action, Content, Kind, Report, Signature, Token};
use crate::Viewer;
use crate::context;
use crate::error::AppError;
use crate::home::Steps;
use crate::moment::Moment;
use crate::path;
use crate::problem::{CannotCheck, Unavailable};
use crate::remaining::remaining;
use crate::shell::{Page, SignInFirst};
use crate::texts::texts;

/// `/tokens`
#[component]
pub(crate) fn TokensPage() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(_) => view! { <Tokens /> }.into_any(),
        Viewer::SignedOut => view! { <SignInFirst /> }.into_any(),
        Viewer::CannotCheck => view! { <CannotCheck /> }.into_any(),
    }
}

#[component]
fn Tokens() -> impl IntoView {
    Suspend::new(async move {
        match inspect_tokens().await {
            Ok(report) => view! { <Inspector report /> }.into_any(),
            Err(AppError::SignedOut) => view! { <SignInFirst /> }.into_any(),
            Err(error) => view! {
                <Unavailable
                    title=texts().tokens.unavailable
                    code=error.into_sign_in_error().code
                    page=path::TOKENS
                />
            }
            .into_any(),
        }
    })
}

#[component]
fn Inspector(report: Report) -> impl IntoView {
    let at = report.at;
    let has_refresh_token = report
        .tokens
        .iter()
        .any(|token| token.kind == Kind::Refresh);
    let words = &texts().tokens;
    view! {
        <Page title=words.title>
            <p class="lead">{words.lead}</p>
            {report.outcome.map(|outcome| view! { <OutcomeNotice outcome at /> })}
            {(!report.org_answers)
                .then(|| view! { <p class="notice">{words.org_is_silent}</p> })}
            {report.tokens.into_iter().map(|token| view! { <TokenPanel token at /> }).collect_view()}
            {(!has_refresh_token).then(|| view! { <NoRefreshToken /> })}
            <Why />
        </Page>
    }
}

impl Kind {
    /// Its name in forms and in the ids of elements.
    const fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

#[component]
fn TokenPanel(token: Token, at: Timestamp) -> impl IntoView {
    let Token {
        kind,
        fingerprint,
        length,
        expires_at,
        content,
        actions,
    } = token;
    let form = form_of(kind, &content);
    let (signature, claims) = match content {
        Content::Jwt {
            signature, claims, ..
        } => (Some(signature), claims),
        Content::NotForTheApp | Content::Unreadable => (None, Vec::new()),
    };
    let words = &texts().tokens;
    let heading = format!("{}-token", kind.key());
    view! {
        <section class="panel token" aria-labelledby=heading.clone()>
            <div class="panel-head">
                <h2 id=heading.clone()>{(words.heading)(kind)}</h2>
                <Badge signature=signature.clone() />
            </div>
            <p>{(words.purpose)(kind)}</p>
            <dl class="facts">
                <Lifetime kind expires_at at />
                <dt>{words.fingerprint}</dt>
                <dd>
                    <code>{grouped(&fingerprint)}</code>
                    {(words.of_length)(length)}
                </dd>
                <dt>{words.form}</dt>
                <dd>{form}</dd>
                {signature.map(|signature| view! { <SignatureFact signature /> })}
            </dl>
            {(!claims.is_empty()).then(|| view! { <Claims kind claims at is_open=kind == Kind::Id /> })}
            <Actions kind actions />
        </section>
    }
}

/// A hash in groups of four digits, which people compare more easily.
fn grouped(fingerprint: &str) -> String {
    let groups = fingerprint.as_bytes().chunks(4);
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(" ")
}

fn form_of(kind: Kind, content: &Content) -> String {
    let words = &texts().tokens;
    match (kind, content) {
        (_, Content::Jwt { algorithm, .. }) => (words.jwt)(algorithm),
        (Kind::Access, Content::NotForTheApp) => words.opaque_access.to_owned(),
        (_, Content::NotForTheApp) => words.opaque.to_owned(),
        (_, Content::Unreadable) => words.unreadable.to_owned(),
    }
}

#[component]
fn Badge(signature: Option<Signature>) -> impl IntoView {
    let words = &texts().tokens;
    let (class, text) = match signature {
        Some(Signature::Verified { .. }) => ("badge badge-good", words.badge_verified),
        Some(Signature::NotVerified { .. }) => ("badge badge-bad", words.badge_not_verified),
        Some(Signature::CannotCheck) => ("badge", words.badge_not_checked),
        None => ("badge", words.badge_opaque),
    };
    view! { <span class=class>{text}</span> }
}

#[component]
fn Lifetime(kind: Kind, expires_at: Option<Timestamp>, at: Timestamp) -> impl IntoView {
    let words = &texts().tokens;
    let lifetime = match expires_at {
        Some(end) => {
            let left_in_words = &texts().common.time_left;
            let left = end.as_second() - at.as_second();
            view! {
                <Countdown>
                    <span
                        class="remaining"
                        role="timer"
                        data-seconds=left
                        data-before=left_in_words.before
                        data-after=left_in_words.after
                        data-day=left_in_words.day
                        data-days=left_in_words.days
                        data-over=left_in_words.over
                    >
                        {remaining(left, left_in_words)}
                    </span>
                </Countdown>
                <span class="fine-print">
                    {words.until} <Moment at=end />
                </span>
            }
            .into_any()
        }
        None if kind == Kind::Refresh => words.end_by_org.into_any(),
        None => words.end_unknown.into_any(),
    };
    view! {
        <dt>{words.time_left}</dt>
        <dd>{lifetime}</dd>
    }
}

#[component]
fn SignatureFact(signature: Signature) -> impl IntoView {
    let words = &texts().tokens;
    let named = |key_id: Option<String>| {
        key_id.map_or_else(
            || words.without_name.into_any(),
            |id| view! { <code>{id}</code> }.into_any(),
        )
    };
    let fact = match signature {
        Signature::Verified { key_id, key } => view! {
            {words.by_key}
            {named(key_id)}
            {key
                .map(|(bits, thumbprint)| {
                    view! {
                        {(words.rsa)(bits)}
                        <code>{thumbprint}</code>
                    }
                })}
        }
        .into_any(),
        Signature::NotVerified { key_id } => view! {
            {words.foreign_key.0}
            {named(key_id)}
            {words.foreign_key.1}
        }
        .into_any(),
        Signature::CannotCheck => words.no_keys.into_any(),
    };
    view! {
        <dt>{words.signature}</dt>
        <dd>{fact}</dd>
    }
}

#[component]
fn Actions(kind: Kind, actions: Vec<Action>) -> impl IntoView {
    (!actions.is_empty()).then(|| {
        let forms = actions
            .into_iter()
            .map(|action| view! { <ActionForm kind action /> });
        view! { <div class="actions">{forms.collect_view()}</div> }
    })
}

#[component]
fn ActionForm(kind: Kind, action: Action) -> impl IntoView {
    let words = &texts().tokens;
    let (to, label, class) = match action {
        Action::Refresh => (path::API_TOKENS_REFRESH, words.refresh, "button"),
        Action::Introspect => (
            path::API_TOKENS_INTROSPECT,
            words.introspect,
            "button button-quiet",
        ),
        Action::Revoke => (
            path::API_TOKENS_REVOKE,
            words.revoke,
            "button button-danger",
        ),
    };
    view! {
        <form method="post" action=to>
            <input type="hidden" name="kind" value=kind.key() />
            <button class=class type="submit">
                {label}
                <span class="visually-hidden">{format!(": {}", (words.name)(kind))}</span>
            </button>
        </form>
    }
}

#[component]
fn NoRefreshToken() -> impl IntoView {
    let words = &texts().tokens;
    let (before, after) = words.no_refresh_token;
    view! {
        <section class="panel" aria-labelledby="refresh-token">
            <h2 id="refresh-token">{(words.heading)(Kind::Refresh)}</h2>
            <p>
                {before} <code>"offline_access"</code> {after}
            </p>
        </section>
    }
}

/// Why there is nothing to copy on this page.
#[component]
fn Why() -> impl IntoView {
    let words = &texts().tokens;
    view! {
        <section aria-labelledby="why">
            <h2 id="why">{words.why}</h2>
            <Steps steps=words.reasons />
        </section>
    }
}
