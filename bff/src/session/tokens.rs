use std::fmt;

use http::{HeaderMap, HeaderValue};
use model::Timestamp;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::{SessionSecret, limits};
use crate::bff::Parts;
use crate::cookies;
use crate::token_request::TokenHint;

/// What the data is sealed under. The cookies' names are not used: a browser with many tokens holds several.
const PLACE: &str = "tokens";

/// The tokens of one session. They are sealed into cookies, or into the store where they are too long for that, and
/// opened only for calls to the org.
///
/// They cannot be serialised, and are for the server's own calls: no token goes to a page.
#[derive(Clone)]
pub struct Tokens {
    pub(crate) id_token: SecretString,
    pub(crate) access_token: SecretString,
    pub(crate) refresh_token: Option<SecretString>,
    /// When the access token expires, where the org says so.
    pub(crate) access_expires_at: Option<Timestamp>,
    /// How often they have been renewed: of two copies, the one with the higher number is right.
    pub(crate) generation: i64,
}

/// Sealed tokens, on their way into cookies or into the store.
#[derive(Debug, Clone)]
pub(crate) struct SealedTokens(String);

impl Tokens {
    /// What is sent to an API as the person's permission (RFC 6750 §2.1).
    pub fn access_token(&self) -> &SecretString {
        &self.access_token
    }

    /// When the access token expires, where the org says so.
    pub fn access_expires_at(&self) -> Option<Timestamp> {
        self.access_expires_at
    }

    /// Whether the org can be asked for newer ones.
    pub fn can_be_renewed(&self) -> bool {
        self.refresh_token.is_some()
    }

    /// The token whose end ends the others as well (RFC 7009 §2.1).
    pub(crate) fn longest_lived(&self) -> (&SecretString, TokenHint) {
        match &self.refresh_token {
            Some(token) => (token, TokenHint::Refresh),
            None => (&self.access_token, TokenHint::Access),
        }
    }

    /// Whether the text can be a token: visible ASCII without space (RFC 6749 appendix A).
    pub(crate) fn is_well_formed(token: &str) -> bool {
        !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// Seals the tokens for the session until `ends_at`.
    pub(crate) fn seal(
        &self,
        parts: &Parts,
        secret: &SessionSecret,
        ends_at: Timestamp,
    ) -> Option<SealedTokens> {
        let key = secret.data_key()?;
        let text = self.to_text();
        key.seal(PLACE, text.as_bytes(), ends_at, &*parts.entropy)
            .map(SealedTokens)
    }

    /// The newest tokens of the session: of what the store keeps and what the request's cookies hold. A cookie is the
    /// newer one when the store did not answer after a renewal.
    pub(crate) fn find(
        parts: &Parts,
        secret: &SessionSecret,
        headers: &HeaderMap,
        kept: Option<Vec<u8>>,
    ) -> Option<Self> {
        let kept = kept
            .and_then(SealedTokens::from_store)
            .and_then(|sealed| sealed.open(parts, secret));
        let held = SealedTokens::from_cookies(parts, headers)
            .and_then(|sealed| sealed.open(parts, secret));
        kept.into_iter()
            .chain(held)
            .max_by_key(|tokens| tokens.generation)
    }

    /// One line per field; tokens contain no line breaks.
    fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "{}\n{}\n{}\n{}\n{}",
            self.id_token.expose_secret(),
            self.access_token.expose_secret(),
            self.refresh_token
                .as_ref()
                .map_or("", |token| token.expose_secret()),
            self.access_expires_at.map_or(0, Timestamp::as_second),
            self.generation,
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
            // Sessions that were opened before there were renewals go on.
            generation: match next() {
                Some(number) => number.parse().ok()?,
                None => 0,
            },
        })
    }
}

impl SealedTokens {
    pub(crate) fn from_store(bytes: Vec<u8>) -> Option<Self> {
        String::from_utf8(bytes).ok().map(Self)
    }

    pub(crate) fn from_cookies(parts: &Parts, headers: &HeaderMap) -> Option<Self> {
        cookies::join(&parts.names, headers).map(Self)
    }

    pub(crate) fn open(&self, parts: &Parts, secret: &SessionSecret) -> Option<Tokens> {
        let text = secret.data_key()?.open(PLACE, &self.0, parts.clock.now())?;
        Tokens::from_text(std::str::from_utf8(&text).ok()?)
    }

    /// Whether they are short enough for the cookies of this browser.
    pub(crate) fn fit_into_cookies(&self, parts: &Parts, headers: &HeaderMap) -> bool {
        self.0.len() <= cookies::room_for_tokens(&parts.names, headers)
    }

    /// The cookies that hold them, or that take older ones away where these do not fit.
    pub(crate) fn cookies(
        &self,
        parts: &Parts,
        headers: &HeaderMap,
        ends_at: Timestamp,
    ) -> Vec<HeaderValue> {
        if !self.fit_into_cookies(parts, headers) {
            return cookies::clear_chunks(&parts.names);
        }
        let max_age = limits::seconds_between(parts.clock.now(), ends_at);
        cookies::chunks_of(&parts.names, &self.0, max_age)
    }

    /// For the row of the session.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access_expires_at", &self.access_expires_at)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}
