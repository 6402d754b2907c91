use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::{Payload, TokenFault};
use crate::provider::MAX_KEY_ID;

/// A kind of token, told apart by `typ` so that none can be used as another (RFC 8725 §3.11).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// What `typ` may say, in any case.
    names: &'static [&'static str],
    /// Whether a token that says nothing may be of this kind.
    may_be_silent: bool,
}

impl Kind {
    /// An ID token.
    pub(crate) const ID_TOKEN: Self = Self {
        names: &["JWT"],
        may_be_silent: true,
    };

    /// An access token (RFC 9068 §2.1). Okta's do not say what they are.
    pub(crate) const ACCESS_TOKEN: Self = Self {
        names: &["at+jwt", "application/at+jwt", "JWT"],
        may_be_silent: true,
    };

    /// A logout token (OpenID Connect Back-Channel Logout 1.0 §2.4).
    pub(crate) const LOGOUT_TOKEN: Self = Self {
        names: &["logout+jwt", "JWT"],
        may_be_silent: true,
    };

    /// The sender of a request of Universal Logout (Global Token Revocation, draft 06).
    pub(crate) const GLOBAL_TOKEN_REVOCATION: Self = Self {
        names: &["global-token-revocation+jwt"],
        may_be_silent: false,
    };

    /// Reads the header (RFC 7515 §4): only RS256, no critical extension, and not another kind of token. Keys that the
    /// header brings along or points at (`jwk`, `jku`, `x5c`, `x5u`) are not looked at. Returns the `kid`.
    pub(super) fn read_header(self, token: &str) -> Result<Option<String>, TokenFault> {
        let header = token.split('.').next().unwrap_or_default();
        let header = URL_SAFE_NO_PAD
            .decode(header)
            .ok()
            .and_then(|header| serde_json::from_slice::<Payload>(&header).ok())
            .ok_or_else(|| malformed("the token has no readable header"))?
            .0;
        if header.get("alg").and_then(Value::as_str) != Some("RS256") {
            return Err(TokenFault::Unsigned("`alg` of the token is not RS256"));
        }
        if header.contains_key("crit") {
            return Err(TokenFault::Unsigned(
                "the token demands an unknown extension",
            ));
        }
        if !self.is(header.get("typ")) {
            return Err(malformed("`typ` says that this is another kind of token"));
        }
        match header.get("kid") {
            None => Ok(None),
            Some(Value::String(id)) if id.len() <= MAX_KEY_ID => Ok(Some(id.clone())),
            Some(_) => Err(TokenFault::Unsigned(
                "`kid` of the token is not a short text",
            )),
        }
    }

    fn is(self, kind: Option<&Value>) -> bool {
        match kind {
            None => self.may_be_silent,
            Some(Value::String(kind)) => self
                .names
                .iter()
                .any(|name| kind.eq_ignore_ascii_case(name)),
            Some(_) => false,
        }
    }
}

fn malformed(detail: &'static str) -> TokenFault {
    TokenFault::Malformed(Cow::Borrowed(detail))
}
