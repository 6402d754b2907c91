use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::{Duration, SystemTime};
use url::{Host, Url};

use super::Message;

/// How long the server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(10);
/// Keeps other programs from answering (RFC 3834).
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// A mail server that takes the org's mails.
#[derive(Debug, Clone)]
pub struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// An address of a mail server, or of a sender, that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidMailServer {
    /// The address of the server.
    #[error(
        "it cannot be read: write smtps://user:password@host, smtp://user:password@host?tls=required, \
         or smtp://localhost:1025"
    )]
    Url,
    /// The password of the server would be readable on its way.
    #[error("it would send the password unencrypted: write smtps://… or add ?tls=required")]
    Unencrypted,
    /// The sender's address.
    #[error("{0:?} is not an address to send from: write name@domain or Name <name@domain>")]
    From(String),
}

/// Why a mail was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// It will never be: the address is none, or the server said so.
    #[error("the mail cannot be delivered: {0}")]
    Refused(String),
    /// The server would like it later.
    #[error("the mail server asked to come back later: {0}")]
    Later(String),
    /// There is no talking to the server now.
    #[error("the mail server cannot be reached: {0}")]
    Unreachable(String),
}

impl MailServer {
    /// A server at `smtp://` or `smtps://`, with user and password where it wants them. `from` is the sender of all mails.
    pub fn new(url: &SecretString, from: &str) -> Result<Self, InvalidMailServer> {
        let parsed = Url::parse(url.expose_secret()).map_err(|_| InvalidMailServer::Url)?;
        if parsed.password().is_some() && !is_private(&parsed) {
            return Err(InvalidMailServer::Unencrypted);
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(parsed.as_str())
            .map_err(|_| InvalidMailServer::Url)?;
        let from = from
            .parse()
            .map_err(|_| InvalidMailServer::From(from.to_owned()))?;
        Ok(Self {
            transport: transport.timeout(Some(PATIENCE)).build(),
            from,
        })
    }

    pub(super) async fn send(&self, message: &Message) -> Result<(), SendError> {
        let mail = self.mail(message)?;
        self.transport.send(mail).await.map(drop).map_err(|error| {
            let text = error.to_string();
            if error.is_permanent() {
                SendError::Refused(text)
            } else if error.is_transient() {
                SendError::Later(text)
            } else {
                SendError::Unreachable(text)
            }
        })
    }

    /// Every header is built from parsed parts, so that no text of a message can add another one or another recipient.
    fn mail(&self, message: &Message) -> Result<lettre::Message, SendError> {
        let refused = |error: &dyn std::fmt::Display| SendError::Refused(error.to_string());
        let to = recipient(&message.to).ok_or_else(|| refused(&"not one plain mail address"))?;
        // The same in each try, so that a mail that arrives twice is seen to be one.
        let id = format!(
            "<{}.{}@{}>",
            message.id,
            message.sent_at.as_millisecond(),
            self.from.email.domain()
        );
        let auto = HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned());
        let mail = lettre::Message::builder()
            .message_id(Some(id))
            .date(SystemTime::from(message.sent_at))
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.replace(char::is_control, " "))
            .raw_header(auto);
        let text = message.text.clone();
        match message.html.clone() {
            Some(html) => mail.multipart(MultiPart::alternative_plain_html(text, html)),
            None => mail.singlepart(SinglePart::plain(text)),
        }
        .map_err(|error| refused(&error))
    }
}

/// Whether nobody between here and the server can read along.
fn is_private(url: &Url) -> bool {
    let is_tls = url.scheme() == "smtps"
        || url
            .query_pairs()
            .any(|(name, value)| name == "tls" && value == "required");
    is_tls
        || match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}

/// The one address in the text, if it is one without quoting, comments or lists.
fn recipient(text: &str) -> Option<Address> {
    let is_plain = text.chars().all(|letter| {
        !letter.is_control() && !letter.is_whitespace() && !"\"(),:;<>[\\]".contains(letter)
    });
    text.parse().ok().filter(|_| is_plain)
}
