use serde::{Deserialize, Serialize};

/// How a person proved who they are (RFC 8176), as far as the org has authenticators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Amr {
    /// By a password.
    Pwd,
    /// By a one-time code, from an app or by email.
    Otp,
    /// By a text message.
    Sms,
    /// By a voice call.
    Tel,
    /// By the answer to a question.
    Kba,
    /// By a key that is bound to hardware.
    Hwk,
    /// By more than one of them.
    Mfa,
}
