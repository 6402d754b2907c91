use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::{EnrollmentId, ErrorCode};
use serde::Deserialize;
use serde_json::Value;

use super::record::{Challenge, Email, Standing};
use crate::Org;
use crate::api::v1::factors::{log_of_code, send_code};
use crate::api::v1::my_account::find_own;
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Body, Caller, Change, Path, Writing};
use crate::authenticator::factor::{FactorType, PendingFactor, begin_factor};

/// What the app wants to have back at the callback of its verification page. The local org's letters have no link to that.
#[derive(Debug, Deserialize)]
pub(super) struct NewChallenge {
    #[serde(rename = "state")]
    _state: String,
}

/// `POST /idp/myaccount/emails/{id}/challenge`: sends a code, not more often than every five seconds.
pub(super) async fn send(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(_): Body<NewChallenge>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let letters = org.kit().letters;
    let shape = change
        .run(move |writing| {
            let user = find_own(writing.db, writing.caller)?;
            let email = begun(writing, &user, &id)?;
            let factor = email.factor().unwrap_or_default();
            let message = (FactorType::Email, factor.as_str(), email.address.as_str());
            send_code(writing, &letters, &user, message)?;
            writing.log(log_of_code(FactorType::Email, &user))?;
            let sent = Challenge::newest(writing.db, &user, &email)?;
            let sent = sent.ok_or_else(|| ApiError::new(ErrorCode::Internal))?;
            Ok(sent.view(&email, writing.url))
        })
        .await?;
    org.inbox().announce();
    Ok((StatusCode::CREATED, Json(shape)))
}

/// The address, with a factor that a code can be for.
fn begun(writing: &Writing<'_>, user: &UserRecord, id: &str) -> Result<Email, ApiError> {
    let email = Email::find(writing.db, user, id)?;
    if !matches!(email.standing, Standing::Unverified) {
        return Ok(email);
    }
    let pending = PendingFactor {
        id: EnrollmentId::generate(writing.entropy),
        factor_type: FactorType::Email,
        address: Some(email.address),
        secret: None,
        picture: None,
        created_at: writing.now,
    };
    begin_factor(writing.db, &user.id, &pending)?;
    Ok(Email::of(writing.db, user)?)
}

/// `GET /idp/myaccount/emails/{id}/challenge/{challengeId}`.
pub(super) async fn poll(
    State(org): State<Org>,
    caller: Caller,
    Path((id, challenge)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &caller)))??;
    let email = org.store().read(|db| Ok(Email::find(db, &user, &id)))??;
    let found = org
        .store()
        .read(|db| Ok(Challenge::find(db, &user, &email, &challenge)))??;
    Ok(Json(found.view(&email, org.url())))
}
