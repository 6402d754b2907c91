use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;

use crate::store::Moment;

/// Ends the sessions of a user and the codes that were not redeemed; tokens too if asked.
pub(crate) fn end_sessions(
    db: &Connection,
    user: &UserId,
    with_tokens: bool,
    now: Timestamp,
) -> rusqlite::Result<()> {
    // A code that was redeemed stays: its tokens are revoked when somebody tries it again.
    for rows in [
        "sessions WHERE user_id = ?1",
        "session_tokens WHERE user_id = ?1",
        "authorization_codes WHERE user_id = ?1 AND spent_at IS NULL",
    ] {
        db.prepare_cached(&format!("DELETE FROM {rows}"))?
            .execute([user.as_str()])?;
    }
    if with_tokens {
        revoke_tokens(db, user, now)?;
    }
    Ok(())
}

/// Revokes the tokens that apps have for a user.
pub(crate) fn revoke_tokens(
    db: &Connection,
    user: &UserId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE access_tokens SET revoked_at = ?2 WHERE user_id = ?1 AND revoked_at IS NULL",
    )?
    .execute((user.as_str(), Moment(now)))?;
    Ok(())
}

/// Takes from a user who is deactivated what they had by being active: apps, administrator roles, API tokens, links.
pub(crate) fn strip(db: &Connection, user: &UserId) -> rusqlite::Result<()> {
    for table in ["app_users", "admin_roles", "api_tokens", "user_links"] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE user_id = ?1"))?
            .execute([user.as_str()])?;
    }
    Ok(())
}
