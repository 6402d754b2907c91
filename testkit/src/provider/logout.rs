//! What the provider says when a person signs out.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Clock;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::id_token::join;
use super::keys::{self, FIRST, SECOND};
use super::{CLIENT_ID, Fault, ISSUER, Provider, SESSION, SUBJECT, remove};

/// The member of `events` that says what a logout token is (OpenID Connect Back-Channel Logout 1.0 §2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

impl Provider {
    /// The form by which the provider tells the app that its session has ended, with a logout token of its own each time.
    pub fn back_channel_logout(&self) -> String {
        let token = self.logout_token(|_| {});
        form_urlencoded::Serializer::new(String::new())
            .append_pair("logout_token", &token)
            .finish()
    }

    /// A logout token whose honest claims `change` has changed, signed as the fault demands.
    pub fn logout_token(&self, change: impl FnOnce(&mut Map<String, Value>)) -> String {
        let now = self.clock.now().as_second();
        let (fault, number, has_rotated) = {
            let mut state = self.state();
            state.next_code += 1;
            (state.fault, state.next_code, state.has_rotated)
        };
        let mut claims = json!({
            "iss": ISSUER,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 120,
            "jti": format!("logout-{number}"),
            "sub": SUBJECT,
            "sid": SESSION,
            "events": { EVENT: {} },
        });
        spoil(fault, &mut claims);
        change(claims.as_object_mut().expect("an object"));
        let key = if has_rotated { &SECOND } else { &FIRST };
        let header = match fault {
            Fault::LogoutAlgNone => json!({"alg": "none", "typ": "logout+jwt"}),
            Fault::LogoutWrongAlg => {
                json!({"alg": "ES256", "kid": "elliptic", "typ": "logout+jwt"})
            }
            _ => json!({"alg": "RS256", "kid": key.id(), "typ": "logout+jwt"}),
        };
        let message = join(&header, claims.to_string().as_bytes());
        let signature = match fault {
            Fault::LogoutAlgNone => Vec::new(),
            Fault::LogoutWrongAlg => keys::elliptic_sign(message.as_bytes()),
            _ => key.sign(message.as_bytes()),
        };
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The query of the frame that the provider's sign-out page shows for the app (OpenID Connect Front-Channel Logout 1.0).
    pub fn front_channel_logout(&self) -> String {
        let session = match self.state().fault {
            Fault::LogoutOtherSession => "idxNobody",
            _ => SESSION,
        };
        form_urlencoded::Serializer::new(String::new())
            .append_pair("iss", ISSUER)
            .append_pair("sid", session)
            .finish()
    }
}

fn spoil(fault: Fault, claims: &mut Value) {
    match fault {
        Fault::LogoutNoEvent => remove(claims, &["events"]),
        Fault::LogoutWithNonce => claims["nonce"] = json!("a-nonce"),
        Fault::LogoutWrongAud => claims["aud"] = json!("another-client"),
        Fault::LogoutWrongEvent => {
            claims["events"] = json!({"http://schemas.openid.net/event/foo": {}});
        }
        Fault::LogoutWrongIss => claims["iss"] = json!("https://evil.example"),
        Fault::LogoutOtherSession => claims["sid"] = json!("idxNobody"),
        _ => {}
    }
}
