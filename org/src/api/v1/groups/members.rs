//! Who is in a group.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::{ErrorCode, UserId};
use rusqlite::Connection;

use super::view::target;
use super::{GroupRecord, find_group};
use crate::Org;
use crate::api::v1::users::{USER_COLUMNS, UserRecord, find_user, listed_user, user_from_row};
use crate::api::{ApiError, Change, Listing, Path, Writing, cut, has_any_super_admin};
use crate::directory::end_unassigned;
use crate::events::{Event, EventType};
use crate::store::{Json, Moment};

/// How many members a page has: Okta's usual and greatest number.
const MOST: usize = 1000;

/// `GET /api/v1/groups/{groupId}/users`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(MOST, MOST)?;
    let after = listing.after(1)?;
    let last = after.iter().flatten().next();
    if last.is_some_and(|last| UserId::parse(last.as_str()).is_err()) {
        return Err(
            ApiError::new(ErrorCode::InvalidPaging).because("after: Not a cursor of this list")
        );
    }
    let members = org.store().read(|db| {
        let group = match find_group(db, &id) {
            Ok(group) => group,
            Err(error) => return Ok(Err(error)),
        };
        select(db, &group, after.as_deref(), limit + 1).map(Ok)
    })??;
    let (members, next) = cut(members, limit, |user| vec![user.id.to_string()]);
    let items = members.iter().map(|user| listed_user(user, &org)).collect();
    Ok(listing.page(items, next))
}

fn select(
    db: &Connection,
    group: &GroupRecord,
    after: Option<&[String]>,
    limit: usize,
) -> rusqlite::Result<Vec<UserRecord>> {
    let last = after
        .and_then(|keys| keys.first())
        .map_or("", String::as_str);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.prepare_cached(&format!(
        "SELECT {USER_COLUMNS} FROM group_members CROSS JOIN users ON users.id = group_members.user_id \
         WHERE group_id = ?1 AND user_id > ?2 ORDER BY user_id LIMIT ?3"
    ))?
    .query_map((group.id.as_str(), last, limit), user_from_row)?
    .collect()
}

/// `PUT /api/v1/groups/{groupId}/users/{userId}`. Who is in it stays in it.
pub(super) async fn add(
    change: Change,
    Path((group, user)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let (group, user) = both(writing, &group, &user)?;
            // Whom a rule put there is there by hand from now on.
            let changed = writing
                .db
                .prepare_cached(
                    "INSERT INTO group_members (user_id, group_id) VALUES (?1, ?2) \
                     ON CONFLICT DO UPDATE SET rule_id = NULL WHERE rule_id IS NOT NULL",
                )?
                .execute((user.id.as_str(), group.id.as_str()))?;
            if changed > 0 {
                note(writing, &group, &user, EventType::GroupMembershipAdd)?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `DELETE /api/v1/groups/{groupId}/users/{userId}`. Who is not in it stays out of it.
pub(super) async fn remove(
    change: Change,
    Path((group, user)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let (group, user) = both(writing, &group, &user)?;
            except_from_rule(writing, &group, &user.id)?;
            let changed = writing
                .db
                .prepare_cached("DELETE FROM group_members WHERE user_id = ?1 AND group_id = ?2")?
                .execute((user.id.as_str(), group.id.as_str()))?;
            keep_a_super_admin(writing.db)?;
            if changed > 0 {
                end_unassigned(writing.db, Some(&user.id), None, writing.now)?;
                note(writing, &group, &user, EventType::GroupMembershipRemove)?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// The group and the user, where the caller may bring them together or part them.
fn both(
    writing: &Writing<'_>,
    group: &str,
    user: &str,
) -> Result<(GroupRecord, UserRecord), ApiError> {
    let group = find_group(writing.db, group)?;
    let user = find_user(writing.db, writing.caller, user)?;
    if group.is_built_in() {
        return Err(ApiError::forbidden());
    }
    writing.caller.may_fill(writing.db, group.id.as_str())?;
    Ok((group, user))
}

/// A rule does not put somebody back who was taken out by hand.
fn except_from_rule(
    writing: &Writing<'_>,
    group: &GroupRecord,
    user: &UserId,
) -> rusqlite::Result<()> {
    let mut rules = writing.db.prepare_cached(
        "SELECT id, excluded_users FROM group_rules WHERE id = ( \
             SELECT rule_id FROM group_members WHERE user_id = ?1 AND group_id = ?2)",
    )?;
    let found: Vec<(String, Json<Vec<String>>)> = rules
        .query_map((user.as_str(), group.id.as_str()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (rule, Json(mut excluded)) in found {
        excluded.push(user.to_string());
        writing
            .db
            .prepare_cached("UPDATE group_rules SET excluded_users = ?2 WHERE id = ?1")?
            .execute((rule, Json(excluded)))?;
    }
    Ok(())
}

fn note(
    writing: &Writing<'_>,
    group: &GroupRecord,
    user: &UserRecord,
    event: EventType,
) -> rusqlite::Result<()> {
    writing
        .db
        .prepare_cached("UPDATE groups SET membership_updated_at = ?2 WHERE id = ?1")?
        .execute((group.id.as_str(), Moment(writing.now)))?;
    writing.log(Event::of(event).to(user.target()).to(target(group)))
}

/// Refuses a change of groups or their roles that would leave the org without anybody who may do everything.
pub(in crate::api::v1) fn keep_a_super_admin(db: &Connection) -> Result<(), ApiError> {
    if has_any_super_admin(db)? {
        Ok(())
    } else {
        Err(ApiError::forbidden())
    }
}

/// Whether a rule, active or not, puts people into the group.
pub(in crate::api::v1) fn is_filled_by_rule(
    db: &Connection,
    group: &GroupRecord,
) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM group_rules, json_each(group_ids) WHERE json_each.value = ?1")?
        .exists([group.id.as_str()])
}
