//! Telephone numbers in the form of E.164.

use serde::{Deserialize, Serialize};
use std::fmt;

/// E.164 allows 15 digits; with fewer than 7 no country has numbers that take messages.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// What people write between digits.
const SEPARATORS: [char; 6] = [' ', '-', '.', '(', ')', '\u{a0}'];
/// How many digits at the end are shown.
const SHOWN: usize = 4;

/// A text that is not a telephone number with its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number with its country code, such as +15551234567")]
pub(crate) struct InvalidPhoneNumber;

/// A telephone number with its country: `+15551234567`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number that begins with `+`; spaces, hyphens, dots and brackets between the digits do not count.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let rest = text
            .trim_matches(' ')
            .strip_prefix('+')
            .ok_or(InvalidPhoneNumber)?;
        let digits: String = rest.chars().filter(|c| !SEPARATORS.contains(c)).collect();
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit())
            && DIGITS.contains(&digits.len())
            && !digits.starts_with('0');
        if is_number {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(InvalidPhoneNumber)
        }
    }

    /// The number: `+` and digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as far as one who has it recognises it: `+1 XXX-XXX-2342`.
    pub(crate) fn masked(&self) -> String {
        let digits = self.0.trim_start_matches('+');
        let (hidden, shown) = digits.split_at(digits.len() - SHOWN);
        match hidden.strip_prefix('1') {
            Some(rest) if rest.len() == 6 => format!("+1 XXX-XXX-{shown}"),
            _ => format!("+{}{shown}", "X".repeat(hidden.len())),
        }
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = InvalidPhoneNumber;

    fn try_from(text: String) -> Result<Self, InvalidPhoneNumber> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests;
