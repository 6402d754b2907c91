use askama::Template;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use model::UserId;
use rusqlite::Connection;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::answer::{Refusal, wants_json};
use super::page::Frame;
use crate::authenticator::enrollment::enrollments_of;
use crate::authenticator::{AuthenticatorKey, Enrollment, EnrollmentKind};
use crate::directory::find_account_by_login;
use crate::failure::Failure;
use crate::hosted::{FormTarget, html};
use crate::oauth::parameters::Parameters;
use crate::store::parsed;
use crate::{Org, paths};

/// How long an app shows a code, in seconds.
const STEP: i64 = 30;
/// People on the page.
const SHOWN: u32 = 100;

/// A person and the codes of their apps.
#[derive(Serialize)]
struct Codes {
    login: String,
    codes: Vec<AppCode>,
}

/// What an authenticator app shows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AppCode {
    authenticator: &'static str,
    /// A code that the org accepts now: the present one or, when that was used, the next. None when both were used.
    code: Option<String>,
    /// When the app shows another code.
    changes_at: String,
}

#[derive(Template)]
#[template(path = "dev/totp.html")]
struct TotpPage {
    frame: Frame,
    people: Vec<Codes>,
    seconds_left: i64,
}

/// `GET /dev/totp`: `?login=` as JSON for programs; everybody's codes on a page.
pub(super) async fn codes(
    State(org): State<Org>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let query = Parameters::parse(&query.unwrap_or_default());
    match query.get("login") {
        Some(login) => one(&org, login),
        None if wants_json(&headers) => Err(Refusal::Invalid(
            "login: expected the username of the person whose codes you want".to_owned(),
        )),
        None => page(&org),
    }
}

fn one(org: &Org, login: &str) -> Result<Response, Refusal> {
    let account = org.store().read(|db| find_account_by_login(db, login))?;
    let user = account
        .map(|account| account.user.id)
        .ok_or_else(|| Refusal::Unknown(format!("there is no user {login:?}")))?;
    let codes = codes_of(org, &user)?;
    let login = login.to_owned();
    Ok(Json(Codes { login, codes }).into_response())
}

fn page(org: &Org) -> Result<Response, Refusal> {
    let people = org.store().read(list_people_with_apps)?;
    let people = people.into_iter().map(|(user, login)| {
        let codes = codes_of(org, &user)?;
        Ok(Codes { login, codes })
    });
    let page = TotpPage {
        frame: Frame::new(paths::DEV_TOTP, "App codes"),
        people: people.collect::<Result<_, Failure>>()?,
        seconds_left: STEP - org.now().as_second().rem_euclid(STEP),
    };
    Ok(html(&page, &FormTarget::Org)?)
}

/// Those who have an authenticator app, with their logins.
fn list_people_with_apps(db: &Connection) -> rusqlite::Result<Vec<(UserId, String)>> {
    db.prepare_cached(
        "SELECT id, login FROM users WHERE id IN \
         (SELECT user_id FROM enrollments WHERE authenticator_key IN (?1, ?2)) \
         ORDER BY login_key LIMIT ?3",
    )?
    .query_map(
        (
            AuthenticatorKey::GoogleOtp.as_str(),
            AuthenticatorKey::OktaVerify.as_str(),
            SHOWN,
        ),
        |row| Ok((parsed(row, 0)?, row.get(1)?)),
    )?
    .collect()
}

fn codes_of(org: &Org, user: &UserId) -> Result<Vec<AppCode>, Failure> {
    let enrollments = org.store().read(|db| enrollments_of(db, user))?;
    let codes = enrollments
        .iter()
        .map(|enrollment| code_of(org, user, enrollment));
    codes.filter_map(Result::transpose).collect()
}

fn code_of(org: &Org, user: &UserId, enrollment: &Enrollment) -> Result<Option<AppCode>, Failure> {
    let EnrollmentKind::Totp { secret, last_step } = &enrollment.kind else {
        return Ok(None);
    };
    let now = org.now();
    let present = now.as_second().div_euclid(STEP);
    let secret = secret.open(org.sealer(), user, enrollment.key)?;
    let code = [present, present + 1]
        .into_iter()
        .find(|step| last_step.is_none_or(|last| *step > last))
        .map(|step| secret.code_at(moment(step)).expose_secret().to_owned());
    Ok(Some(AppCode {
        authenticator: enrollment.key.as_str(),
        code,
        changes_at: format!("{:.3}", moment(present + 1)),
    }))
}

/// When a step begins.
fn moment(step: i64) -> Timestamp {
    let since = SignedDuration::from_secs(step.saturating_mul(STEP));
    Timestamp::UNIX_EPOCH
        .saturating_add(since)
        .unwrap_or(Timestamp::MAX)
}
