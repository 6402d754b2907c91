//! What the test org sent to people.

use std::fmt;

use rusqlite::{Params, Row};

use crate::TestOrg;

/// A message that the org sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Rises with time.
    pub id: i64,
    /// `EMAIL`, `SMS` or `VOICE`.
    pub channel: String,
    /// An address or a number.
    pub to: String,
    /// What it is for: `EmailChallenge`, …
    pub template: String,
    pub subject: String,
    pub text: String,
    pub code: Option<String>,
    pub link: Option<String>,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            channel,
            to,
            template,
            subject,
            code,
            link,
            ..
        } = self;
        write!(
            f,
            "#{id} {channel} to {to}: {template} {subject:?} code={code:?} link={link:?}"
        )
    }
}

impl TestOrg {
    /// The messages to an address or number, newest first.
    pub fn inbox(&self, to: &str) -> Vec<Message> {
        self.messages("WHERE recipient = ?1", [to])
    }

    /// Every message, newest first.
    pub fn whole_inbox(&self) -> Vec<Message> {
        self.messages("", [])
    }

    /// The newest message to an address or number.
    pub fn newest_message(&self, to: &str) -> Message {
        let newest = self.inbox(to).into_iter().next();
        newest.unwrap_or_else(|| panic!("a message to {to} among {:?}", self.whole_inbox()))
    }

    /// The newest code that was sent to an address or number.
    pub fn code_for(&self, to: &str) -> String {
        let code = self.inbox(to).into_iter().find_map(|message| message.code);
        code.unwrap_or_else(|| panic!("a code to {to} among {:?}", self.whole_inbox()))
    }

    /// The newest link that was sent to an address.
    pub fn link_for(&self, to: &str) -> String {
        let link = self.inbox(to).into_iter().find_map(|message| message.link);
        link.unwrap_or_else(|| panic!("a link to {to} among {:?}", self.whole_inbox()))
    }

    fn messages(&self, condition: &str, values: impl Params) -> Vec<Message> {
        let database = self.database();
        let mut statement = database
            .prepare(&format!(
                "SELECT id, channel, recipient, template, subject, text, code, link FROM messages \
                 {condition} ORDER BY id DESC"
            ))
            .expect("a query that the schema allows");
        let messages = statement.query_map(values, read).expect("messages");
        messages
            .map(|message| message.expect("a message"))
            .collect()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message {
        id: row.get(0)?,
        channel: row.get(1)?,
        to: row.get(2)?,
        template: row.get(3)?,
        subject: row.get(4)?,
        text: row.get(5)?,
        code: row.get(6)?,
        link: row.get(7)?,
    })
}
