use jiff::Timestamp;
use model::{AppId, GroupId, UserId};
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::{Map, Value};

use crate::api::ApiError;
use crate::directory::Profile;
use crate::store::{Json, Moment, parsed};

/// A user who has an app.
#[derive(Debug, Clone)]
pub(in crate::api::v1::apps) struct Held {
    pub(in crate::api::v1::apps) user_id: UserId,
    pub(super) user: Profile,
    /// The group that the user has the app by; none for an assignment of their own.
    pub(super) group: Option<GroupId>,
    /// Under which name the app knows the user, unless it is their login.
    pub(super) user_name: Option<String>,
    /// What the assignment says of the user.
    pub(super) profile: Map<String, Value>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

impl Held {
    /// Under which name the app knows the user.
    pub(super) fn name(&self) -> &str {
        self.user_name.as_deref().unwrap_or(&self.user.login)
    }
}

/// Of several groups, the one with the smallest priority counts.
const SELECT: &str = "SELECT users.id, users.profile, own.user_id IS NULL, by_group.group_id, \
    own.user_name, coalesce(own.profile, by_group.profile), coalesce(own.created_at, by_group.created_at), \
    coalesce(own.updated_at, by_group.updated_at) \
    FROM users LEFT JOIN app_users AS own ON own.app_id = ?1 AND own.user_id = users.id \
    LEFT JOIN app_groups AS by_group ON by_group.app_id = ?1 AND by_group.group_id = ( \
      SELECT group_id FROM app_groups JOIN group_members USING (group_id) \
      WHERE app_id = ?1 AND group_members.user_id = users.id ORDER BY priority, group_id LIMIT 1)";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Held> {
    let is_by_group: bool = row.get(2)?;
    Ok(Held {
        user_id: parsed(row, 0)?,
        user: row.get::<_, Json<Profile>>(1)?.0,
        group: if is_by_group {
            Some(parsed(row, 3)?)
        } else {
            None
        },
        user_name: row.get(4)?,
        profile: row.get::<_, Json<Map<String, Value>>>(5)?.0,
        created_at: row.get::<_, Moment>(6)?.0,
        updated_at: row.get::<_, Moment>(7)?.0,
    })
}

/// The user as one who has the app.
pub(in crate::api::v1::apps) fn find(
    db: &Connection,
    app: &AppId,
    user: &str,
) -> rusqlite::Result<Option<Held>> {
    db.prepare_cached(&format!(
        "{SELECT} WHERE users.id = ?2 AND coalesce(own.user_id, by_group.group_id) IS NOT NULL"
    ))?
    .query_row((app.as_str(), user), from_row)
    .optional()
}

/// The same, else `E0000007`.
pub(super) fn held(db: &Connection, app: &AppId, user: &str) -> Result<Held, ApiError> {
    find(db, app, user)?.ok_or_else(|| ApiError::not_found("AppUser", user))
}

/// The users who have the app, by id, from the one behind `after` on. `q` is what a name or the email address begins with.
pub(super) fn list(
    db: &Connection,
    app: &AppId,
    q: &str,
    after: &str,
    limit: usize,
) -> rusqlite::Result<Vec<Held>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    // Without a question the first of each way are enough; with one, any may be meant.
    let of_each = if q.is_empty() { limit } else { -1 };
    db.prepare_cached(&format!(
        "{SELECT} WHERE users.id IN ( \
           SELECT * FROM (SELECT user_id FROM app_users WHERE app_id = ?1 AND user_id > ?2 ORDER BY user_id LIMIT ?3) \
           UNION SELECT * FROM (SELECT DISTINCT user_id FROM group_members WHERE user_id > ?2 AND group_id IN \
             (SELECT group_id FROM app_groups WHERE app_id = ?1) ORDER BY user_id LIMIT ?3)) \
         AND (?4 = '' OR instr(lower(coalesce(own.user_name, users.login)), lower(?4)) = 1 \
           OR instr(lower(coalesce(json_extract(users.profile, '$.firstName'), '')), lower(?4)) = 1 \
           OR instr(lower(coalesce(json_extract(users.profile, '$.lastName'), '')), lower(?4)) = 1 \
           OR instr(lower(coalesce(json_extract(users.profile, '$.email'), '')), lower(?4)) = 1) \
         ORDER BY users.id LIMIT ?5"
    ))?
    .query_map((app.as_str(), after, of_each, q, limit), from_row)?
    .collect()
}
