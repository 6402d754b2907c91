use bff::{AccountTrouble, SignInRequest};
use model::ReturnTo;

use super::{back, is_fresh, scopes};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::onboarding::address::address;
use crate::onboarding::{Field, Outcome};

const STEP: (&str, &str) = ("step", "factors");

/// What a sign-in has to demand so that the org sets up a passkey, or else any second way.
const PASSKEY_LEVEL: &str = "phr";
const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

pub(in crate::onboarding) async fn add_phone(number: &str, then: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let page = address(then, &[STEP]);
    let Some(session) = app.session_or_sign_in(&page).await? else {
        return Ok(());
    };
    if !is_fresh(&app, &session, (then, STEP.1)).await? {
        return Ok(());
    }
    let added = app.bff().add_phone(app.headers(), number).await;
    app.add_cookies(added.cookies);
    match added.outcome {
        Ok(id) => {
            let asked = [STEP, ("phone", id.as_str())];
            back(&app, &session, Outcome::CodeSent, (then, &asked))
        }
        Err(AccountTrouble::WrongInput) => {
            app.see_other(&address(then, &[STEP, ("problem", Field::Number.name())]))
        }
        Err(trouble) => back(&app, &session, trouble.into(), (then, &[STEP])),
    }
}

pub(in crate::onboarding) async fn verify_phone(
    id: &str,
    code: &str,
    then: &str,
) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let asked = [STEP, ("phone", id)];
    let Some(session) = app.session_or_sign_in(&address(then, &asked)).await? else {
        return Ok(());
    };
    if !is_fresh(&app, &session, (then, STEP.1)).await? {
        return Ok(());
    }
    let verified = app.bff().verify_phone(app.headers(), id, code).await;
    app.add_cookies(verified.cookies);
    match verified.outcome {
        Ok(()) => back(&app, &session, Outcome::FactorAdded, (then, &[])),
        Err(AccountTrouble::WrongInput) => {
            let [step, phone] = asked;
            app.see_other(&address(
                then,
                &[step, phone, ("problem", Field::Code.name())],
            ))
        }
        Err(trouble) => back(&app, &session, trouble.into(), (then, &asked)),
    }
}

pub(in crate::onboarding) async fn set_up(key: &str, then: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let page = address(then, &[STEP]);
    let Some(session) = app.session_or_sign_in(&page).await? else {
        return Ok(());
    };
    let level = if key == "webauthn" {
        PASSKEY_LEVEL
    } else {
        TWO_FACTORS
    };
    let request = SignInRequest {
        return_to: ReturnTo::parse(&page),
        acr_values: vec![level.to_owned()],
        only: Some(session.subject.clone()),
        scopes: scopes(),
        ..SignInRequest::default()
    };
    match app.bff().begin_sign_in(app.headers(), request).await {
        Ok(begun) => {
            app.add_cookies(begun.cookies);
            app.see_other(begun.location.as_str())
        }
        Err(_) => back(&app, &session, Outcome::OrgUnavailable, (then, &[STEP])),
    }
}
