use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use model::{AppId, Entropy};
use secrecy::SecretString;
use serde_json::json;

use super::{SigningFailed, jws};
use crate::oauth::server::AuthorizationServer;

/// The `typ` of the assertion.
const TYPE: &str = "global-token-revocation+jwt";
/// In seconds: Okta's, before and after the moment of signing.
const VALIDITY: i64 = 300;

/// Signs what an app knows the org by that asks it to sign somebody out. `endpoint` is where that is asked, and nowhere else does it
/// count.
pub(crate) fn sign_revocation_assertion(
    server: &AuthorizationServer,
    (app, endpoint): (&AppId, &str),
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<SecretString, SigningFailed> {
    let now = now.as_second();
    let claims = json!({
        "jti": URL_SAFE_NO_PAD.encode(entropy.bytes::<32>()),
        "iss": server.issuer,
        "sub": app,
        "aud": endpoint,
        "iat": now,
        "exp": now + VALIDITY,
        "nbf": now - VALIDITY,
    });
    Ok(jws::sign_typed(server.keys.current(), Some(TYPE), &claims)?.into())
}
