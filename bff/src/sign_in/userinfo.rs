use http::StatusCode;
use model::SignInErrorCode;
use secrecy::SecretString;
use serde_json::{Map, Value};
use url::Url;

use super::id_token::IdTokenClaims;
use crate::fault::Fault;
use crate::outbound::{Outbound, is_json};

/// Claims that only the signed ID token may make.
const OF_THE_ID_TOKEN_ALONE: [&str; 14] = [
    "iss",
    "sub",
    "aud",
    "azp",
    "exp",
    "iat",
    "nbf",
    "jti",
    "nonce",
    "auth_time",
    "acr",
    "amr",
    "at_hash",
    "sid",
];

/// The person's claims: those of the ID token, and what userinfo adds to them (OpenID Connect Core §5.3).
///
/// An org that refuses the access token, or has no userinfo, leaves it at the ID token.
pub(super) async fn complete_claims(
    outbound: &Outbound,
    endpoint: Option<&Url>,
    access_token: &SecretString,
    id_token: IdTokenClaims,
) -> Result<Map<String, Value>, Fault> {
    let mut claims = id_token.all;
    let Some(endpoint) = endpoint else {
        return Ok(claims);
    };
    let Some(userinfo) = fetch(outbound, endpoint, access_token).await? else {
        return Ok(claims);
    };
    if userinfo.get("sub").and_then(Value::as_str) != Some(&id_token.registered.subject) {
        return Err(Fault::new(
            SignInErrorCode::UserinfoMismatch,
            "userinfo: `sub` is not the one of the ID token",
        ));
    }
    for (name, value) in userinfo {
        if !OF_THE_ID_TOKEN_ALONE.contains(&name.as_str()) && !claims.contains_key(&name) {
            claims.insert(name, value);
        }
    }
    Ok(claims)
}

async fn fetch(
    outbound: &Outbound,
    endpoint: &Url,
    access_token: &SecretString,
) -> Result<Option<Map<String, Value>>, Fault> {
    let response = outbound
        .get_json(endpoint, Some(access_token))
        .await
        .map_err(|error| Fault::from_http(&error, "userinfo"))?;
    match response.status() {
        StatusCode::OK => {}
        status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            tracing::warn!(%status, "userinfo refused the access token; the ID token's claims must do");
            return Ok(None);
        }
        status => return Err(unusable(format!("userinfo: status {status}"))),
    }
    if !is_json(&response) {
        return Err(unusable("userinfo: not JSON".to_owned()));
    }
    match serde_json::from_slice(response.body()) {
        Ok(claims) => Ok(Some(claims)),
        Err(_) => Err(unusable("userinfo: not a JSON object".to_owned())),
    }
}

fn unusable(detail: String) -> Fault {
    Fault::new(SignInErrorCode::OrgMisconfigured, detail)
}
