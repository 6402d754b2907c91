//! Access tokens as the database keeps them: their hash, and whether they still count.

use jiff::Timestamp;
use model::{AppId, RefreshTokenId, UserId};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension as _};

use super::Scope;
use super::issue::Facts;
use super::refresh::end_refresh_grants_of_code;
use crate::directory::{Profile, User};
use crate::store::{Digest, Json, Moment, parsed};

/// An access token to be kept.
#[derive(Debug)]
pub(super) struct NewAccessToken {
    pub(super) token: Digest,
    /// The code it was issued for, whose reuse ends it. Without one it was issued to the app itself.
    pub(super) code: Option<Digest>,
    /// The refresh token that it came with or by, which it ends with.
    pub(super) refresh: Option<RefreshTokenId>,
    pub(super) server: String,
    pub(super) app_id: AppId,
    /// None: the app acts for itself.
    pub(super) user_id: Option<UserId>,
    pub(super) scopes: Vec<Scope>,
    pub(super) expires_at: Timestamp,
}

/// An access token in use, with all that must be known to honour it.
#[derive(Debug)]
pub(super) struct LiveAccessToken {
    pub(super) user: User,
    pub(super) scopes: Vec<Scope>,
    pub(super) facts: Facts,
}

pub(super) fn create_access_token(
    connection: &Connection,
    token: &NewAccessToken,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO access_tokens (token_hash, code_hash, server, app_id, user_id, scopes, expires_at, refresh_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((
            token.token,
            token.code,
            &token.server,
            token.app_id.as_str(),
            token.user_id.as_ref().map(UserId::as_str),
            Json(&token.scopes),
            Moment(token.expires_at),
            token.refresh.as_ref().map(RefreshTokenId::as_str),
        ))?;
    Ok(())
}

/// A token of this server that is neither expired nor revoked. One statement: the userinfo endpoint is the busiest.
pub(super) fn find_live_token(
    connection: &Connection,
    token: Digest,
    server: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<LiveAccessToken>> {
    const QUERY: &str = "SELECT users.id, users.profile, users.updated_at, scopes, \
         issue_facts.user_status, issue_facts.app_status = 'ACTIVE' AS is_app_active, issue_facts.is_assigned \
         FROM access_tokens JOIN users ON users.id = access_tokens.user_id \
         JOIN issue_facts ON issue_facts.user_id = access_tokens.user_id AND issue_facts.app_id = access_tokens.app_id \
         WHERE token_hash = ?1 AND server = ?2 AND expires_at > ?3 AND revoked_at IS NULL";
    connection
        .prepare_cached(QUERY)?
        .query_row((token, server, Moment(now)), |row| {
            Ok(LiveAccessToken {
                user: User {
                    id: parsed(row, 0)?,
                    profile: row.get::<_, Json<Profile>>(1)?.0,
                    updated_at: row.get::<_, Moment>(2)?.0,
                },
                scopes: row.get::<_, Json<Vec<Scope>>>(3)?.0,
                facts: Facts::from_row(row)?,
            })
        })
        .optional()
}

/// An access token in use, whoever's it is.
#[derive(Debug)]
pub(super) struct HeldAccessToken {
    pub(super) app_id: AppId,
    /// None: the app's own.
    pub(super) user_id: Option<UserId>,
    pub(super) scopes: Vec<Scope>,
    pub(super) code: Option<Digest>,
    pub(super) refresh: Option<RefreshTokenId>,
}

/// A token of this server that is neither expired nor revoked.
pub(super) fn find_held_token(
    connection: &Connection,
    token: Digest,
    server: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<HeldAccessToken>> {
    connection
        .prepare_cached(
            "SELECT app_id, user_id, scopes, code_hash, refresh_id FROM access_tokens \
             WHERE token_hash = ?1 AND server = ?2 AND expires_at > ?3 AND revoked_at IS NULL",
        )?
        .query_row((token, server, Moment(now)), |row| {
            let user: Option<String> = row.get(1)?;
            let refresh: Option<String> = row.get(4)?;
            Ok(HeldAccessToken {
                app_id: parsed(row, 0)?,
                user_id: user
                    .map(UserId::try_from)
                    .transpose()
                    .map_err(FromSqlError::other)?,
                scopes: row.get::<_, Json<Vec<Scope>>>(2)?.0,
                code: row.get(3)?,
                refresh: refresh
                    .map(RefreshTokenId::try_from)
                    .transpose()
                    .map_err(FromSqlError::other)?,
            })
        })
        .optional()
}

/// A token that was good until now.
#[derive(Debug)]
pub(super) struct Revoked {
    /// None: the app's own.
    pub(super) user: Option<UserId>,
}

/// Revokes a token that this app has from this server, and answers whose it was; a service app's is nobody's. Any other token is
/// left as it is.
pub(super) fn revoke_token(
    connection: &Connection,
    token: Digest,
    (app, server): (&AppId, &str),
    now: Timestamp,
) -> rusqlite::Result<Option<Revoked>> {
    connection
        .prepare_cached(
            "UPDATE access_tokens SET revoked_at = ?3 WHERE token_hash = ?1 AND app_id = ?2 AND server = ?4 \
             AND revoked_at IS NULL RETURNING user_id",
        )?
        .query_row((token, app.as_str(), Moment(now), server), |row| {
            let user: Option<String> = row.get(0)?;
            let user = user
                .map(UserId::try_from)
                .transpose()
                .map_err(FromSqlError::other)?;
            Ok(Revoked { user })
        })
        .optional()
}

/// Revokes all that a code produced, and all that came of that.
pub(super) fn revoke_tokens_of_code(
    connection: &Connection,
    code: Digest,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE access_tokens SET revoked_at = ?2 WHERE code_hash = ?1 AND revoked_at IS NULL",
        )?
        .execute((code, Moment(now)))?;
    end_refresh_grants_of_code(connection, code, now)
}
