use jiff::Timestamp;
use model::{AppId, UserId};
use rusqlite::Connection;

use crate::interaction::end_interactions_of;
use crate::store::{Digest, Moment};

/// Ends all that lets a user in, and all that lets apps act for them: sessions, session tokens, codes, sign-ins that were begun,
/// and tokens.
pub(crate) fn end_access(db: &Connection, user: &UserId, now: Timestamp) -> rusqlite::Result<()> {
    end_sessions(db, user, Kept::default())?;
    revoke_tokens(db, user, now)
}

/// What of a user does not end.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Kept {
    /// The session that asks for the end of all others.
    pub(crate) session: Option<Digest>,
    /// The sign-in that does.
    pub(crate) interaction: Option<Digest>,
}

/// Ends the sessions of a user, the session tokens and codes that were not redeemed, and the sign-ins that were begun.
pub(crate) fn end_sessions(db: &Connection, user: &UserId, kept: Kept) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM sessions WHERE user_id = ?1 AND handle_hash IS NOT ?2")?
        .execute((user.as_str(), kept.session))?;
    // A code that was redeemed stays: its tokens are revoked when somebody tries it again.
    db.prepare_cached(
        "DELETE FROM authorization_codes WHERE user_id = ?1 AND session_hash IS NOT ?2 AND spent_at IS NULL",
    )?
    .execute((user.as_str(), kept.session))?;
    db.prepare_cached("DELETE FROM session_tokens WHERE user_id = ?1")?
        .execute([user.as_str()])?;
    db.prepare_cached("DELETE FROM authn_transactions WHERE user_id = ?1")?
        .execute([user.as_str()])?;
    end_interactions_of(db, user, kept.interaction)
}

/// Revokes the tokens that apps have for a user: those that end soon, and those by which apps come back.
pub(crate) fn revoke_tokens(
    db: &Connection,
    user: &UserId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    for table in ["access_tokens", "refresh_grants"] {
        db.prepare_cached(&format!(
            "UPDATE {table} SET revoked_at = ?2 WHERE user_id = ?1 AND revoked_at IS NULL"
        ))?
        .execute((user.as_str(), Moment(now)))?;
    }
    Ok(())
}

/// Revokes them but for those of the sign-in that gave `token`.
pub(crate) fn revoke_other_tokens(
    db: &Connection,
    user: &UserId,
    token: Digest,
    now: Timestamp,
) -> rusqlite::Result<()> {
    for others in [
        "access_tokens SET revoked_at = ?2 WHERE token_hash <> ?3 AND (refresh_id IS NULL OR refresh_id IS NOT \
           (SELECT refresh_id FROM access_tokens WHERE token_hash = ?3)) AND (code_hash IS NULL OR code_hash IS NOT \
           (SELECT code_hash FROM access_tokens WHERE token_hash = ?3))",
        "refresh_grants SET revoked_at = ?2 WHERE id IS NOT \
           (SELECT refresh_id FROM access_tokens WHERE token_hash = ?3)",
    ] {
        db.prepare_cached(&format!(
            "UPDATE {others} AND user_id = ?1 AND revoked_at IS NULL"
        ))?
        .execute((user.as_str(), Moment(now), token))?;
    }
    Ok(())
}

/// Revokes the tokens, and deletes the codes, of apps that a user has no longer. To be called when what a user has changes;
/// `None` means every user of the app, or every app of the user.
pub(crate) fn end_unassigned(
    db: &Connection,
    user: Option<&UserId>,
    app: Option<&AppId>,
    now: Timestamp,
) -> rusqlite::Result<()> {
    const LOST: &str = "(?1 IS NULL OR user_id = ?1) AND (?2 IS NULL OR app_id = ?2) AND user_id IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM issue_facts WHERE issue_facts.user_id = lost.user_id \
         AND issue_facts.app_id = lost.app_id AND is_assigned)";
    let (user, app) = (user.map(UserId::as_str), app.map(AppId::as_str));
    for table in ["access_tokens", "refresh_grants"] {
        db.prepare_cached(&format!(
            "UPDATE {table} AS lost SET revoked_at = ?3 WHERE revoked_at IS NULL AND {LOST}"
        ))?
        .execute((user, app, Moment(now)))?;
    }
    db.prepare_cached(&format!(
        "DELETE FROM authorization_codes AS lost WHERE spent_at IS NULL AND {LOST}"
    ))?
    .execute((user, app))?;
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
