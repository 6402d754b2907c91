//! API tokens: Okta's scheme SSWS.

use jiff::{SignedDuration, Timestamp};
use model::{Entropy, UserId};
use rusqlite::{Connection, OptionalExtension as _};

use crate::directory::UserStatus;
use crate::handle::Handle;
use crate::store::{Digest, Moment, parsed};

/// Unused for this long, a token ends: Okta's `P30D`.
const IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Uses within this time of one another are written down as one.
const TOUCH_INTERVAL: SignedDuration = SignedDuration::from_hours(1);

/// A token as it stands in the database: never the token itself.
#[derive(Debug, Clone)]
pub(crate) struct ApiToken {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) user_id: UserId,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) used_at: Timestamp,
}

impl ApiToken {
    /// When it ends unless it is used.
    pub(crate) fn expires_at(&self) -> Timestamp {
        self.used_at.saturating_add(IDLE).unwrap_or(Timestamp::MAX)
    }

    /// Whether its last use is old enough to be written again.
    pub(crate) fn is_touch_due(&self, now: Timestamp) -> bool {
        now.duration_since(self.used_at) >= TOUCH_INTERVAL
    }
}

const COLUMNS: &str = "api_tokens.id, api_tokens.name, user_id, api_tokens.created_at, api_tokens.updated_at, used_at";

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ApiToken> {
    Ok(ApiToken {
        id: row.get(0)?,
        name: row.get(1)?,
        user_id: parsed(row, 2)?,
        created_at: row.get::<_, Moment>(3)?.0,
        updated_at: row.get::<_, Moment>(4)?.0,
        used_at: row.get::<_, Moment>(5)?.0,
    })
}

/// Makes a token with the rights of a user. The token itself is in the answer, and nowhere else afterwards.
pub(crate) fn create_api_token(
    db: &Connection,
    name: &str,
    user: &UserId,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<(ApiToken, Handle)> {
    // Okta's tokens begin with `00`, which is how people tell them from other secrets.
    let token = Handle::received(&format!("00{}", Handle::generate(entropy).expose()));
    let id = format!("00T{}", &model::UserId::generate(entropy).as_str()[3..]);
    db.prepare_cached(
        "INSERT INTO api_tokens (id, name, user_id, token_hash, created_at, updated_at, used_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5)",
    )?
    .execute((&id, name, user.as_str(), token.digest(), Moment(now)))?;
    let record = ApiToken {
        id,
        name: name.to_owned(),
        user_id: user.clone(),
        created_at: now,
        updated_at: now,
        used_at: now,
    };
    Ok((record, token))
}

/// A token that counts: used within thirty days, of a user who is active.
pub(crate) fn find_live_api_token(
    db: &Connection,
    token: Digest,
    now: Timestamp,
) -> rusqlite::Result<Option<ApiToken>> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, status FROM api_tokens JOIN users ON users.id = user_id WHERE token_hash = ?1"
        ))?
        .query_row([token], |row| Ok((from_row(row)?, parsed::<UserStatus>(row, 6)?)))
        .optional()?;
    Ok(found
        .filter(|(token, status)| status.may_sign_in() && now < token.expires_at())
        .map(|(token, _)| token))
}

/// All tokens, by id.
pub(crate) fn list_api_tokens(db: &Connection) -> rusqlite::Result<Vec<ApiToken>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM api_tokens ORDER BY id"))?
        .query_map([], from_row)?
        .collect()
}

/// Writes down that a token was used.
pub(crate) fn touch_api_token(db: &Connection, id: &str, now: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE api_tokens SET used_at = ?2 WHERE id = ?1")?
        .execute((id, Moment(now)))?;
    Ok(())
}

/// Ends a token. Whether there was one.
pub(crate) fn delete_api_token(db: &Connection, id: &str) -> rusqlite::Result<bool> {
    Ok(db
        .prepare_cached("DELETE FROM api_tokens WHERE id = ?1")?
        .execute([id])?
        > 0)
}
