use std::fmt;

use http::{HeaderMap, HeaderValue};
use model::Timestamp;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::{SessionSecret, limits};
use crate::bff::Parts;
use crate::cookies::{self, TOKENS_BUDGET};

/// What the data is sealed under. The cookies' names are not used: a browser with many tokens holds several.
const PLACE: &str = "tokens";

/// The tokens of one session. They are sealed into cookies, or into the store where they are too long for that, and
/// opened only for calls to the org.
pub(crate) struct Tokens {
    pub(crate) id_token: SecretString,
    pub(crate) access_token: SecretString,
    pub(crate) refresh_token: Option<SecretString>,
    /// When the access token expires, where the org says so.
    pub(crate) access_expires_at: Option<Timestamp>,
}

/// Where sealed tokens are to be kept.
pub(crate) struct KeptTokens {
    pub(crate) cookies: Vec<HeaderValue>,
    /// For the row of the session: what does not fit into cookies.
    pub(crate) spilled: Option<Vec<u8>>,
}

impl Tokens {
    /// Whether the text can be a token: visible ASCII without space (RFC 6749 appendix A).
    pub(crate) fn is_well_formed(token: &str) -> bool {
        !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// Seals the tokens for the session until `ends_at`.
    pub(crate) fn keep(
        &self,
        parts: &Parts,
        secret: &SessionSecret,
        ends_at: Timestamp,
    ) -> Option<KeptTokens> {
        let key = secret.data_key()?;
        let text = self.to_text();
        let sealed = key.seal(PLACE, text.as_bytes(), ends_at, &*parts.entropy)?;
        if sealed.len() > TOKENS_BUDGET {
            return Some(KeptTokens {
                cookies: cookies::clear_chunks(&parts.names),
                spilled: Some(sealed.into_bytes()),
            });
        }
        let max_age = limits::seconds_between(parts.clock.now(), ends_at);
        Some(KeptTokens {
            cookies: cookies::chunks_of(&parts.names, &sealed, max_age),
            spilled: None,
        })
    }

    /// Opens the tokens of the session, from the store if they were spilled, else from the request's cookies.
    pub(crate) fn find(
        parts: &Parts,
        secret: &SessionSecret,
        headers: &HeaderMap,
        spilled: Option<Vec<u8>>,
    ) -> Option<Self> {
        let sealed = match spilled {
            Some(sealed) => String::from_utf8(sealed).ok()?,
            None => cookies::join(&parts.names, headers)?,
        };
        let text = secret.data_key()?.open(PLACE, &sealed, parts.clock.now())?;
        Self::from_text(std::str::from_utf8(&text).ok()?)
    }

    /// One line per field; tokens contain no line breaks.
    fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "{}\n{}\n{}\n{}",
            self.id_token.expose_secret(),
            self.access_token.expose_secret(),
            self.refresh_token
                .as_ref()
                .map_or("", |token| token.expose_secret()),
            self.access_expires_at.map_or(0, Timestamp::as_second),
        ))
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let mut next = || lines.next();
        Some(Self {
            id_token: next()?.into(),
            access_token: next()?.into(),
            refresh_token: Some(next()?)
                .filter(|token| !token.is_empty())
                .map(Into::into),
            access_expires_at: match next()?.parse().ok()? {
                0 => None,
                seconds => Some(limits::from_seconds(seconds)),
            },
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access_expires_at", &self.access_expires_at)
            .finish_non_exhaustive()
    }
}
