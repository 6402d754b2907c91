use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::bff::Parts;
use crate::config::ClientAuthentication;
use crate::sign_in::random;

/// How long an assertion counts, in seconds. It is used once, at once.
const LIFETIME_SECONDS: i64 = 60;

/// RFC 7523 §2.2.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The parameters that prove who asks, for a form that is sent once. None where the app proves it otherwise.
pub(crate) fn assertion_parameters(parts: &Parts) -> Vec<(&'static str, String)> {
    let sign: &dyn Fn(&str) -> Option<Vec<u8>> = match &parts.client.authentication {
        ClientAuthentication::SecretJwt(secret) => &move |message| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
            Some(hmac::sign(&key, message.as_bytes()).as_ref().to_vec())
        },
        ClientAuthentication::PrivateKeyJwt(key) => &move |message| key.sign(message.as_bytes()),
        ClientAuthentication::SecretBasic(_)
        | ClientAuthentication::SecretPost(_)
        | ClientAuthentication::None => return Vec::new(),
    };
    let message = message(parts);
    let Some(signature) = sign(&message) else {
        // The org then refuses a request without proof, by name.
        tracing::error!("the client assertion cannot be signed");
        return Vec::new();
    };
    let signature = URL_SAFE_NO_PAD.encode(signature);
    vec![
        ("client_assertion_type", TYPE.to_owned()),
        ("client_assertion", format!("{message}.{signature}")),
    ]
}

/// Header and claims of RFC 7523 §3. The audience is the issuer alone, so that no other server can use the assertion.
fn message(parts: &Parts) -> String {
    let header = match &parts.client.authentication {
        ClientAuthentication::PrivateKeyJwt(key) => key.header(),
        _ => json!({"alg": "HS256", "typ": "JWT"}),
    };
    let now = parts.clock.now().as_second();
    let id = &parts.client.client_id;
    let claims = json!({
        "iss": id,
        "sub": id,
        "aud": parts.provider.issuer(),
        "iat": now,
        "exp": now + LIFETIME_SECONDS,
        "jti": random(&*parts.entropy),
    });
    let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encode(header), encode(claims))
}
