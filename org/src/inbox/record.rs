//! The messages in the database.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use secrecy::ExposeSecret;

use super::{Channel, Outgoing};
use crate::store::{Moment, parsed};

/// Older messages than this many make room for new ones.
const KEPT: i64 = 10_000;

/// A message that was sent.
#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) channel: Channel,
    pub(crate) to: String,
    pub(crate) template: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) sent_at: Timestamp,
    /// Whether a mail server is still to get it.
    pub(crate) pending: bool,
    /// When a mail server took it.
    pub(crate) delivered_at: Option<Timestamp>,
}

/// Without the words, as for [`Outgoing`].
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("to", &self.to)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

/// What becomes of messages in this run of the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Delivery {
    /// Whether people can read them in the inbox. If not, none stays longer than its delivery takes.
    pub(crate) kept: bool,
    /// Whether mails go to a mail server.
    pub(crate) mailed: bool,
}

/// Says what becomes of the messages from now on, and lets go of those that it leaves nobody to read.
pub(crate) fn set_delivery(db: &Connection, delivery: Delivery) -> rusqlite::Result<()> {
    let Delivery { kept, mailed } = delivery;
    db.execute(
        "UPDATE message_delivery SET kept = ?1, mailed = ?2",
        (kept, mailed),
    )?;
    if !mailed {
        db.execute("UPDATE messages SET pending = 0 WHERE pending = 1", [])?;
    }
    if !kept {
        db.execute("DELETE FROM messages WHERE pending = 0", [])?;
    }
    Ok(())
}

/// Sends a message, as a part of the change that it belongs to. When the change is committed, [`super::Inbox::announce`]
/// tells those who wait for it.
pub(crate) fn put(db: &Connection, message: &Outgoing, now: Timestamp) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO messages \
         (channel, recipient, template, subject, text, html, code, link, sent_at, pending) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, mailed AND ?1 = 'EMAIL' \
         FROM message_delivery WHERE kept OR (mailed AND ?1 = 'EMAIL')",
    )?;
    let inserted = insert.execute((
        message.channel.as_str(),
        &message.to,
        message.template,
        &message.subject,
        &message.text,
        &message.html,
        message.code.as_ref().map(ExposeSecret::expose_secret),
        message.link.as_ref().map(url::Url::as_str),
        Moment(now),
    ))?;
    if inserted > 0 {
        db.prepare_cached("DELETE FROM messages WHERE id <= ?1")?
            .execute([db.last_insert_rowid() - KEPT])?;
    }
    Ok(())
}

/// The first mail after the one with this id that a mail server is still to get.
pub(super) fn pending_after(db: &Connection, id: i64) -> rusqlite::Result<Option<Message>> {
    let sql =
        format!("SELECT {COLUMNS} FROM messages WHERE pending = 1 AND id > ?1 ORDER BY id LIMIT 1");
    db.prepare_cached(&sql)?.query_row([id], read).optional()
}

/// Notes that a mail server got the mail, or that none ever will.
pub(super) fn settle_mail(
    db: &Connection,
    id: i64,
    delivered_at: Option<Timestamp>,
) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE messages SET pending = 0, delivered_at = ?2 WHERE id = ?1",
        (id, delivered_at.map(Moment)),
    )?;
    db.execute(
        "DELETE FROM messages WHERE id = ?1 AND NOT (SELECT kept FROM message_delivery)",
        [id],
    )?;
    Ok(())
}

/// The columns of [`Message`], in the order that [`read`] expects.
pub(super) const COLUMNS: &str = "id, channel, recipient, template, subject, text, html, code, link, sent_at, pending, delivered_at";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    let delivered: Option<Moment> = row.get(11)?;
    Ok(Message {
        id: row.get(0)?,
        channel: parsed(row, 1)?,
        to: row.get(2)?,
        template: row.get(3)?,
        subject: row.get(4)?,
        text: row.get(5)?,
        html: row.get(6)?,
        code: row.get(7)?,
        link: row.get(8)?,
        sent_at: row.get::<_, Moment>(9)?.0,
        pending: row.get(10)?,
        delivered_at: delivered.map(|moment| moment.0),
    })
}
