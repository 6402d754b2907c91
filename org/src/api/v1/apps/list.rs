use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;
use std::cell::Cell;

use super::users;
use super::view::{NAME, Secrets, view, with_embedded};
use crate::Org;
use crate::api::{ApiError, Caller, Column, Condition, Listing, Resource, condition, cut};
use crate::apps::{APP_COLUMNS, AppRecord, app_from_row};

/// Okta's sizes of a page.
const USUAL: usize = 20;
const MOST: usize = 200;

/// Who has an app: for the filter `user.id`.
const HOLDERS: &str = "JOIN (SELECT app_id, user_id FROM app_users UNION \
    SELECT app_id, user_id FROM app_groups JOIN group_members USING (group_id)) AS holder ON holder.app_id = apps.id ";
/// For the filter `group.id`.
const GROUPS: &str = "JOIN app_groups AS owner ON owner.app_id = apps.id ";

/// `GET /api/v1/apps`: by `q` (what name or label begins with), by `filter`, or all.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?;
    let mut question = Question::read(&listing, after.as_deref())?;
    caller.narrow(&mut question.condition, Resource::Apps, "apps.id");
    let embedded = embedded_user(&listing)?;
    let (items, next) = org.store().read(|db| {
        let apps = select(db, &question, limit + 1)?;
        let (apps, next) = cut(apps, limit, |app| vec![app.id.to_string()]);
        Ok(show(db, &org, &apps, embedded.as_deref()).map(|items| (items, next)))
    })??;
    Ok(listing.page(items, next))
}

fn show(
    db: &Connection,
    org: &Org,
    apps: &[AppRecord],
    user: Option<&str>,
) -> Result<Vec<Value>, ApiError> {
    let mut items = Vec::with_capacity(apps.len());
    for app in apps {
        let shape = view(db, app, org.url(), Secrets::Hidden)?;
        let held = match user {
            Some(user) => users::find(db, &app.id, user)?,
            None => None,
        };
        items.push(match held {
            Some(held) => with_embedded(shape, "user", users::view(&app.id, &held, org.url())),
            None => shape,
        });
    }
    Ok(items)
}

/// `expand=user/{userId}`, which is the only one.
fn embedded_user(listing: &Listing) -> Result<Option<String>, ApiError> {
    match listing.parameter("expand") {
        None => Ok(None),
        Some(expand) => match expand.strip_prefix("user/") {
            Some(user) => Ok(Some(user.to_owned())),
            None => Err(ApiError::invalid("expand", "Expected user/{userId}")),
        },
    }
}

/// What is asked for, in SQL.
struct Question {
    joins: String,
    condition: Condition,
}

impl Question {
    fn read(listing: &Listing, after: Option<&[String]>) -> Result<Self, ApiError> {
        let mut joins = String::new();
        let mut asked = match listing.parameter("filter") {
            None => Condition {
                sql: "TRUE".to_owned(),
                values: Vec::new(),
            },
            Some(filter) => {
                let (by_user, by_group) = (Cell::new(false), Cell::new(false));
                let column = |name: &str| {
                    by_user.set(by_user.get() || name == "user.id");
                    by_group.set(by_group.get() || name == "group.id");
                    column(name)
                };
                let condition = condition(filter, ErrorCode::InvalidFilter, &column)?;
                for (is_asked, join) in [(by_user, HOLDERS), (by_group, GROUPS)] {
                    if is_asked.get() {
                        joins.push_str(join);
                    }
                }
                condition
            }
        };
        if let Some(q) = listing.parameter("q") {
            asked.sql = format!(
                "({}) AND (instr(lower(label), lower(?)) = 1 OR instr('{NAME}', lower(?)) = 1)",
                asked.sql
            );
            asked.values.push(q.to_owned().into());
            asked.values.push(q.to_owned().into());
        }
        if let Some([last]) = after {
            asked.sql = format!("({}) AND apps.id > ?", asked.sql);
            asked.values.push(last.clone().into());
        }
        Ok(Self {
            joins,
            condition: asked,
        })
    }
}

fn column(name: &str) -> Option<Column> {
    Some(match name {
        "id" => Column::text("apps.id"),
        "status" => Column::text("apps.status"),
        "name" => Column::text(format!("'{NAME}'")),
        "label" => Column::text("apps.label"),
        "user.id" => Column::text("holder.user_id"),
        "group.id" => Column::text("owner.group_id"),
        _ => return None,
    })
}

fn select(db: &Connection, question: &Question, limit: usize) -> rusqlite::Result<Vec<AppRecord>> {
    let mut values = question.condition.values.clone();
    values.push(SqlValue::from(i64::try_from(limit).unwrap_or(i64::MAX)));
    let (joins, condition) = (&question.joins, &question.condition.sql);
    db.prepare(&format!(
        "SELECT DISTINCT {APP_COLUMNS} FROM apps {joins}WHERE {condition} ORDER BY apps.id LIMIT ?"
    ))?
    .query_map(params_from_iter(values), |row| app_from_row(db, row))?
    .collect()
}
