use askama::Template;
use axum::response::Response;
use jiff::Timestamp;

use super::super::answer::Refusal;
use super::super::change::form_token;
use super::super::page::Frame;
use super::entry::wire_time;
use super::wanted::Wanted;
use crate::hosted::{FormTarget, FormToken, html};
use crate::inbox::{Channel, Message, find_messages, list_recipients};
use crate::{Org, paths};

/// Messages on a page.
pub(super) const LENGTH: u32 = 50;
/// Recipients that the filter suggests.
const SUGGESTED: u32 = 50;

#[derive(Template)]
#[template(path = "dev/inbox.html")]
struct InboxPage<'a> {
    frame: Frame,
    token: FormToken,
    inbox: &'static str,
    clear: &'static str,
    to: &'a str,
    channel: Option<Channel>,
    channels: [Channel; 3],
    recipients: Vec<String>,
    messages: Vec<Shown>,
    older: Option<String>,
    now: String,
}

/// A message as the page shows it.
struct Shown {
    message: Message,
    sent_at: String,
    state: &'static str,
    mail: Option<String>,
}

pub(super) fn render(org: &Org, wanted: &Wanted) -> Result<Response, Refusal> {
    let filter = &wanted.filter;
    let (messages, recipients) = org
        .store()
        .read(|db| Ok((find_messages(db, filter)?, list_recipients(db, SUGGESTED)?)))?;
    let page = InboxPage {
        frame: Frame::new(paths::DEV_INBOX, "Inbox"),
        token: form_token(org),
        inbox: paths::DEV_INBOX,
        clear: paths::DEV_INBOX_CLEAR,
        to: filter.to.as_deref().unwrap_or_default(),
        channel: filter.channel,
        channels: Channel::ALL,
        recipients,
        older: older(wanted, &messages),
        messages: messages.into_iter().map(Shown::new).collect(),
        now: for_people(org.now()),
    };
    Ok(html(&page, &FormTarget::Org)?)
}

/// The address of the next page, when this one is full.
fn older(wanted: &Wanted, messages: &[Message]) -> Option<String> {
    let filter = &wanted.filter;
    let is_full = u32::try_from(messages.len()).is_ok_and(|length| length >= filter.limit);
    let oldest = messages.last().filter(|_| is_full)?;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("before", &oldest.id.to_string());
    if let Some(to) = &filter.to {
        query.append_pair("to", to);
    }
    if let Some(channel) = filter.channel {
        query.append_pair("channel", channel.as_str());
    }
    Some(format!("{}?{}", paths::DEV_INBOX, query.finish()))
}

impl Shown {
    fn new(message: Message) -> Self {
        let mail = paths::DEV_INBOX_MAIL.replace("{message}", &message.id.to_string());
        Self {
            sent_at: for_people(message.sent_at),
            state: match (message.pending, message.delivered_at) {
                (true, _) => "waits for the mail server",
                (false, Some(_)) => "taken by the mail server",
                (false, None) => "kept here only",
            },
            mail: message.html.as_ref().map(|_| mail),
            message,
        }
    }

    fn machine_time(&self) -> String {
        wire_time(self.message.sent_at)
    }
}

fn for_people(moment: Timestamp) -> String {
    moment.strftime("%-d %B %Y, %H:%M:%S UTC").to_string()
}
