use http::{HeaderMap, HeaderValue};
use model::{SignInErrorCode, Timestamp};
use serde_json::{Map, Value};

use super::limits::{ABSOLUTE_SECONDS, IDLE_SECONDS, after};
use super::store::{Account, EmailDigest, NewRow};
use super::{BrowserInfo, SessionSecret, Tokens};
use crate::bff::Parts;
use crate::fault::Fault;

/// What the claims are sealed under.
pub(super) const CLAIMS_PLACE: &str = "claims";

/// Seals claims for the store, with the key that the session's cookie alone holds.
pub(crate) fn seal_claims(
    parts: &Parts,
    secret: &SessionSecret,
    claims: &Map<String, Value>,
    ends_at: Timestamp,
) -> Option<Vec<u8>> {
    let claims = serde_json::to_vec(claims).ok()?;
    secret
        .data_key()?
        .seal_bytes(CLAIMS_PLACE, &claims, ends_at, &*parts.entropy)
}

/// A session about to begin, after every check has passed.
pub(crate) struct NewSession {
    pub(crate) account: Account,
    pub(crate) claims: Map<String, Value>,
    pub(crate) tokens: Tokens,
    pub(crate) browser: BrowserInfo,
}

impl NewSession {
    /// Begins the session under a fresh id, and ends the one that the browser had before.
    ///
    /// Returns the cookies that carry it.
    pub(crate) async fn open(
        self,
        parts: &Parts,
        headers: &HeaderMap,
    ) -> Result<Vec<HeaderValue>, Fault> {
        let sealing_failed =
            || Fault::new(SignInErrorCode::Internal, "the session cannot be sealed");
        let secret = SessionSecret::generate(&*parts.entropy);
        let now = parts.clock.now();
        let ends_at = after(now, ABSOLUTE_SECONDS);
        let tokens = self
            .tokens
            .seal(parts, &secret, ends_at)
            .ok_or_else(sealing_failed)?;
        let claims =
            seal_claims(parts, &secret, &self.claims, ends_at).ok_or_else(sealing_failed)?;
        let mut cookies = vec![secret.cookie(parts, ends_at).ok_or_else(sealing_failed)?];
        cookies.extend(tokens.cookies(parts, headers, ends_at));
        let created_at = now.as_second();
        let row = NewRow {
            handle: secret.handle(),
            replaces: SessionSecret::find(parts, headers).map(|(old, _)| old.handle()),
            org_session: self.text_claim("sid").map(str::to_owned),
            email: self
                .verified_email()
                .map(|email| EmailDigest::new(&self.account.issuer, email)),
            account: self.account,
            device: self.browser.label().to_owned(),
            created_at,
            idle_end: created_at + IDLE_SECONDS,
            absolute_end: created_at + ABSOLUTE_SECONDS,
            claims,
            tokens: (!tokens.fit_into_cookies(parts, headers)).then(|| tokens.into_bytes()),
        };
        parts.store.open(row).await?;
        Ok(cookies)
    }

    /// An address that the org has not verified may be anybody's.
    fn verified_email(&self) -> Option<&str> {
        let is_verified = self.claims.get("email_verified") == Some(&Value::Bool(true));
        self.text_claim("email").filter(|_| is_verified)
    }

    fn text_claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }
}
