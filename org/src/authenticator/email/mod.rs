//! Email addresses: exactly one plain address, in one form.

use serde::{Deserialize, Serialize};
use std::fmt;
use url::Host;

use crate::directory::nfkc;

/// RFC 5321, §4.5.3.1: in bytes.
const LOCAL_LENGTH: usize = 64;
const ADDRESS_LENGTH: usize = 254;
/// What may stand in a local part besides letters and digits (RFC 5322 `atext`).
const ATEXT: &str = "!#$%&'*+-/=?^_`{|}~";

/// A text that is not one plain email address. The text is not repeated: it may come from anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a plain email address such as john.doe@example.com")]
pub(crate) struct InvalidEmail;

/// One email address that can be put into a mail header as it is: no name, no list, no comment, no quoting, no line break.
///
/// The text is in NFKC, the domain in lower case and in ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct EmailAddress {
    text: String,
    /// Where the `@` stands.
    at: usize,
}

impl EmailAddress {
    /// Reads an address; spaces around it do not count.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidEmail> {
        // Nothing else is trimmed: a line break is never part of an address, and never beside one either.
        let text = nfkc(text.trim_matches(' '));
        let (local, domain) = text.split_once('@').ok_or(InvalidEmail)?;
        if !is_local_part(local) {
            return Err(InvalidEmail);
        }
        let domain = canonical_domain(domain).ok_or(InvalidEmail)?;
        let (at, text) = (local.len(), format!("{local}@{domain}"));
        if text.len() > ADDRESS_LENGTH {
            return Err(InvalidEmail);
        }
        Ok(Self { text, at })
    }

    /// The address.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The address as far as one who has it recognises it: `j**n@e***e.com`.
    pub(crate) fn masked(&self) -> String {
        let (local, domain) = self.text.split_at(self.at);
        let domain = domain.trim_start_matches('@');
        let (name, rest) = domain
            .rfind('.')
            .map_or((domain, ""), |dot| domain.split_at(dot));
        format!("{}@{}{rest}", mask(local, 2), mask(name, 3))
    }
}

fn is_local_part(local: &str) -> bool {
    let is_atext = |c: char| c.is_alphanumeric() || ATEXT.contains(c);
    let is_atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_atext);
    local.len() <= LOCAL_LENGTH && local.split('.').all(is_atom)
}

/// The domain in ASCII, if it is a name of at least two parts.
fn canonical_domain(domain: &str) -> Option<String> {
    // The URL parser undoes percent-encoding, which has no meaning here.
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    if !domain.chars().all(is_plain) {
        return None;
    }
    let Ok(Host::Domain(name)) = Host::parse(domain) else {
        return None;
    };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    (name.contains('.') && name.split('.').all(is_label)).then_some(name)
}

/// First and last letter with as many stars between as Okta writes, however long the word is.
fn mask(word: &str, stars: usize) -> String {
    let mut letters = word.chars();
    let first = letters.next().unwrap_or('*');
    // The only letter of a word is not shown twice.
    let last = letters.next_back().unwrap_or('*');
    format!("{first}{}{last}", "*".repeat(stars))
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.text
    }
}

#[cfg(test)]
mod tests;
