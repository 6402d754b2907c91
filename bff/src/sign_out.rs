//! Signing out: here first, then at the org.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use rusqlite::{OptionalExtension, params};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use url::{Url, form_urlencoded};

use crate::bff::{Bff, Parts};
use crate::cookies;
use crate::provider::Metadata;
use crate::revocation::revoke_access_token;
use crate::session::{self, SessionSecret, Tokens, after};
use crate::sign_in::random;

/// The app's own page after signing out.
const SIGNED_OUT: &str = "/signed-out";

/// A person who signs out waits at most this long for the org.
const ORG_TIMEOUT: Duration = Duration::from_secs(2);

/// The way through the org's sign-out page may take ten minutes.
const RETURN_SECONDS: i64 = 10 * 60;

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
    /// access token is revoked; then the browser is sent to the org to end its session there (OpenID Connect
    /// RP-Initiated Logout 1.0).
    pub async fn sign_out(&self, cookies: &HeaderMap) -> SignOut {
        let parts = &*self.parts;
        let mut out = SignOut {
            location: SIGNED_OUT.to_owned(),
            cookies: session::clear_cookies(parts),
        };
        let Some((secret, _)) = SessionSecret::find(parts, cookies) else {
            return out;
        };
        let spilled = end_here(parts, &secret).await;
        let Some(tokens) = Tokens::find(parts, &secret, cookies, spilled) else {
            return out;
        };
        match tokio::time::timeout(ORG_TIMEOUT, at_the_org(parts, &tokens)).await {
            Ok(Some((location, state))) => {
                out.location = location;
                out.cookies.extend(state);
            }
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
            cookies: vec![cookies::clear(&parts.names, name)],
        }
    }
}

/// Ends the row, and gives the tokens that were kept in it. If the store does not answer, the cookies still go.
async fn end_here(parts: &Parts, secret: &SessionSecret) -> Option<Vec<u8>> {
    let key = secret.row_key();
    let now = parts.clock.now().as_second();
    let ended = parts.store.write(move |connection| {
        let spilled = connection
            .prepare_cached("SELECT tokens FROM session WHERE row_key = ?1")?
            .query_row(params![key.0], |row| row.get(0))
            .optional()?;
        session::revoke(connection, key, now)?;
        Ok(spilled.flatten())
    });
    ended.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a session was signed out in its browser, but its row could not be ended");
        None
    })
}

/// Revokes the access token and says where the org ends its own session, if it can be reached.
async fn at_the_org(parts: &Parts, tokens: &Tokens) -> Option<(String, Option<HeaderValue>)> {
    let metadata = parts.provider.metadata().await.ok()?;
    if !revoke_or_probe(parts, &metadata, tokens).await {
        return None;
    }
    let mut location = metadata.end_session.clone()?;
    let state = random(&*parts.entropy);
    end_session_query(&mut location, parts, tokens, &state);
    let name = parts.names.signed_out();
    let readable_until = after(parts.clock.now(), RETURN_SECONDS);
    let cookie = parts
        .keys
        .seal(name, state.as_bytes(), readable_until, &*parts.entropy)
        .map(|sealed| cookies::set(&parts.names, name, &sealed, RETURN_SECONDS));
    Some((location.into(), cookie))
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

/// Revokes the access token. Returns whether the org answers at all: a browser must not be sent to an org that is down.
async fn revoke_or_probe(parts: &Parts, metadata: &Metadata, tokens: &Tokens) -> bool {
    let Some(endpoint) = &metadata.revocation else {
        return parts.provider.answers().await;
    };
    let token = &tokens.access_token;
    let revoked = revoke_access_token(&parts.outbound, &parts.client, endpoint, token).await;
    if let Err(error) = &revoked {
        tracing::warn!(%error, "an access token could not be revoked");
    }
    revoked.is_ok()
}

impl fmt::Debug for SignOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignOut").finish_non_exhaustive()
    }
}
