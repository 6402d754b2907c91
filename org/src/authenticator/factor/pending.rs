use jiff::Timestamp;
use model::{EnrollmentId, UserId};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Row, named_params};

use super::super::totp::SealedTotpSecret;
use super::FactorType;
use crate::store::{Digest, Moment, parsed};

/// A factor that waits for its first code.
#[derive(Debug, Clone)]
pub(crate) struct PendingFactor {
    /// That of the enrollment that it becomes.
    pub(crate) id: EnrollmentId,
    pub(crate) factor_type: FactorType,
    /// A telephone number or an email address.
    pub(crate) address: Option<String>,
    pub(crate) secret: Option<SealedTotpSecret>,
    /// Opens the picture of the secret.
    pub(crate) picture: Option<Digest>,
    pub(crate) created_at: Timestamp,
}

/// Those of a user.
pub(crate) fn pending_factors_of(
    db: &Connection,
    user: &UserId,
) -> rusqlite::Result<Vec<PendingFactor>> {
    db.prepare_cached(
        "SELECT id, type, address, secret_sealed, picture_hash, created_at FROM pending_factors \
         WHERE user_id = ?1 ORDER BY created_at, id",
    )?
    .query_map([user.as_str()], from_row)?
    .collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<PendingFactor> {
    let named: String = row.get(1)?;
    Ok(PendingFactor {
        id: parsed(row, 0)?,
        factor_type: FactorType::stored(&named).ok_or(FromSqlError::InvalidType)?,
        address: row.get(2)?,
        secret: row.get(3)?,
        picture: row.get(4)?,
        created_at: row.get::<_, Moment>(5)?.0,
    })
}

/// Begins a factor, in place of one of the type that was begun before.
pub(crate) fn begin_factor(
    db: &Connection,
    user: &UserId,
    factor: &PendingFactor,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO pending_factors (id, user_id, type, address, secret_sealed, picture_hash, created_at) \
         VALUES (:id, :user, :type, :address, :secret, :picture, :now)",
    )?
    .execute(named_params! {
        ":id": factor.id.as_str(),
        ":user": user.as_str(),
        ":type": factor.factor_type.as_str(),
        ":address": factor.address,
        ":secret": factor.secret,
        ":picture": factor.picture,
        ":now": Moment(factor.created_at),
    })?;
    Ok(())
}

/// Ends one that was begun: it is active now, or nobody wants it.
pub(crate) fn end_pending_factor(db: &Connection, id: &EnrollmentId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM pending_factors WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}
