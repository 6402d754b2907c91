//! Pages of the log.
//!
//! A *bounded* question has an end and is answered in the order of `published`. A *polling* question has none: it is answered
//! in the order in which events were committed, so that whoever goes on from the last link misses none, also not one that was
//! published a moment earlier and committed a moment later.

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use super::asked::Asked;
use crate::store::{Json, Moment};

/// An event with where it stands.
pub(super) struct Found {
    pub(super) seq: i64,
    pub(super) published: i64,
    pub(super) event: Value,
}

/// The events of a bounded question, and one more where there are more. `after`: `published` and `seq` of the last of the page
/// before.
pub(super) fn bounded(
    db: &Connection,
    asked: &Asked,
    after: Option<(i64, i64)>,
) -> rusqlite::Result<Vec<Found>> {
    let (sign, direction) = if asked.is_descending {
        ("<", "DESC")
    } else {
        (">", "ASC")
    };
    let until = asked.until.unwrap_or(asked.since);
    let mut values = vec![
        SqlValue::from(asked.since.as_millisecond()),
        until.as_millisecond().into(),
    ];
    let mut beyond = String::new();
    if let Some((published, seq)) = after {
        beyond = format!(" AND (published_at, seq) {sign} (?, ?)");
        values.extend([published.into(), seq.into()]);
    }
    let order = format!("published_at {direction}, seq {direction}");
    let within = format!("published_at >= ? AND published_at < ?{beyond}");
    select(db, asked, &within, values, &order, asked.limit + 1)
}

/// The events of a polling question behind `after`, and up to where the log was looked through.
pub(super) fn polled(
    db: &Connection,
    asked: &Asked,
    after: Option<i64>,
) -> rusqlite::Result<(Vec<Found>, i64)> {
    // Before the events are read: what is committed meanwhile comes with the next question.
    let last: i64 = db
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM events")?
        .query_row([], |row| row.get(0))?;
    let after = match after {
        Some(after) => after,
        None => db
            .prepare_cached(
                "SELECT coalesce(min(seq), ?2 + 1) - 1 FROM events WHERE published_at >= ?1",
            )?
            .query_row((Moment(asked.since), last), |row| row.get(0))?,
    };
    if asked.limit == 0 {
        return Ok((Vec::new(), after));
    }
    let values = vec![
        after.into(),
        last.into(),
        asked.since.as_millisecond().into(),
    ];
    let within = "seq > ? AND seq <= ? AND +published_at >= ?";
    let found = select(db, asked, within, values, "seq", asked.limit)?;
    let seen = match found.last() {
        Some(event) if found.len() == asked.limit => event.seq,
        _ => last.max(after),
    };
    Ok((found, seen))
}

fn select(
    db: &Connection,
    asked: &Asked,
    within: &str,
    mut values: Vec<SqlValue>,
    order: &str,
    limit: usize,
) -> rusqlite::Result<Vec<Found>> {
    values.extend(asked.condition.values.iter().cloned());
    values.push(SqlValue::from(i64::try_from(limit).unwrap_or(i64::MAX)));
    let condition = &asked.condition.sql;
    db.prepare(&format!(
        "SELECT seq, published_at, event FROM events WHERE {within} AND {condition} ORDER BY {order} LIMIT ?"
    ))?
    .query_map(params_from_iter(values), |row| {
        Ok(Found {
            seq: row.get(0)?,
            published: row.get(1)?,
            event: row.get::<_, Json<Value>>(2)?.0,
        })
    })?
    .collect()
}
