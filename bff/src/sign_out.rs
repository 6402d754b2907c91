//! Signing out: here first, then at the org.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use url::{Url, form_urlencoded};

use crate::bff::{Bff, Parts};
use crate::cookies;
use crate::provider::Metadata;
use crate::revocation::revoke;
use crate::session::{self, SessionSecret, Tokens, after};
use crate::sign_in::random;

/// The app's own page after signing out.
const SIGNED_OUT: &str = "/signed-out";

/// A person who signs out waits at most this long for the org.
const ORG_TIMEOUT: Duration = Duration::from_secs(2);

/// A sign-out that the org has not confirmed is remembered for a day: longer than a session of the org lives unused.
const REMEMBERED_SECONDS: i64 = 24 * 60 * 60;

/// The longest address of the org's sign-out page, in bytes. Longer ones are refused on the way, by one server or another.
const MAX_ADDRESS: usize = 7 * 1024;

/// A finished sign-out here: send the browser on with 303 and these cookies.
#[derive(Clone)]
pub struct SignOut {
    /// The org's sign-out page, or the app's own "signed out" page if the org cannot be reached or has none. The address
    /// of the org's page contains the ID token, as its specification demands: it belongs into `Location` and nowhere else.
    pub location: String,
    /// `Set-Cookie` values.
    pub cookies: Vec<HeaderValue>,
}

/// What came back from the org's sign-out page.
#[derive(Debug, Clone)]
pub struct SignedOutReturn {
    /// Whether this browser's sign-out at the org is what has come back.
    pub is_confirmed: bool,
    /// `Set-Cookie` values.
    pub cookies: Vec<HeaderValue>,
}

impl Bff {
    /// Ends the session of this browser.
    ///
    /// The order is what makes it dependable: the session ends here and the cookies go, whatever the org does; then the
    /// tokens are revoked; then the browser is sent to the org to end its session there (OpenID Connect RP-Initiated
    /// Logout 1.0). Until that has come back, the next sign-in of this browser asks the org for a new proof: a session that
    /// may still be open there must not sign the next person in.
    pub async fn sign_out(&self, cookies: &HeaderMap) -> SignOut {
        let parts = &*self.parts;
        let mut out = SignOut {
            location: SIGNED_OUT.to_owned(),
            cookies: session::clear_cookies(parts),
        };
        let Some((secret, _)) = SessionSecret::find(parts, cookies) else {
            return out;
        };
        let state = random(&*parts.entropy);
        out.cookies.extend(remember(parts, &state));
        let spilled = end_here(parts, &secret).await;
        let Some(tokens) = Tokens::find(parts, &secret, cookies, spilled) else {
            return out;
        };
        match tokio::time::timeout(ORG_TIMEOUT, at_the_org(parts, &tokens, &state)).await {
            Ok(Some(location)) => out.location = location,
            Ok(None) => {}
            Err(_) => tracing::warn!("the org did not answer a sign-out in time"),
        }
        out
    }

    /// Judges the return from the org's sign-out page to `/signed-out` by its raw query.
    pub fn confirm_signed_out(&self, cookies: &HeaderMap, raw_query: &str) -> SignedOutReturn {
        let parts = &*self.parts;
        let name = parts.names.signed_out();
        let Some(sealed) = cookies::find(cookies, name) else {
            return SignedOutReturn {
                is_confirmed: false,
                cookies: Vec::new(),
            };
        };
        let expected = parts.keys.open(name, sealed, parts.clock.now());
        let mut states = form_urlencoded::parse(raw_query.as_bytes())
            .filter(|(name, _)| name == "state")
            .map(|(_, state)| state);
        let is_confirmed = match (expected, states.next(), states.next()) {
            (Some((expected, _)), Some(state), None) => {
                expected.as_slice().ct_eq(state.as_bytes()).into()
            }
            _ => false,
        };
        SignedOutReturn {
            is_confirmed,
            cookies: if is_confirmed {
                vec![cookies::clear(&parts.names, name)]
            } else {
                Vec::new()
            },
        }
    }
}

/// Whether this browser has signed out, and the org has not confirmed it.
pub(crate) fn is_unconfirmed(parts: &Parts, headers: &HeaderMap) -> bool {
    let name = parts.names.signed_out();
    let now = parts.clock.now();
    cookies::find(headers, name).is_some_and(|sealed| parts.keys.open(name, sealed, now).is_some())
}

/// Takes away what is remembered of a sign-out: somebody has signed in again.
pub(crate) fn forget(parts: &Parts, headers: &HeaderMap) -> Option<HeaderValue> {
    let name = parts.names.signed_out();
    cookies::find(headers, name).map(|_| cookies::clear(&parts.names, name))
}

fn remember(parts: &Parts, state: &str) -> Option<HeaderValue> {
    let name = parts.names.signed_out();
    let readable_until = after(parts.clock.now(), REMEMBERED_SECONDS);
    parts
        .keys
        .seal(name, state.as_bytes(), readable_until, &*parts.entropy)
        .map(|sealed| cookies::set(&parts.names, name, &sealed, REMEMBERED_SECONDS))
}

/// Ends the row, and gives the tokens that were kept in it. If the store does not answer, the cookies still go.
async fn end_here(parts: &Parts, secret: &SessionSecret) -> Option<Vec<u8>> {
    let ended = parts
        .store
        .end(secret.handle(), parts.clock.now().as_second());
    ended.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a session was signed out in its browser, but its row could not be ended");
        None
    })
}

/// Revokes the tokens and says where the org ends its own session, if it can be reached.
async fn at_the_org(parts: &Parts, tokens: &Tokens, state: &str) -> Option<String> {
    let metadata = parts.provider.metadata().await.ok()?;
    if !revoke_or_probe(parts, &metadata, tokens).await {
        return None;
    }
    let mut location = metadata.end_session.clone()?;
    end_session_query(&mut location, parts, tokens, state);
    if location.as_str().len() > MAX_ADDRESS {
        tracing::warn!("the ID token is too long for the address of the org's sign-out page");
        return None;
    }
    Some(location.into())
}

/// RP-Initiated Logout 1.0 §2.
fn end_session_query(location: &mut Url, parts: &Parts, tokens: &Tokens, state: &str) {
    location
        .query_pairs_mut()
        .append_pair("id_token_hint", tokens.id_token.expose_secret())
        .append_pair("client_id", &parts.client.client_id)
        .append_pair(
            "post_logout_redirect_uri",
            &parts.post_logout_redirect_uri(),
        )
        .append_pair("state", state);
}

/// Revokes the tokens. Returns whether the org answers at all: a browser must not be sent to an org that is down.
async fn revoke_or_probe(parts: &Parts, metadata: &Metadata, tokens: &Tokens) -> bool {
    let Some(endpoint) = &metadata.revocation else {
        return parts.provider.answers().await;
    };
    let revoked = revoke(parts, endpoint, tokens.longest_lived()).await;
    if let Err(error) = &revoked {
        tracing::warn!(%error, "the tokens of a session that was signed out could not be revoked");
    }
    revoked.is_ok()
}

impl fmt::Debug for SignOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignOut").finish_non_exhaustive()
    }
}
