use serde::Serialize;

/// How a message reaches a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Channel {
    /// A mail, to an address.
    Email,
    /// A text message, to a phone number.
    Sms,
    /// A call that reads the message out, to a phone number.
    Voice,
}

/// A text that names no channel.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a channel: expected EMAIL, SMS or VOICE")]
pub(crate) struct UnknownChannel(String);

impl Channel {
    pub(crate) const ALL: [Self; 3] = [Self::Email, Self::Sms, Self::Voice];

    /// The name in the database and in JSON.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Sms => "SMS",
            Self::Voice => "VOICE",
        }
    }

    /// The name for people.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Email => "Email",
            Self::Sms => "Text message",
            Self::Voice => "Voice call",
        }
    }
}

/// Takes the name in any case, as people type it into an address.
impl TryFrom<String> for Channel {
    type Error = UnknownChannel;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|channel| channel.as_str().eq_ignore_ascii_case(&text))
            .ok_or(UnknownChannel(text))
    }
}
