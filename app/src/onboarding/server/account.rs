use bff::{AccountTrouble, OnboardingMark, SignInRequest};
use model::{ReturnTo, StepKind};

use super::way::way_of;
use super::{back, is_fresh, scopes};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::onboarding::address::address;
use crate::onboarding::{Field, Outcome};

pub(in crate::onboarding) async fn start(then: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let page = address(then, &[]);
    let Some(session) = app.session_or_sign_in(&page).await? else {
        return Ok(());
    };
    let marked = app
        .bff()
        .mark_onboarding(&session, OnboardingMark::Welcomed);
    if marked.await.is_err() {
        return back(&app, &session, Outcome::StoreUnavailable, (then, &[]));
    }
    let way = way_of(&app, &session).await?;
    if way.facts.is_finished || !matches!(way.account, Err(AccountTrouble::NotAllowed)) {
        return app.see_other(&page);
    }
    // An ordinary sign-in does not let the app see the account. An org that refuses changes nothing: the way goes on without.
    let request = SignInRequest {
        return_to: ReturnTo::parse(&page),
        only: Some(session.subject.clone()),
        scopes: scopes(),
        ..SignInRequest::default()
    };
    match app.bff().begin_sign_in(app.headers(), request).await {
        Ok(begun) => {
            app.add_cookies(begun.cookies);
            app.see_other(begun.location.as_str())
        }
        Err(_) => back(&app, &session, Outcome::OrgUnavailable, (then, &[])),
    }
}

pub(in crate::onboarding) async fn send_code(id: &str, then: &str) -> Result<(), AppError> {
    const STEP: &[(&str, &str)] = &[("step", "email")];
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(&address(then, STEP)).await? else {
        return Ok(());
    };
    if !is_fresh(&app, &session, (then, "email")).await? {
        return Ok(());
    }
    let sent = app.bff().challenge_email(app.headers(), id).await;
    app.add_cookies(sent.cookies);
    match sent.outcome {
        Ok(challenge) => {
            let asked = [("step", "email"), ("challenge", challenge.as_str())];
            back(&app, &session, Outcome::CodeSent, (then, &asked))
        }
        Err(trouble) => back(&app, &session, trouble.into(), (then, STEP)),
    }
}

pub(in crate::onboarding) async fn verify_email(
    (id, challenge): (&str, &str),
    code: &str,
    then: &str,
) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let asked = [("step", "email"), ("challenge", challenge)];
    let Some(session) = app.session_or_sign_in(&address(then, &asked)).await? else {
        return Ok(());
    };
    if !is_fresh(&app, &session, (then, "email")).await? {
        return Ok(());
    }
    let verified = app
        .bff()
        .verify_email(app.headers(), (id, challenge), code)
        .await;
    app.add_cookies(verified.cookies);
    match verified.outcome {
        Ok(()) => back(&app, &session, Outcome::EmailVerified, (then, &[])),
        Err(AccountTrouble::WrongInput) => {
            let [step, challenge] = asked;
            let problem = ("problem", Field::Code.name());
            app.see_other(&address(then, &[step, challenge, problem]))
        }
        Err(trouble) => back(&app, &session, trouble.into(), (then, &asked)),
    }
}

pub(in crate::onboarding) async fn put_off(step: &str, then: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let page = address(then, &[]);
    let Some(session) = app.session_or_sign_in(&page).await? else {
        return Ok(());
    };
    let mark = match StepKind::find(step) {
        Some(StepKind::Email) => OnboardingMark::EmailPutOff,
        Some(StepKind::Factors) => OnboardingMark::FactorsPutOff,
        // Nothing else can be put off, so the person stays where they are.
        Some(StepKind::Welcome | StepKind::Profile | StepKind::Preferences) | None => {
            return app.see_other(&page);
        }
    };
    // What may not be put off stays undone whatever is marked.
    match app.bff().mark_onboarding(&session, mark).await {
        Ok(()) => app.see_other(&page),
        Err(_) => back(&app, &session, Outcome::StoreUnavailable, (then, &[])),
    }
}
