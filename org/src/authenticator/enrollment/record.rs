use jiff::Timestamp;
use model::{EnrollmentId, UserId};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, named_params};

use super::super::AuthenticatorKey;
use super::super::webauthn::Credential;
use super::column::{COLUMNS, from_row, profile};
use super::{Enrollment, EnrollmentKind};
use crate::store::{Moment, parsed};

/// An enrollment could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CreateError {
    /// The passkey belongs to somebody already, or the person has the authenticator already.
    #[error("there is such an enrollment already")]
    Taken,
    /// What is known of the person does not fit the authenticator.
    #[error("an enrollment in {} does not look like this", .0.as_str())]
    Unfit(AuthenticatorKey),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

/// For those who know that it fits and is not taken.
impl From<CreateError> for rusqlite::Error {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Database(error) => error,
            other => Self::ToSqlConversionFailure(other.into()),
        }
    }
}

/// A user's enrollments in the order in which authenticators are offered; passkeys from the oldest on.
pub(crate) fn enrollments_of(db: &Connection, user: &UserId) -> rusqlite::Result<Vec<Enrollment>> {
    let query =
        format!("SELECT {COLUMNS} FROM enrollments WHERE user_id = ?1 ORDER BY created_at, id");
    let mut enrollments = db
        .prepare_cached(&query)?
        .query_map([user.as_str()], from_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    enrollments.sort_by_key(|enrollment| enrollment.key);
    Ok(enrollments)
}

/// Whose passkey this is, for a sign-in without a username.
pub(crate) fn enrollment_of_credential(
    db: &Connection,
    credential_id: &[u8],
) -> rusqlite::Result<Option<(UserId, Enrollment)>> {
    let query = format!("SELECT user_id, {COLUMNS} FROM enrollments WHERE credential_id = ?1");
    db.prepare_cached(&query)?
        .query_row([credential_id], |row| {
            Ok((parsed(row, "user_id")?, from_row(row)?))
        })
        .optional()
}

/// Enrolls a user. Whether what is known of them is theirs must be proved before.
pub(crate) fn create_enrollment(
    db: &Connection,
    user: &UserId,
    enrollment: &Enrollment,
) -> Result<(), CreateError> {
    if !enrollment.kind.fits(enrollment.key) {
        return Err(CreateError::Unfit(enrollment.key));
    }
    insert(db, user, enrollment).map_err(|error| {
        if is_taken(&error) {
            CreateError::Taken
        } else {
            CreateError::Database(error)
        }
    })
}

fn insert(db: &Connection, user: &UserId, enrollment: &Enrollment) -> rusqlite::Result<()> {
    let (mut secret, mut last_step, mut credential_id) = (None, None, None);
    match &enrollment.kind {
        EnrollmentKind::Totp {
            secret: sealed,
            last_step: step,
        } => (secret, last_step) = (Some(sealed), *step),
        EnrollmentKind::Webauthn { credential } => credential_id = Some(credential.id.as_slice()),
        EnrollmentKind::Email { .. }
        | EnrollmentKind::Phone { .. }
        | EnrollmentKind::SecurityQuestion { .. } => {}
    }
    db.prepare_cached(
        "INSERT INTO enrollments (id, user_id, authenticator_key, profile, secret_sealed, credential_id, \
         last_step, created_at, updated_at) \
         VALUES (:id, :user, :key, :profile, :secret, :credential_id, :last_step, :now, :now)",
    )?
    .execute(named_params! {
        ":id": enrollment.id.as_str(),
        ":user": user.as_str(),
        ":key": enrollment.key.as_str(),
        ":profile": profile(&enrollment.kind)?,
        ":secret": secret,
        ":credential_id": credential_id,
        ":last_step": last_step,
        ":now": Moment(enrollment.created_at),
    })?;
    Ok(())
}

/// SQLite's extended codes for a unique index, told from those for a missing user.
fn is_taken(error: &rusqlite::Error) -> bool {
    const UNIQUE: [i32; 2] = [
        rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE,
        rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
    ];
    error.sqlite_error().is_some_and(|error| {
        error.code == ErrorCode::ConstraintViolation && UNIQUE.contains(&error.extended_code)
    })
}

/// Takes note that the code of a step was used. `false`: another request was faster, so the code does not count.
pub(crate) fn record_totp_step(
    db: &Connection,
    id: &EnrollmentId,
    step: i64,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let changed = db
        .prepare_cached(
            "UPDATE enrollments SET last_step = ?2, updated_at = ?3 \
             WHERE id = ?1 AND (last_step IS NULL OR last_step < ?2)",
        )?
        .execute((id.as_str(), step, Moment(now)))?;
    Ok(changed > 0)
}

/// Takes note of a passkey's counter and backup state after it was used.
pub(crate) fn record_passkey_use(
    db: &Connection,
    id: &EnrollmentId,
    credential: &Credential,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE enrollments SET profile = ?2, updated_at = ?3 WHERE id = ?1 AND credential_id = ?4",
    )?
    .execute((
        id.as_str(),
        crate::store::Json(credential),
        Moment(now),
        credential.id.as_slice(),
    ))?;
    Ok(())
}
