use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use model::Entropy;
use serde_json::{Value, json};

use super::{Grant, SigningFailed, SigningKey, Subject, jws};
use crate::oauth::Scope;
use crate::oauth::server::{AuthorizationServer, ClaimType};

/// A JWT with the claims that Okta's access tokens have. `sub` is the login; the user's id is in `uid`.
pub(super) fn sign(
    key: &SigningKey,
    server: &AuthorizationServer,
    subject: &Subject,
    grant: &Grant,
    (now, lifetime): (Timestamp, SignedDuration),
    entropy: &dyn Entropy,
) -> Result<String, SigningFailed> {
    let scopes: Vec<&str> = grant.scopes.iter().map(Scope::as_str).collect();
    let mut claims = json!({
        "ver": 1,
        "jti": format!("AT.{}", URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())),
        "iss": server.issuer,
        "aud": server.audience,
        "iat": now.as_second(),
        "exp": now.as_second() + lifetime.as_secs(),
        "cid": grant.app_id,
        "uid": subject.user.id,
        "scp": scopes,
        "auth_time": grant.auth_time.as_second(),
        "sub": subject.user.profile.login,
    });
    if let (Some(made), Value::Object(claims)) = (&server.claims, &mut claims) {
        claims.extend(made.made(ClaimType::Resource, false, subject.teller(grant)));
    }
    jws::sign(key, &claims)
}
