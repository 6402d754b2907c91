use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::ClientKey;

/// How long it counts, in seconds. It is used once, at once.
const LIFETIME_SECONDS: i64 = 60;

/// Who signs, for whom, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServiceAssertion<'a> {
    pub(crate) client_id: &'a str,
    /// The token endpoint, as Okta wants it of service apps.
    pub(crate) audience: &'a str,
    /// Seconds since 1970.
    pub(crate) now: i64,
    /// Used once.
    pub(crate) jti: &'a str,
}

impl ServiceAssertion<'_> {
    /// The signed assertion (RFC 7523 §3). `None` only if the cryptography library refuses to work.
    pub(crate) fn sign(&self, key: &ClientKey) -> Option<String> {
        let claims = json!({
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.audience,
            "iat": self.now,
            "exp": self.now + LIFETIME_SECONDS,
            "jti": self.jti,
        });
        let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", encode(key.header()), encode(claims));
        let signature = key.sign(message.as_bytes())?;
        Some(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
