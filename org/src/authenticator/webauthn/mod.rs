//! Passkeys and security keys: the checks that a relying party makes (WebAuthn Level 3, §7,
//! <https://www.w3.org/TR/webauthn-3/#sctn-rp-operations>).
//!
//! The maintained libraries for this need OpenSSL or the `rsa` crate; so the ceremonies are here, step by step, on a CBOR reader
//! and AWS-LC's signature checks. Challenges come from the caller, who must take each at most once.

mod assertion;
mod attestation;
mod authenticator_data;
mod client_data;
mod credential;
mod options;
mod public_key;
mod refusal;

use data_encoding::BASE64URL_NOPAD;
use model::UserId;
use url::Url;

pub(crate) use assertion::{Assertion, verify_assertion};
pub(crate) use attestation::{Attestation, verify_attestation};
pub(crate) use credential::Credential;
pub(crate) use options::{ActivationData, ChallengeData, NewPasskey};
pub(crate) use refusal::Refusal;

/// For whom passkeys are: the org, by its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RelyingParty {
    /// The host of the org.
    id: String,
    /// The one origin that may use the org's passkeys here; not those of its subdomains.
    origin: String,
}

impl RelyingParty {
    /// The relying party of an org at this address.
    pub(crate) fn of(url: &Url) -> Self {
        Self {
            id: url.host_str().unwrap_or_default().to_owned(),
            origin: url.origin().ascii_serialization(),
        }
    }

    /// The same for a page of an app that asks for passkeys itself. Browsers allow it on the org's own host only, on whatever
    /// port.
    pub(crate) fn on_page_of_app(&self, redirect_uri: &str) -> Option<Self> {
        let page = Self::of(&Url::parse(redirect_uri).ok()?);
        (page.id == self.id).then_some(page)
    }
}

/// Reads a credential's id as browsers send it.
pub(crate) fn read_credential_id(text: &str) -> Option<Vec<u8>> {
    decode(text).ok()
}

/// Reads what a passkey remembers of its owner: the id of the user.
pub(crate) fn read_user_handle(text: &str) -> Option<UserId> {
    let bytes = decode(text).ok()?;
    UserId::parse(String::from_utf8(bytes).ok()?).ok()
}

/// More than any browser sends, in letters.
const LONGEST: usize = 64 * 1024;

/// Reads base64, in either alphabet and with padding or without: Okta's clients send one, the browser's own JSON the other.
fn decode(text: &str) -> Result<Vec<u8>, Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::Encoding);
    }
    let plain = |letter: u8| match letter {
        b'+' => b'-',
        b'/' => b'_',
        other => other,
    };
    let letters: Vec<u8> = text.trim_end_matches('=').bytes().map(plain).collect();
    BASE64URL_NOPAD
        .decode(&letters)
        .map_err(|_| Refusal::Encoding)
}

#[cfg(test)]
mod tests;
