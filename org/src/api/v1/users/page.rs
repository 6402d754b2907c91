//! Pages of users, read so that an index finds them and no more rows are touched than are shown.

use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};

use super::columns::attribute_sql;
use super::order::Order;
use super::record::{COLUMNS, UserRecord, from_row};
use crate::api::Condition;

/// A user with the key that the list is sorted by.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) user: UserRecord,
    pub(super) key: String,
}

/// A page: `limit` users from the one after `after` on.
pub(super) fn select(
    db: &Connection,
    asked: &Condition,
    order: &Order,
    after: Option<&[String]>,
    limit: usize,
) -> rusqlite::Result<Vec<Found>> {
    let (sql, values) = query(asked, order, after, limit);
    db.prepare_cached(&sql)?
        .query_map(params_from_iter(values), found)?
        .collect()
}

/// The statement with its values. The ids are found first, by an index that needs nothing else.
pub(super) fn query(
    asked: &Condition,
    order: &Order,
    after: Option<&[String]>,
    limit: usize,
) -> (String, Vec<SqlValue>) {
    let (sign, direction) = order.direction();
    let (key, condition) = (order.key_sql(), &asked.sql);
    let mut values = asked.values.clone();
    let mut beyond = String::new();
    match after {
        Some([id]) => {
            beyond = format!(" AND id {sign} ?");
            values.push(id.clone().into());
        }
        Some([last, id]) => {
            // The first condition is for the index, the second for those whose key is the same.
            beyond = format!(" AND {key} {sign}= ? AND ({key} <> ? OR id {sign} ?)");
            let last = key_value(order, last);
            values.extend([last.clone(), last, id.clone().into()]);
        }
        _ => {}
    }
    values.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let by = if order.has_key() {
        format!("{key} {direction}, id {direction}")
    } else {
        format!("id {direction}")
    };
    let sql = format!(
        "WITH page AS MATERIALIZED (SELECT id AS page_id, {key} AS page_key FROM users \
         WHERE {condition}{beyond} ORDER BY {by} LIMIT ?) \
         SELECT {COLUMNS}, page_key FROM page CROSS JOIN users ON users.id = page_id"
    );
    (sql, values)
}

fn key_value(order: &Order, key: &str) -> SqlValue {
    if order.is_by_moment() {
        // A cursor of another list sorts behind or before everything.
        key.parse::<i64>().unwrap_or_default().into()
    } else {
        key.to_owned().into()
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let key = match row.get_ref("page_key")? {
        ValueRef::Integer(number) => number.to_string(),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    Ok(Found {
        user: from_row(row)?,
        key,
    })
}

/// Users whose first name, last name or address begins with `text`: from each index as many as are wanted at most.
pub(super) fn by_name(
    db: &Connection,
    text: &str,
    limit: usize,
) -> rusqlite::Result<Vec<UserRecord>> {
    let parts: Vec<String> = ["firstName", "lastName", "email"]
        .into_iter()
        .filter_map(attribute_sql)
        .map(|sql| {
            format!(
                "SELECT * FROM (SELECT id FROM users WHERE {sql} >= ?1 AND {sql} < ?2 \
                 AND status <> 'DEPROVISIONED' ORDER BY {sql} LIMIT ?3)"
            )
        })
        .collect();
    let parts = parts.join(" UNION ");
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM users WHERE id IN ({parts}) ORDER BY id LIMIT ?3"
    ))?
    .query_map(
        (
            text,
            format!("{text}{}", char::MAX),
            i64::try_from(limit).unwrap_or(i64::MAX),
        ),
        from_row,
    )?
    .collect()
}
