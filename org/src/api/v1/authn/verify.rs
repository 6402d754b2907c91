use axum::Json;
use jiff::Timestamp;
use model::ErrorCode;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::found::Found;
use super::view::{of_transaction, success};
use crate::api::v1::factors::{Given, Sent};
use crate::api::{ApiError, Body, Change, Path, Writing};
use crate::authenticator::Proof;
use crate::sign_in::{Missing, StateToken, choose_factor, complete_transaction, find_transaction};
use crate::store::Digest;
use crate::throttle::{ClientAddress, LetterLimit};

/// A code or an answer, with the transaction that it is for. Without either a code is sent, where codes are sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Proving {
    #[serde(default)]
    state_token: String,
    pass_code: Option<SecretString>,
    answer: Option<SecretString>,
}

/// What came of it.
enum Outcome {
    /// A code is on its way.
    Sent,
    SignedIn(StateToken),
}

/// `POST /api/v1/authn/factors/{factorId}/verify`. Wrong answers count as they do everywhere.
pub(super) async fn verify(
    mut change: Change,
    address: ClientAddress,
    Path(factor): Path<String>,
    Body(proving): Body<Proving>,
) -> Result<Json<Value>, ApiError> {
    let org = change.org().clone();
    if !org.throttle().allow(address, org.now()) {
        return Err(ApiError::new(ErrorCode::TooManyRequests));
    }
    let mut found = Found::by(&org, &change.caller, &proving.state_token)?;
    found.needs(Missing::Factor)?;
    // The password showed who it is.
    change.caller.user = Some(found.user.id.clone());
    let sent = Sent {
        pass_code: proving.pass_code,
        answer: proving.answer,
    };
    let given = Given::read(&org, found.user.clone(), &factor, sent).await?;
    let (token, letters, chosen) = (found.transaction.token, org.kit().letters, factor.clone());
    let outcome = change
        .run(move |writing| judge(writing, &letters, (token, &chosen), given))
        .await?;
    org.inbox().announce();
    match outcome {
        Ok(Outcome::Sent) => {
            found.transaction.factor = Some(factor);
            of_transaction(&org, &found).map(Json)
        }
        Ok(Outcome::SignedIn(token)) => Ok(Json(success(&found.user, &token))),
        Err(code) => {
            org.throttle().failed(address, org.now());
            Err(ApiError::new(code))
        }
    }
}

/// Everything is read again: of many right answers at once, one completes the transaction.
fn judge(
    writing: &Writing<'_>,
    letters: &LetterLimit,
    (token, factor): (Digest, &str),
    given: Given,
) -> Result<Result<Outcome, ErrorCode>, ApiError> {
    let gone = || ApiError::new(ErrorCode::InvalidToken);
    let transaction = find_transaction(writing.db, token, writing.now)?.ok_or_else(gone)?;
    let method = given.method();
    let judged = match given.judge(writing, letters)? {
        Ok(judged) => judged,
        Err(code) => return Ok(Err(code)),
    };
    if judged["factorResult"] != "SUCCESS" {
        choose_factor(writing.db, token, Some(factor))?;
        return Ok(Ok(Outcome::Sent));
    }
    let at: Timestamp = writing.now;
    let made = (writing.entropy, at);
    let completed = complete_transaction(writing.db, &transaction, Proof { method, at }, made)?;
    completed
        .map(|token| Ok(Outcome::SignedIn(token)))
        .ok_or_else(gone)
}
