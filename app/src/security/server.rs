use bff::{
    AccountTrouble, EnrollmentMethod, Freshness, MY_ACCOUNT_SCOPES, Session, SessionEntry,
    SessionHandle, SignInRequest,
};
use model::{ReturnTo, SignInErrorCode, Timestamp};
use url::Url;

use super::{Account, Authenticator, Device, Enrollment, Outcome, Overview, Removal, SetUp};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::path;
use crate::toast::Done;

/// The page, at what became of a form.
const OUTCOME: &str = "/security#outcome";

/// Every outcome, with the word that forms leave for the page.
const WORDS: [(&str, Outcome); 9] = [
    ("security:no-session", Outcome::NoSuchSession),
    ("security:code-sent", Outcome::CodeSent),
    ("security:wrong-number", Outcome::WrongNumber),
    ("security:wrong-code", Outcome::WrongCode),
    ("security:nothing", Outcome::NothingToRemove),
    ("security:not-allowed", Outcome::NotAllowed),
    ("security:refused", Outcome::OrgRefused),
    ("security:org-down", Outcome::OrgUnavailable),
    ("security:store-down", Outcome::StoreUnavailable),
];

pub(super) async fn look() -> Result<Overview, AppError> {
    let app = AppContext::current()?;
    let session = app.session().await?;
    let at = app.bff().time();
    let entries = app.bff().sessions_of(&session).await;
    let entries = entries.map_err(|_| app.failed(SignInErrorCode::StoreUnavailable.into()))?;
    let outcome = app.take_notice(&session).and_then(|word| outcome_in(&word));
    Ok(Overview {
        at,
        sessions: entries
            .iter()
            .map(|entry| device(entry, &session))
            .collect(),
        account: account(&app).await,
        settings_at: settings_of(&session.issuer),
        fresh_until: fresh_until(&session, at),
        outcome,
    })
}

pub(super) async fn end_session(handle: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    let outcome = match SessionHandle::parse(handle) {
        None => Outcome::NoSuchSession,
        Some(handle) => match app.bff().end_session(&session, handle).await {
            Ok(true) => return done(&app, Done::SessionEnded),
            Ok(false) => Outcome::NoSuchSession,
            Err(_) => Outcome::StoreUnavailable,
        },
    };
    back(&app, &session, outcome)
}

pub(super) async fn end_others() -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    match app.bff().end_other_sessions(&session).await {
        Ok(_) => done(&app, Done::OtherSessionsEnded),
        Err(_) => back(&app, &session, Outcome::StoreUnavailable),
    }
}

/// The app's other sessions come first, because they need the org least; this browser's comes last, because it leads away.
pub(super) async fn end_everywhere() -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    if app.bff().end_other_sessions(&session).await.is_err() {
        return back(&app, &session, Outcome::StoreUnavailable);
    }
    // An org that does not let the app do this, which the log tells, ends its session in this browser by the sign-out.
    app.bff().end_org_sessions(app.headers()).await;
    let ended = app.bff().sign_out(app.headers()).await;
    app.add_cookies(ended.cookies);
    app.see_other(&ended.location)
}

pub(super) async fn allow() -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    let request = SignInRequest {
        return_to: ReturnTo::parse(path::SECURITY),
        only: Some(session.subject.clone()),
        scopes: scopes(),
        ..SignInRequest::default()
    };
    match app.bff().begin_sign_in(app.headers(), request).await {
        Ok(begun) => {
            app.add_cookies(begun.cookies);
            app.see_other(begun.location.as_str())
        }
        Err(_) => back(&app, &session, Outcome::OrgUnavailable),
    }
}

pub(super) async fn set_up(method: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    let Some(method) = EnrollmentMethod::parse(method) else {
        return back(&app, &session, Outcome::OrgRefused);
    };
    let return_to = ReturnTo::parse(path::SECURITY);
    let begun = app
        .bff()
        .begin_enrollment(app.headers(), &session, method, return_to);
    match begun.await {
        Ok(begun) => {
            app.add_cookies(begun.cookies);
            app.see_other(begun.location.as_str())
        }
        Err(_) => back(&app, &session, Outcome::OrgUnavailable),
    }
}

pub(super) async fn remove(authenticator: &str, enrollment: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    if !is_fresh(&app, &session).await? {
        return Ok(());
    }
    let removed = app
        .bff()
        .remove_enrollment(app.headers(), authenticator, enrollment)
        .await;
    app.add_cookies(removed.cookies);
    match removed.outcome {
        Ok(()) => done(&app, Done::AuthenticatorRemoved),
        Err(trouble) => back(&app, &session, trouble.into()),
    }
}

pub(super) async fn add_phone(number: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    if !is_fresh(&app, &session).await? {
        return Ok(());
    }
    let added = app.bff().add_phone(app.headers(), number).await;
    app.add_cookies(added.cookies);
    match added.outcome {
        Ok(id) => back_to_code(&app, &session, &id, Outcome::CodeSent),
        Err(AccountTrouble::WrongInput) => back(&app, &session, Outcome::WrongNumber),
        Err(trouble) => back(&app, &session, trouble.into()),
    }
}

pub(super) async fn verify_phone(id: &str, code: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::SECURITY).await? else {
        return Ok(());
    };
    let verified = app.bff().verify_phone(app.headers(), id, code).await;
    app.add_cookies(verified.cookies);
    match verified.outcome {
        Ok(()) => done(&app, Done::PhoneAdded),
        Err(AccountTrouble::WrongInput) => back_to_code(&app, &session, id, Outcome::WrongCode),
        Err(trouble) => back(&app, &session, trouble.into()),
    }
}

/// Whether the person has just proved who they are; else the answer leads to the org, which asks for it.
async fn is_fresh(app: &AppContext, session: &Session) -> Result<bool, AppError> {
    let wanted = Freshness {
        scopes: scopes(),
        ..Freshness::RECENT
    };
    app.is_fresh_or_step_up(session, &wanted, path::SECURITY)
        .await
}

fn scopes() -> Vec<String> {
    MY_ACCOUNT_SCOPES.map(str::to_owned).to_vec()
}

/// Back to the page, at the place where the outcome stands.
fn back(app: &AppContext, session: &Session, outcome: Outcome) -> Result<(), AppError> {
    leave(app, session, outcome);
    app.see_other(OUTCOME)
}

/// Back to the page, which says what was done.
fn done(app: &AppContext, done: Done) -> Result<(), AppError> {
    app.leave_toast(done);
    app.see_other(OUTCOME)
}

/// Back to the page, which asks for the code of a new telephone.
fn back_to_code(
    app: &AppContext,
    session: &Session,
    id: &str,
    outcome: Outcome,
) -> Result<(), AppError> {
    leave(app, session, outcome);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("phone", id)
        .finish();
    app.see_other(&format!("{}?{query}#outcome", path::SECURITY))
}

fn leave(app: &AppContext, session: &Session, outcome: Outcome) {
    let word = WORDS.iter().find(|(_, known)| *known == outcome);
    if let Some((word, _)) = word {
        app.leave_notice(session, word);
    }
}

fn outcome_in(word: &str) -> Option<Outcome> {
    let known = WORDS.iter().find(|(known, _)| *known == word)?;
    Some(known.1)
}

fn device(entry: &SessionEntry, session: &Session) -> Device {
    Device {
        handle: entry.handle.to_string(),
        label: entry.device.clone(),
        began: entry.signed_in_at,
        last_seen: entry.last_seen_at,
        is_this: entry.handle == session.handle,
    }
}

async fn account(app: &AppContext) -> Account {
    let listed = app.bff().authenticators(app.headers()).await;
    app.add_cookies(listed.cookies);
    match listed.outcome {
        Ok(all) => Account::Authenticators(all.into_iter().map(Authenticator::from).collect()),
        Err(AccountTrouble::NotAllowed) => Account::NotAllowed,
        Err(AccountTrouble::NotOffered) => Account::NotOffered,
        Err(_) => Account::CannotTell,
    }
}

/// Okta's page for one's own account. An org on plain http is the local one, which has none.
fn settings_of(issuer: &str) -> Option<String> {
    let issuer = Url::parse(issuer).ok()?;
    let page = issuer.join("/enduser/settings").ok()?;
    (issuer.scheme() == "https").then(|| page.into())
}

fn fresh_until(session: &Session, at: Timestamp) -> Option<Timestamp> {
    let proved_at = session.auth_time?.as_second();
    let until = proved_at + i64::from(Freshness::RECENT.max_age);
    (at.as_second() < until)
        .then(|| Timestamp::from_second(until).ok())
        .flatten()
}

impl From<AccountTrouble> for Outcome {
    fn from(trouble: AccountTrouble) -> Self {
        match trouble {
            AccountTrouble::NotAllowed => Self::NotAllowed,
            AccountTrouble::NothingToRemove => Self::NothingToRemove,
            AccountTrouble::NotOffered
            | AccountTrouble::OrgRefused
            | AccountTrouble::WrongInput => Self::OrgRefused,
            AccountTrouble::OrgUnavailable => Self::OrgUnavailable,
            // Somebody who has just been signed out is led to signing in by the page itself.
            AccountTrouble::StoreUnavailable | AccountTrouble::SignedOut => Self::StoreUnavailable,
        }
    }
}

impl From<bff::Authenticator> for Authenticator {
    fn from(known: bff::Authenticator) -> Self {
        Self {
            id: known.id,
            name: known.name,
            enrollments: known
                .enrollments
                .into_iter()
                .map(Enrollment::from)
                .collect(),
            set_up: match known.set_up {
                bff::SetUp::No => SetUp::No,
                bff::SetUp::ByNumber => SetUp::ByNumber,
                bff::SetUp::AtTheOrg(page) => SetUp::AtTheOrg(page),
                bff::SetUp::WhenAsked => match EnrollmentMethod::of_authenticator(&known.key) {
                    Some(method) => SetUp::OnRequest(method.as_str().to_owned()),
                    None => SetUp::WhenAsked,
                },
            },
        }
    }
}

impl From<bff::Enrollment> for Enrollment {
    fn from(known: bff::Enrollment) -> Self {
        Self {
            id: known.id,
            name: known.name,
            detail: known.detail,
            created: known.created_at,
            last_used: known.last_used_at,
            removal: match known.removal {
                bff::Removal::No => Removal::No,
                bff::Removal::Here(_) => Removal::Here,
                bff::Removal::AtTheOrg(page) => Removal::AtTheOrg(page),
            },
        }
    }
}
