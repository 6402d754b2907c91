use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use model::Entropy;
use serde_json::json;

use super::{IssuedTokens, Permit, SigningFailed, jws};
use crate::apps::App;
use crate::oauth::Scope;
use crate::oauth::server::AuthorizationServer;

/// Signs the token of an app that acts for itself. There is no user in it: `sub` is the app.
pub(crate) fn issue_client_token(
    permit: Permit,
    server: &AuthorizationServer,
    app: &App,
    scopes: &[Scope],
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<IssuedTokens, SigningFailed> {
    let lifetime = permit.lifetimes().access_token;
    let names: Vec<&str> = scopes.iter().map(Scope::as_str).collect();
    let claims = json!({
        "ver": 1,
        "jti": format!("AT.{}", URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())),
        "iss": server.issuer,
        "aud": server.audience,
        "iat": now.as_second(),
        "exp": now.as_second() + lifetime.as_secs(),
        "cid": app.id,
        "scp": names,
        "sub": app.id,
    });
    Ok(IssuedTokens {
        access_token: jws::sign(server.keys.current(), &claims)?.into(),
        access_token_expires_at: now.saturating_add(lifetime).unwrap_or(now),
        expires_in: lifetime.as_secs(),
        id_token: None,
        refresh_token: None,
    })
}
