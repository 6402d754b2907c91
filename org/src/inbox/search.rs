use rusqlite::{Connection, OptionalExtension as _, ToSql};

use super::record::{COLUMNS, read};
use super::{Channel, Message};

/// Which messages somebody wants to see.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Sent to this address or number, in whichever letter case.
    pub(crate) to: Option<String>,
    pub(crate) channel: Option<Channel>,
    /// Sent after the message with this id.
    pub(crate) after: Option<i64>,
    /// Sent before the message with this id.
    pub(crate) before: Option<i64>,
    /// So many at most.
    pub(crate) limit: u32,
}

/// The messages, newest first.
pub(crate) fn find_messages(db: &Connection, filter: &Filter) -> rusqlite::Result<Vec<Message>> {
    let channel = filter.channel.map(Channel::as_str);
    let conditions: [(&str, Option<&dyn ToSql>); 4] = [
        ("recipient = ?", filter.to.as_ref().map(|to| to as _)),
        ("channel = ?", channel.as_ref().map(|channel| channel as _)),
        ("id > ?", filter.after.as_ref().map(|id| id as _)),
        ("id < ?", filter.before.as_ref().map(|id| id as _)),
    ];
    // Only the conditions that are asked for, so that each query uses the index that fits it.
    let (mut sql, mut values) = (vec!["1"], Vec::new());
    for (condition, value) in conditions {
        if let Some(value) = value {
            sql.push(condition);
            values.push(value);
        }
    }
    values.push(&filter.limit);
    let conditions = sql.join(" AND ");
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE {conditions} ORDER BY id DESC LIMIT ?");
    db.prepare_cached(&sql)?
        .query_map(&values[..], read)?
        .collect()
}

/// One message.
pub(crate) fn find_message(db: &Connection, id: i64) -> rusqlite::Result<Option<Message>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM messages WHERE id = ?1"))?
        .query_row([id], read)
        .optional()
}

/// The id of the newest message there has ever been; 0 when there was none.
pub(crate) fn last_message_id(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'messages'")?
        .query_row([], |row| row.get(0))
}

/// Those to whom messages were sent, the one with the newest first.
pub(crate) fn list_recipients(db: &Connection, limit: u32) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT recipient FROM messages GROUP BY recipient ORDER BY max(id) DESC LIMIT ?1",
    )?
    .query_map([limit], |row| row.get(0))?
    .collect()
}

/// Throws messages away: those to one recipient, or all. A mail that still waits for its server is kept.
pub(crate) fn delete_messages(db: &Connection, to: Option<&str>) -> rusqlite::Result<usize> {
    match to {
        Some(to) => db.execute(
            "DELETE FROM messages WHERE recipient = ?1 AND pending = 0",
            [to],
        ),
        None => db.execute("DELETE FROM messages WHERE pending = 0", []),
    }
}
