use rusqlite::Row;
use rusqlite::types::FromSqlError;
use serde::{Deserialize, Serialize};

use super::super::AuthenticatorKey;
use super::super::email::EmailAddress;
use super::super::phone::PhoneNumber;
use super::super::security_question::Question;
use super::super::webauthn::Credential;
use super::{Enrollment, EnrollmentKind};
use crate::store::{Json, Moment, parsed};

#[derive(Serialize, Deserialize)]
struct Address {
    address: EmailAddress,
}

#[derive(Serialize, Deserialize)]
struct Number {
    number: PhoneNumber,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    question: Question,
    answer_hash: String,
}

/// The column `profile`: what of an enrollment is not secret.
pub(super) fn profile(kind: &EnrollmentKind) -> rusqlite::Result<String> {
    let text = match kind {
        EnrollmentKind::Email { address } => serde_json::to_string(&Address {
            address: address.clone(),
        }),
        EnrollmentKind::Phone { number } => serde_json::to_string(&Number {
            number: number.clone(),
        }),
        EnrollmentKind::Totp { .. } => Ok("{}".to_owned()),
        EnrollmentKind::Webauthn { credential } => serde_json::to_string(credential),
        EnrollmentKind::SecurityQuestion {
            question,
            answer_hash,
        } => serde_json::to_string(&Answered {
            question: question.clone(),
            answer_hash: answer_hash.clone(),
        }),
    };
    text.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// The columns that [`from_row`] needs.
pub(super) const COLUMNS: &str =
    "id, authenticator_key, profile, secret_sealed, last_step, created_at";

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Enrollment> {
    let key = parsed(row, "authenticator_key")?;
    Ok(Enrollment {
        id: parsed(row, "id")?,
        key,
        kind: kind(row, key)?,
        created_at: row.get::<_, Moment>("created_at")?.0,
    })
}

fn kind(row: &Row<'_>, key: AuthenticatorKey) -> rusqlite::Result<EnrollmentKind> {
    Ok(match key {
        AuthenticatorKey::OktaEmail => EnrollmentKind::Email {
            address: row.get::<_, Json<Address>>("profile")?.0.address,
        },
        AuthenticatorKey::PhoneNumber => EnrollmentKind::Phone {
            number: row.get::<_, Json<Number>>("profile")?.0.number,
        },
        AuthenticatorKey::GoogleOtp | AuthenticatorKey::OktaVerify => EnrollmentKind::Totp {
            secret: row.get("secret_sealed")?,
            last_step: row.get("last_step")?,
        },
        AuthenticatorKey::Webauthn => EnrollmentKind::Webauthn {
            credential: row.get::<_, Json<Credential>>("profile")?.0,
        },
        AuthenticatorKey::SecurityQuestion => {
            let Answered {
                question,
                answer_hash,
            } = row.get::<_, Json<Answered>>("profile")?.0;
            EnrollmentKind::SecurityQuestion {
                question,
                answer_hash,
            }
        }
        AuthenticatorKey::OktaPassword => {
            return Err(FromSqlError::Other("a password has no enrollment".into()).into());
        }
    })
}
