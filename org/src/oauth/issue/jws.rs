use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::json;

use super::{SigningFailed, SigningKey};

/// The compact serialization of signed claims (RFC 7515 §7.1), with the header that Okta sends.
pub(super) fn sign(key: &SigningKey, claims: &impl Serialize) -> Result<String, SigningFailed> {
    sign_typed(key, None, claims)
}

/// The same for what says its type, so that it cannot pass for anything else (RFC 8725 §3.11).
pub(super) fn sign_typed(
    key: &SigningKey,
    token_type: Option<&str>,
    claims: &impl Serialize,
) -> Result<String, SigningFailed> {
    let mut header = json!({ "kid": key.kid(), "alg": "RS256" });
    if let Some(token_type) = token_type {
        header["typ"] = json!(token_type);
    }
    let header = header.to_string();
    let claims = serde_json::to_vec(claims).map_err(|_| SigningFailed)?;
    let mut token = URL_SAFE_NO_PAD.encode(header);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(claims, &mut token);
    let signature = key.sign(token.as_bytes())?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Ok(token)
}
