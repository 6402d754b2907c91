//! How the provider shows that a request of Universal Logout is its own.

use model::Clock;
use serde_json::{Map, Value, json};

use super::{CLIENT_ID, Fault, ISSUER, Provider, id_token};

impl Provider {
    /// The token of a request to `address`, another each time (draft-parecki-oauth-global-token-revocation-06). `change`
    /// changes its honest claims, `kind` is its `typ`, and `fault` says how it is signed.
    pub fn revocation_token(
        &self,
        address: &str,
        fault: Fault,
        kind: Option<&str>,
        change: impl FnOnce(&mut Map<String, Value>),
    ) -> String {
        let now = self.clock.now().as_second();
        let number = {
            let mut state = self.state();
            state.next_code += 1;
            state.next_code
        };
        let mut claims = json!({
            "jti": format!("revocation-{number}"),
            "iss": ISSUER,
            "sub": CLIENT_ID,
            "aud": address,
            "iat": now,
            "exp": now + 300,
            "nbf": now - 300,
        });
        change(claims.as_object_mut().expect("an object"));
        id_token::sign_as(fault, kind, claims.to_string().as_bytes())
    }
}
