use jiff::Timestamp;
use model::{AppId, RefreshTokenId, UserId};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params_from_iter};
use serde::{Deserialize, Serialize};

use crate::oauth::GrantType;
use crate::oauth::issue::Grant;
use crate::store::{Digest, Json, Moment, parsed};

/// What was granted, and by what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Terms {
    /// How the person signed in: the access policy is asked about that again.
    pub(crate) grant_type: GrantType,
    pub(crate) grant: Grant,
}

/// A grant to be kept, with its first token.
#[derive(Debug)]
pub(crate) struct NewRefreshGrant {
    pub(crate) id: RefreshTokenId,
    pub(crate) token: Digest,
    pub(crate) server: String,
    pub(crate) user_id: UserId,
    /// The code that it is issued for, whose reuse ends it.
    pub(crate) code: Option<Digest>,
    pub(crate) terms: Terms,
    pub(crate) created_at: Timestamp,
    /// When it ends in any case.
    pub(crate) ends_at: Option<Timestamp>,
    /// When it ends unless it is used.
    pub(crate) expires_at: Timestamp,
}

/// A grant as the database has it.
#[derive(Debug, Clone)]
pub(crate) struct RefreshGrant {
    pub(crate) id: RefreshTokenId,
    pub(crate) server: String,
    pub(crate) app_id: AppId,
    pub(crate) user_id: UserId,
    pub(crate) terms: Terms,
    /// The number of the token that counts.
    pub(super) latest: i64,
    /// The number of the last token that was used; 0: none was.
    pub(super) used: i64,
    pub(super) rotated_at: Option<Timestamp>,
    pub(super) salt: Option<[u8; 32]>,
    pub(crate) created_at: Timestamp,
    pub(crate) used_at: Timestamp,
    pub(super) ends_at: Option<Timestamp>,
    pub(crate) expires_at: Timestamp,
}

const COLUMNS: &str = "refresh_grants.id, server, app_id, user_id, terms, latest, used, rotated_at, salt, created_at, \
     used_at, ends_at, expires_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<RefreshGrant> {
    let moment = |column: usize| row.get::<_, Moment>(column).map(|moment| moment.0);
    let maybe = |column: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<Moment>>(column)?.map(|moment| moment.0))
    };
    Ok(RefreshGrant {
        id: parsed(row, 0)?,
        server: row.get(1)?,
        app_id: parsed(row, 2)?,
        user_id: parsed(row, 3)?,
        terms: row.get::<_, Json<Terms>>(4)?.0,
        latest: row.get(5)?,
        used: row.get(6)?,
        rotated_at: maybe(7)?,
        salt: row.get(8)?,
        created_at: moment(9)?,
        used_at: moment(10)?,
        ends_at: maybe(11)?,
        expires_at: moment(12)?,
    })
}

/// Keeps a grant with its first token.
pub(crate) fn create_refresh_grant(db: &Connection, new: &NewRefreshGrant) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO refresh_grants (id, server, app_id, user_id, code_hash, terms, latest, used, created_at, used_at, ends_at, \
         expires_at) VALUES (:id, :server, :app, :user, :code, :terms, 1, 0, :now, :now, :ends, :expires)",
    )?
    .execute(named_params! {
        ":id": new.id.as_str(),
        ":server": new.server,
        ":app": new.terms.grant.app_id.as_str(),
        ":user": new.user_id.as_str(),
        ":code": new.code,
        ":terms": Json(&new.terms),
        ":now": Moment(new.created_at),
        ":ends": new.ends_at.map(Moment),
        ":expires": Moment(new.expires_at),
    })?;
    keep_token(db, &new.id, new.token, 1)
}

/// Keeps one more token of a grant.
pub(super) fn keep_token(
    db: &Connection,
    grant: &RefreshTokenId,
    token: Digest,
    number: i64,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO refresh_tokens (token_hash, grant_id, number) VALUES (?1, ?2, ?3)",
    )?
    .execute((token, grant.as_str(), number))?;
    Ok(())
}

/// The grant that has or had this token, with the token's number, unless it has ended.
pub(crate) fn find_refresh_token(
    db: &Connection,
    token: Digest,
    now: Timestamp,
) -> rusqlite::Result<Option<(RefreshGrant, i64)>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS}, number FROM refresh_tokens JOIN refresh_grants ON refresh_grants.id = grant_id \
         WHERE token_hash = ?1 AND revoked_at IS NULL AND expires_at > ?2"
    ))?
    .query_row((token, Moment(now)), |row| {
        Ok((from_row(row)?, row.get(13)?))
    })
    .optional()
}

/// Which grants are meant: all that fit every part that is given.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Whose<'a> {
    pub(crate) server: Option<&'a str>,
    pub(crate) app: Option<&'a AppId>,
    pub(crate) user: Option<&'a UserId>,
}

impl Whose<'_> {
    /// The condition, and the values of its parameters.
    pub(super) fn condition(&self) -> (String, Vec<&str>) {
        let (mut text, mut values) = ("revoked_at IS NULL".to_owned(), Vec::new());
        let parts = [
            (" AND server = ?", self.server),
            (" AND app_id = ?", self.app.map(AppId::as_str)),
            (" AND user_id = ?", self.user.map(UserId::as_str)),
        ];
        for (part, value) in parts {
            if let Some(value) = value {
                text.push_str(part);
                values.push(value);
            }
        }
        (text, values)
    }
}

/// The grants that have not ended, in the order of their ids: `most` at a time, those behind `after`.
pub(crate) fn list_refresh_grants(
    db: &Connection,
    whose: Whose<'_>,
    (after, most): (&str, usize),
    now: Timestamp,
) -> rusqlite::Result<Vec<RefreshGrant>> {
    let (condition, values) = whose.condition();
    // Numbers of the org's own, which no caller chooses the text of.
    let (now, most) = (
        now.as_millisecond(),
        i64::try_from(most).unwrap_or(i64::MAX),
    );
    db.prepare(&format!(
        "SELECT {COLUMNS} FROM refresh_grants WHERE {condition} AND id > ? AND expires_at > {now} ORDER BY id LIMIT {most}"
    ))?
    .query_map(params_from_iter(values.into_iter().chain([after])), from_row)?
    .collect()
}

/// One of those grants by its id.
pub(crate) fn find_refresh_grant(
    db: &Connection,
    whose: Whose<'_>,
    id: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<RefreshGrant>> {
    let (condition, values) = whose.condition();
    let now = now.as_millisecond();
    db.prepare(&format!(
        "SELECT {COLUMNS} FROM refresh_grants WHERE {condition} AND id = ? AND expires_at > {now}"
    ))?
    .query_row(params_from_iter(values.into_iter().chain([id])), from_row)
    .optional()
}
