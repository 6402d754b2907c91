//! What is still to be told, in the database.

use jiff::Timestamp;
use model::{AppId, UserId};
use rusqlite::{Connection, Row, named_params};
use serde_json::json;

use super::SubjectFormat;
use crate::config::OrgUrl;
use crate::directory::User;
use crate::events::{EventType, Target};
use crate::store::{Moment, parsed};

/// What brought it about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    pub(crate) event: EventType,
    /// The id of the request.
    pub(crate) request: &'a str,
}

/// An app that is to be told of a person.
#[derive(Debug, Clone)]
pub(super) struct Errand {
    pub(super) id: i64,
    pub(super) app: AppId,
    pub(super) uri: String,
    /// The subject identifier as JSON.
    pub(super) subject: String,
    pub(super) user: UserId,
    login: String,
    name: String,
    pub(super) event: String,
    pub(super) request: String,
    /// How often it was tried.
    pub(super) attempts: u32,
}

impl Errand {
    /// The person in the System Log, who may be gone by now.
    pub(super) fn target(&self) -> Target {
        Target::new(
            "User",
            self.user.as_str(),
            self.login.clone(),
            self.name.clone(),
        )
    }
}

/// Takes down that every app is to be told that has an endpoint and that the person has, has tokens of, or signed in to with a
/// session that lasts. Answers whether there are any. To be called before assignments, tokens and sessions end.
pub(crate) fn enqueue(
    db: &Connection,
    user: &User,
    cause: Cause<'_>,
    url: &OrgUrl,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let by_sub = json!({"format": "iss_sub", "iss": url.as_str(), "sub": user.id});
    let by_email = json!({"format": "email", "email": user.profile.email});
    let enqueued = db
        .prepare_cached(
            "INSERT INTO universal_logout_errands \
             (app_id, uri, subject, user_id, user_login, user_name, event, request, due_at) \
             SELECT id, json_extract(universal_logout, '$.uri'), \
             iif(json_extract(universal_logout, '$.subject') = :email_format, :by_email, :by_sub), \
             :user, :login, :name, :event, :request, :now \
             FROM apps WHERE universal_logout IS NOT NULL AND status = 'ACTIVE' AND ( \
               EXISTS (SELECT 1 FROM issue_facts WHERE user_id = :user AND app_id = apps.id AND is_assigned) \
               OR EXISTS (SELECT 1 FROM access_tokens WHERE user_id = :user AND app_id = apps.id) \
               OR EXISTS (SELECT 1 FROM refresh_grants WHERE user_id = :user AND app_id = apps.id) \
               OR EXISTS (SELECT 1 FROM sessions JOIN session_apps ON session_hash = handle_hash \
                 WHERE user_id = :user AND app_id = apps.id))",
        )?
        .execute(named_params! {
            ":email_format": json!(SubjectFormat::Email).as_str(),
            ":by_email": by_email.to_string(),
            ":by_sub": by_sub.to_string(),
            ":user": user.id.as_str(),
            ":login": user.profile.login,
            ":name": user.profile.full_name(),
            ":event": cause.event.as_str(),
            ":request": cause.request,
            ":now": Moment(now),
        })?;
    Ok(enqueued > 0)
}

/// The first errands of each app that are due.
pub(super) fn due(db: &Connection, each: usize, now: Timestamp) -> rusqlite::Result<Vec<Errand>> {
    let each = i64::try_from(each).unwrap_or(i64::MAX);
    db.prepare_cached(
        "SELECT id, app_id, uri, subject, user_id, user_login, user_name, event, request, attempts FROM ( \
           SELECT *, row_number() OVER (PARTITION BY app_id ORDER BY due_at, id) AS place \
           FROM universal_logout_errands WHERE due_at <= ?1) \
         WHERE place <= ?2 ORDER BY due_at, id",
    )?
    .query_map((Moment(now), each), from_row)?
    .collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Errand> {
    Ok(Errand {
        id: row.get(0)?,
        app: parsed(row, 1)?,
        uri: row.get(2)?,
        subject: row.get(3)?,
        user: parsed(row, 4)?,
        login: row.get(5)?,
        name: row.get(6)?,
        event: row.get(7)?,
        request: row.get(8)?,
        attempts: row.get(9)?,
    })
}

/// Whether anything is to be tried again later.
pub(super) fn is_anything_later(db: &Connection, now: Timestamp) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM universal_logout_errands WHERE due_at > ?1")?
        .exists([Moment(now)])
}

/// The errand is over.
pub(super) fn settle(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM universal_logout_errands WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// The errand is to be tried again.
pub(super) fn postpone(db: &Connection, id: i64, due_at: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE universal_logout_errands SET attempts = attempts + 1, due_at = ?2 WHERE id = ?1",
    )?
    .execute((id, Moment(due_at)))?;
    Ok(())
}
