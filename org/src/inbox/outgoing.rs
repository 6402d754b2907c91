use secrecy::SecretString;
use url::Url;

use super::Channel;

/// A message to a person, ready to be sent.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) channel: Channel,
    /// One mail address, or one phone number in E.164.
    pub(crate) to: String,
    /// What the message is for, in Okta's word where it has one: `EmailChallenge`, `ForgotPassword`, …
    pub(crate) template: &'static str,
    pub(crate) subject: String,
    /// The whole message in words; it holds the code and the link.
    pub(crate) text: String,
    /// The same as a page, for mails.
    pub(crate) html: Option<String>,
    /// The code again by itself, for the inbox.
    pub(crate) code: Option<SecretString>,
    /// The link again by itself. It is as secret as the code.
    pub(crate) link: Option<Url>,
}

/// Without the words, which are secret for as long as the code works.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing")
            .field("channel", &self.channel)
            .field("to", &self.to)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}
