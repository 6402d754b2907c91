use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::api::ApiError;
use crate::api::v1::users::UserRecord;
use crate::authenticator::enrollment::enrollments_of;
use crate::authenticator::factor::{FactorType, PendingFactor, pending_factors_of};
use crate::authenticator::{Catalog, Enrollment, EnrollmentKind};

/// A factor of a user.
#[derive(Debug, Clone)]
pub(in crate::api::v1) struct Factor {
    pub(in crate::api::v1) id: String,
    pub(in crate::api::v1) kind: FactorType,
    pub(in crate::api::v1) profile: Value,
    pub(super) created_at: Timestamp,
    pub(in crate::api::v1) state: State,
}

/// How far it is.
#[derive(Debug, Clone)]
pub(in crate::api::v1) enum State {
    Active(Enrollment),
    /// It waits for its first code.
    Pending(PendingFactor),
}

/// The factors of a user: those that the org still offers, and those that were begun.
pub(in crate::api::v1) fn factors_of(
    db: &Connection,
    user: &UserRecord,
) -> rusqlite::Result<Vec<Factor>> {
    let catalog = Catalog::load(db)?;
    let enrollments = enrollments_of(db, &user.id)?;
    let pending = pending_factors_of(db, &user.id)?;
    let mut factors = Vec::new();
    for factor_type in FactorType::ALL {
        let is_offered = catalog.get(factor_type.key()).is_some_and(|record| {
            record
                .methods()
                .any(|method| method == factor_type.method())
        });
        let own = |enrollment: &&Enrollment| is_offered && enrollment.key == factor_type.key();
        let active = enrollments.iter().filter(own);
        factors.extend(active.map(|enrollment| active_factor(factor_type, enrollment, user)));
        let begun = pending.iter().filter(|one| one.factor_type == factor_type);
        factors.extend(begun.map(|one| pending_factor(one, user)));
    }
    Ok(factors)
}

/// The factor with this id, else `E0000007`.
pub(in crate::api::v1) fn find_factor(
    db: &Connection,
    user: &UserRecord,
    id: &str,
) -> Result<Factor, ApiError> {
    factors_of(db, user)?
        .into_iter()
        .find(|factor| factor.id == id)
        .ok_or_else(|| ApiError::not_found("UserFactor", id))
}

/// The factor that the user has in the type, if any.
pub(super) fn has_active(
    db: &Connection,
    user: &UserId,
    factor_type: FactorType,
) -> rusqlite::Result<bool> {
    let enrollments = enrollments_of(db, user)?;
    Ok(enrollments.iter().any(|one| one.key == factor_type.key()))
}

fn active_factor(factor_type: FactorType, enrollment: &Enrollment, user: &UserRecord) -> Factor {
    let profile = match &enrollment.kind {
        EnrollmentKind::Email { address } => json!({"email": address.as_str()}),
        EnrollmentKind::Phone { number } => json!({"phoneNumber": number.as_str()}),
        EnrollmentKind::Totp { .. } => json!({"credentialId": user.profile.login}),
        EnrollmentKind::Webauthn { credential } => json!({
            "credentialId": data_encoding::BASE64URL_NOPAD.encode(&credential.id),
            "authenticatorName": factor_type.key().display_name(),
        }),
        EnrollmentKind::SecurityQuestion { question, .. } => {
            json!({"question": question.key, "questionText": question.text})
        }
    };
    Factor {
        id: factor_type.id_of(&enrollment.id),
        kind: factor_type,
        profile,
        created_at: enrollment.created_at,
        state: State::Active(enrollment.clone()),
    }
}

fn pending_factor(pending: &PendingFactor, user: &UserRecord) -> Factor {
    let profile = match (pending.factor_type, &pending.address) {
        (FactorType::Email, Some(address)) => json!({"email": address}),
        (_, Some(number)) => json!({"phoneNumber": number}),
        (_, None) => json!({"credentialId": user.profile.login}),
    };
    Factor {
        id: pending.factor_type.id_of(&pending.id),
        kind: pending.factor_type,
        profile,
        created_at: pending.created_at,
        state: State::Pending(pending.clone()),
    }
}
