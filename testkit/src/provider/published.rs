//! What the provider publishes: its metadata and its keys.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::keys::{self, FIRST, SECOND, STRANGER};
use super::{Fault, ISSUER, Provider, SYMMETRIC_SECRET, remove};

impl Provider {
    pub(super) fn metadata(&self, fault: Fault) -> Value {
        let mut metadata = json!({
            "issuer": ISSUER,
            "authorization_endpoint": format!("{ISSUER}/authorize"),
            "token_endpoint": format!("{ISSUER}/token"),
            "userinfo_endpoint": format!("{ISSUER}/userinfo"),
            "revocation_endpoint": format!("{ISSUER}/revoke"),
            "introspection_endpoint": format!("{ISSUER}/introspect"),
            "end_session_endpoint": format!("{ISSUER}/logout"),
            "jwks_uri": format!("{ISSUER}{}", self.state().keys_path),
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email", "groups"],
            "authorization_response_iss_parameter_supported": true,
        });
        if self.offers_refresh() {
            metadata["scopes_supported"] =
                json!(["openid", "profile", "email", "groups", "offline_access"]);
        }
        match fault {
            Fault::DiscoveryIssuerMismatch => metadata["issuer"] = json!(format!("{ISSUER}/")),
            Fault::DiscoveryPlainHttp => {
                metadata["token_endpoint"] = json!("http://op.example/token");
            }
            Fault::DiscoveryPrivateAddress => {
                metadata["jwks_uri"] = json!("https://169.254.169.254/keys");
            }
            Fault::DiscoveryWithoutRs256 => {
                metadata["id_token_signing_alg_values_supported"] = json!(["ES256"]);
            }
            Fault::DiscoveryWithoutTokenEndpoint => remove(&mut metadata, &["token_endpoint"]),
            Fault::DiscoveryMinimal => remove(
                &mut metadata,
                &[
                    "userinfo_endpoint",
                    "revocation_endpoint",
                    "introspection_endpoint",
                    "end_session_endpoint",
                    "scopes_supported",
                ],
            ),
            _ => {}
        }
        metadata
    }

    pub(super) fn key_set(&self, fault: Fault) -> Value {
        let has_rotated = self.state().has_rotated || fault == Fault::RotationJustBeforeSigning;
        let signer = if has_rotated { &SECOND } else { &FIRST };
        let keys = match fault {
            Fault::KidAbsentMultipleJwks => vec![FIRST.public(), STRANGER.public()],
            Fault::InvalidSigEs256 | Fault::LogoutWrongAlg => {
                vec![FIRST.public(), keys::elliptic_public()]
            }
            Fault::KeyForEncryption => vec![FIRST.public_with("use", json!("enc"))],
            Fault::KeyWithoutVerify => vec![FIRST.public_with("key_ops", json!(["wrapKey"]))],
            Fault::KeyForAnotherAlgorithm => vec![FIRST.public_with("alg", json!("PS256"))],
            Fault::ShortKey => {
                let modulus = URL_SAFE_NO_PAD.encode(&FIRST.modulus()[..128]);
                vec![FIRST.public_with("n", json!(modulus))]
            }
            Fault::SymmetricKey => {
                let secret = URL_SAFE_NO_PAD.encode(SYMMETRIC_SECRET);
                vec![json!({"kty": "oct", "kid": "symmetric", "alg": "HS256", "k": secret})]
            }
            Fault::KeysAreNotASet => return json!({"error": "not_found"}),
            _ => vec![signer.public()],
        };
        json!({"keys": keys})
    }
}
