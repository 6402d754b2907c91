//! One-time codes that are sent: by email, text message or voice call.

use data_encoding::BASE64URL_NOPAD;
use model::Entropy;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use std::fmt;
use subtle::ConstantTimeEq as _;

use crate::seal::Sealer;

const DIGITS: usize = 6;
const CODES: u32 = 1_000_000;
/// The largest multiple of [`CODES`] in 32 bits: values beyond it would favour small codes.
const FAIR: u32 = u32::MAX - u32::MAX % CODES;
/// Sets the digests of codes apart from everything else that is made with the same key.
const PURPOSE: &str = "one-time code";

/// Six random digits.
#[derive(Debug, Clone)]
pub(crate) struct OneTimeCode(SecretString);

impl OneTimeCode {
    /// A fresh code; each of the million is as likely as any other.
    pub(crate) fn generate(entropy: &dyn Entropy) -> Self {
        loop {
            let number = u32::from_be_bytes(entropy.bytes());
            if number < FAIR {
                return Self(format!("{:0DIGITS$}", number % CODES).into());
            }
        }
    }

    /// The digits, for the message that carries them.
    pub(crate) const fn secret(&self) -> &SecretString {
        &self.0
    }

    /// What is kept of the code. `challenge` is what it answers, so that it is good for nothing else.
    pub(crate) fn digest(&self, sealer: &Sealer, challenge: &[u8]) -> CodeDigest {
        CodeDigest::of(sealer, challenge, self.0.expose_secret())
    }
}

/// What the org keeps of a code: without the key file it does not tell the code, few as there are.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct CodeDigest([u8; 32]);

impl CodeDigest {
    fn of(sealer: &Sealer, challenge: &[u8], code: &str) -> Self {
        // The code has a fixed length, so that code and challenge cannot run into one another.
        Self(sealer.token_for(PURPOSE, &[code.as_bytes(), challenge].concat()))
    }

    /// Whether `answer` is the code. Spaces in it do not count; how long it takes does not tell how near it is.
    pub(crate) fn matches(&self, sealer: &Sealer, challenge: &[u8], answer: &str) -> bool {
        let digits: String = answer.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code && Self::of(sealer, challenge, &digits).0.ct_eq(&self.0).into()
    }
}

impl fmt::Debug for CodeDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeDigest([redacted])")
    }
}

/// A stored digest is damaged.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("not the digest of a one-time code")]
pub(crate) struct InvalidDigest;

impl TryFrom<String> for CodeDigest {
    type Error = InvalidDigest;

    fn try_from(text: String) -> Result<Self, InvalidDigest> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok();
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(InvalidDigest)
    }
}

impl From<CodeDigest> for String {
    fn from(digest: CodeDigest) -> Self {
        BASE64URL_NOPAD.encode(&digest.0)
    }
}

#[cfg(test)]
mod tests;
