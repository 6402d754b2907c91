//! Time-based codes (RFC 6238), as Google Authenticator and Okta Verify show them: six digits, thirty seconds, HMAC-SHA-1.

mod picture;
mod sealed;
mod uri;

use aws_lc_rs::hmac;
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use model::Entropy;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;
use subtle::ConstantTimeEq as _;

pub(crate) use picture::{QrCode, QrError};
pub(crate) use sealed::SealedTotpSecret;

/// In seconds.
const STEP: i64 = 30;
const DIGITS: usize = 6;
const CODES: u32 = 1_000_000;
/// RFC 4226, §4: the length that is recommended, in bytes.
const SECRET_LENGTH: usize = 20;
/// RFC 4226, §4: the shortest secret that is allowed.
const SHORTEST_SECRET: usize = 16;
/// Longer ones gain nothing: HMAC-SHA-1 hashes them down.
const LONGEST_SECRET: usize = 64;

/// A text that is not the secret of a time-based code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 26 to 103 letters A-Z and digits 2-7 (base32 of 16 to 64 bytes)")]
pub(crate) struct InvalidTotpSecret;

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TotpOutcome {
    /// Right; this step must not be accepted again.
    Accepted {
        /// The number of the step since 1970.
        step: i64,
    },
    /// Right, and used before.
    Used,
    /// Wrong.
    Wrong,
}

/// What the org and an authenticator app share.
#[derive(Clone)]
pub(crate) struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    /// A fresh secret of 160 bits.
    pub(crate) fn generate(entropy: &dyn Entropy) -> Self {
        Self(Zeroizing::new(entropy.bytes::<SECRET_LENGTH>().to_vec()))
    }

    /// Reads a secret as apps show it: base32, in any letter case, with spaces or padding or without.
    pub(crate) fn from_base32(text: &str) -> Result<Self, InvalidTotpSecret> {
        let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '=');
        let letters: Zeroizing<String> = Zeroizing::new(letters.collect());
        let letters = Zeroizing::new(letters.to_ascii_uppercase());
        let bytes = BASE32_NOPAD
            .decode(letters.as_bytes())
            .map_err(|_| InvalidTotpSecret)?;
        Self::from_bytes(Zeroizing::new(bytes))
    }

    fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Result<Self, InvalidTotpSecret> {
        if (SHORTEST_SECRET..=LONGEST_SECRET).contains(&bytes.len()) {
            Ok(Self(bytes))
        } else {
            Err(InvalidTotpSecret)
        }
    }

    /// The secret as it is typed into an app: Okta's `sharedSecret`.
    pub(crate) fn base32(&self) -> SecretString {
        BASE32_NOPAD.encode(&self.0).into()
    }

    /// The code that an app shows at `now`.
    pub(crate) fn code_at(&self, now: Timestamp) -> SecretString {
        self.code_of(step_at(now))
    }

    /// RFC 4226, §5.3.
    fn code_of(&self, step: i64) -> SecretString {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let offset = tag.last().map_or(0, |last| usize::from(last & 0x0f));
        let word = tag.get(offset..).and_then(<[u8]>::first_chunk::<4>);
        let number = u32::from_be_bytes(word.copied().unwrap_or_default()) & 0x7fff_ffff;
        format!("{:0DIGITS$}", number % CODES).into()
    }

    /// Looks at a code. The step of `now` is accepted and, for clocks that differ, the ones before and after, but none up
    /// to `last_step`, the last one that was used. Spaces in the answer do not count.
    pub(crate) fn check(
        &self,
        answer: &str,
        now: Timestamp,
        last_step: Option<i64>,
    ) -> TotpOutcome {
        let digits: String = answer.chars().filter(|c| !c.is_whitespace()).collect();
        let present = step_at(now);
        let mut outcome = TotpOutcome::Wrong;
        for step in [present - 1, present, present + 1] {
            let code = self.code_of(step);
            let is_right: bool = digits
                .as_bytes()
                .ct_eq(code.expose_secret().as_bytes())
                .into();
            if is_right && last_step.is_none_or(|last| step > last) {
                outcome = TotpOutcome::Accepted { step };
            } else if is_right && outcome == TotpOutcome::Wrong {
                outcome = TotpOutcome::Used;
            }
        }
        outcome
    }
}

/// The number of the step that `now` is in, counted from 1970.
fn step_at(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP)
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret([redacted])")
    }
}

#[cfg(test)]
mod tests;
