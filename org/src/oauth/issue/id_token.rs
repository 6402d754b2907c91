use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use model::Entropy;
use serde_json::{Map, Value, json};

use super::{Grant, SigningFailed, SigningKey, Subject, jws};
use crate::oauth::claims;
use crate::oauth::server::AuthorizationServer;

/// Fixed by Okta: one hour.
const LIFETIME_SECONDS: i64 = 3600;

/// An ID token (OpenID Connect Core §2) as Okta sends it beside an access token.
pub(super) fn sign(
    key: &SigningKey,
    server: &AuthorizationServer,
    subject: &Subject,
    grant: &Grant,
    (now, access_token): (Timestamp, &str),
    entropy: &dyn Entropy,
) -> Result<String, SigningFailed> {
    let mut claims = Map::new();
    let mut set = |name: &str, value: Value| {
        claims.insert(name.to_owned(), value);
    };
    set("ver", json!(1));
    set("iss", json!(server.issuer));
    set("sub", json!(subject.user.id));
    set("aud", json!(grant.app_id));
    set("iat", json!(now.as_second()));
    set("exp", json!(now.as_second() + LIFETIME_SECONDS));
    set(
        "jti",
        json!(format!(
            "ID.{}",
            URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())
        )),
    );
    set("auth_time", json!(grant.auth_time.as_second()));
    set("amr", json!(grant.amr));
    set("idp", json!(subject.org_id));
    set("at_hash", json!(at_hash(access_token)));
    if let Some(nonce) = &grant.nonce {
        set("nonce", json!(nonce));
    }
    if let Some(acr) = &grant.acr {
        set("acr", json!(acr));
    }
    if let Some(sid) = &grant.sid {
        set("sid", json!(sid));
    }
    claims.extend(claims::of_id_token(server, subject.teller(grant)));
    jws::sign(key, &claims)
}

/// The left half of the access token's SHA-256 (OpenID Connect Core §3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let hash = digest(&SHA256, access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.as_ref().get(..16).unwrap_or_default())
}
