use jiff::Timestamp;
use serde::Serialize;

use crate::inbox::{Channel, Message};

/// The inbox as JSON.
#[derive(Serialize)]
pub(super) struct Entries<'a> {
    /// Newest first.
    messages: Vec<Entry<'a>>,
    /// The `after` to ask with for what comes next.
    last: i64,
}

/// A message as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    id: i64,
    channel: Channel,
    to: &'a str,
    template: &'a str,
    subject: &'a str,
    text: &'a str,
    html: Option<&'a str>,
    code: Option<&'a str>,
    link: Option<&'a str>,
    sent_at: String,
    /// When a mail server took it.
    delivered_at: Option<String>,
}

impl<'a> Entries<'a> {
    pub(super) fn new(messages: &'a [Message], last: i64) -> Self {
        Self {
            messages: messages.iter().map(Entry::new).collect(),
            last,
        }
    }
}

impl<'a> Entry<'a> {
    fn new(message: &'a Message) -> Self {
        Self {
            id: message.id,
            channel: message.channel,
            to: &message.to,
            template: &message.template,
            subject: &message.subject,
            text: &message.text,
            html: message.html.as_deref(),
            code: message.code.as_deref(),
            link: message.link.as_deref(),
            sent_at: wire_time(message.sent_at),
            delivered_at: message.delivered_at.map(wire_time),
        }
    }
}

/// As Okta writes it, with milliseconds.
pub(super) fn wire_time(moment: Timestamp) -> String {
    format!("{moment:.3}")
}
