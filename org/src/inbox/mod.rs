//! What the org sends to people: mails, text messages and voice calls.
//!
//! A message is put into the database by the change that it belongs to, so that it is sent if and only if the change is
//! made. In development people read it in the inbox (`/dev/inbox`); mails go to a mail server as well when one is
//! configured. No telephone network is ever reached.

mod channel;
pub(crate) mod courier;
mod letter;
mod mail_server;
pub(crate) mod messages;
mod outgoing;
mod record;
mod search;
mod signal;

pub(crate) use channel::Channel;
pub use mail_server::{InvalidMailServer, MailServer};
pub(crate) use outgoing::Outgoing;
pub(crate) use record::{Delivery, Message, put, set_delivery};
pub(crate) use search::{
    Filter, delete_messages, find_message, find_messages, last_message_id, list_recipients,
};
pub(crate) use signal::{Announcements, Inbox};

#[cfg(test)]
mod tests;
