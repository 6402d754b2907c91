//! The token endpoint.

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{Request, Response, header};
use model::Clock;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::answers::json_answer;
use super::{
    CANARY, CLIENT_ID, CLIENT_SECRET, Fault, Grant, Provider, SUBJECT, id_token, refresh, remove,
};

/// What stands before somebody in an access token.
const OF: &str = "-of-";

impl Provider {
    pub(super) fn token(&self, fault: Fault, request: &Request<Bytes>) -> Response<Bytes> {
        let refusal = match fault {
            Fault::InvalidClient => Some((401, "invalid_client", "Client authentication failed.")),
            Fault::InvalidGrant => Some((
                400,
                "invalid_grant",
                "The authorization code is invalid or has expired.",
            )),
            Fault::NotAssigned => Some((
                400,
                "access_denied",
                "User is not assigned to the client application.",
            )),
            _ if !is_the_app(request) => {
                Some((401, "invalid_client", "Client authentication failed."))
            }
            _ => None,
        };
        if let Some((status, error, description)) = refusal {
            return json_answer(
                status,
                &json!({"error": error, "error_description": description}),
            );
        }
        let form = refresh::form(request.body());
        self.state().last_form.clone_from(&form);
        match form.get("grant_type").map(String::as_str) {
            Some("refresh_token") => return self.refresh(fault, &form),
            Some("authorization_code") => {}
            _ => return self.direct(fault, request),
        }
        match self.redeem(request.body()) {
            Some(grant) => json_answer(200, &self.token_response(fault, &grant)),
            None => json_answer(400, &json!({"error": "invalid_grant"})),
        }
    }

    pub(super) fn revoke(&self, request: &Request<Bytes>) -> Response<Bytes> {
        if !is_the_app(request) {
            return json_answer(401, &json!({"error": "invalid_client"}));
        }
        let mut form = form_urlencoded::parse(request.body());
        let token = form.find(|(name, _)| name == "token");
        if let Some((_, token)) = token {
            self.end_family(&token);
            self.state().revoked.push(token.into_owned());
        }
        json_answer(200, &json!({}))
    }

    /// Says of a token that begins as its own do, and that was not revoked, that it is good (RFC 7662 §2.2).
    pub(super) fn introspect(&self, request: &Request<Bytes>) -> Response<Bytes> {
        if !is_the_app(request) {
            return json_answer(401, &json!({"error": "invalid_client"}));
        }
        let form: BTreeMap<String, String> = form_urlencoded::parse(request.body())
            .into_owned()
            .collect();
        let token = form.get("token").map_or("", String::as_str);
        let is_ours =
            token.starts_with(CANARY) && !self.state().revoked.iter().any(|it| it == token);
        if !is_ours {
            return json_answer(200, &json!({"active": false}));
        }
        let facts = json!({
            "active": true,
            "token_type": "Bearer",
            "scope": "openid profile email",
            "client_id": CLIENT_ID,
            "exp": self.clock.now().as_second() + 3600,
        });
        json_answer(200, &facts)
    }

    /// Checks code, redirect URI and PKCE verifier as RFC 6749 §4.1.3 and RFC 7636 §4.6 demand.
    fn redeem(&self, form: &[u8]) -> Option<Grant> {
        let form: BTreeMap<String, String> = form_urlencoded::parse(form).into_owned().collect();
        let grant = self.state().grants.remove(form.get("code")?)?;
        let verifier = digest::digest(&digest::SHA256, form.get("code_verifier")?.as_bytes());
        let is_honest = form.get("grant_type")? == "authorization_code"
            && *form.get("redirect_uri")? == grant.redirect_uri
            && URL_SAFE_NO_PAD.encode(verifier.as_ref()) == grant.challenge;
        is_honest.then_some(grant)
    }

    fn token_response(&self, fault: Fault, grant: &Grant) -> Value {
        let access_token = match fault {
            Fault::LongTokens => format!("{CANARY}-{}", id_token::incompressible(4_000)),
            _ => format!("{CANARY}{}", of(&grant.subject)),
        };
        let mut response = json!({
            "token_type": "Bearer",
            "expires_in": 3600,
            "access_token": access_token,
            "scope": "openid profile email",
            "id_token": self.id_token(fault, grant, &access_token),
        });
        if let Some(token) = self.first_refresh_token(grant) {
            response["refresh_token"] = json!(token);
        }
        match fault {
            Fault::TokenTypeInCapitals => response["token_type"] = json!("BEARER"),
            Fault::TokenTypeNotBearer => response["token_type"] = json!("DPoP"),
            Fault::WithoutExpiresIn => remove(&mut response, &["expires_in"]),
            Fault::WithoutIdToken => remove(&mut response, &["id_token"]),
            Fault::WithoutAccessToken => remove(&mut response, &["access_token"]),
            _ => {}
        }
        response
    }

    fn id_token(&self, fault: Fault, grant: &Grant, access_token: &str) -> String {
        let now = self.clock.now().as_second();
        let mut claims = id_token::honest_claims(now, &grant.nonce, access_token);
        claims.insert("sub".to_owned(), json!(grant.subject));
        id_token::spoil_claims(fault, &mut claims, now);
        self.sign_claims(fault, claims)
    }

    pub(super) fn sign_claims(&self, fault: Fault, claims: Map<String, Value>) -> String {
        let state = self.state();
        let payload = match &state.change {
            Some(change) => change(claims),
            None if fault == Fault::DuplicateSub => {
                let honest = Value::Object(claims).to_string();
                honest
                    .replacen('{', r#"{"sub":"00uSomebodyElse00001","#, 1)
                    .into_bytes()
            }
            None => Value::Object(claims).to_string().into_bytes(),
        };
        let signer = if state.has_rotated {
            Fault::RotationJustBeforeSigning
        } else {
            fault
        };
        id_token::sign(signer, &payload)
    }
}

/// What an access token ends in, unless it is that of [`SUBJECT`].
pub(super) fn of(subject: &str) -> String {
    if subject == SUBJECT {
        String::new()
    } else {
        format!("{OF}{subject}")
    }
}

/// Whose access token it is.
pub(super) fn subject_of(token: &str) -> &str {
    token.split_once(OF).map_or(SUBJECT, |(_, subject)| subject)
}

/// Whether the request carries the app's id and secret, each form-encoded, as Basic authentication (RFC 6749 §2.3.1).
pub(super) fn is_the_app(request: &Request<Bytes>) -> bool {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let credentials = format!("{}:{}", encode(CLIENT_ID), encode(CLIENT_SECRET));
    let expected = format!("Basic {}", STANDARD.encode(credentials));
    request
        .headers()
        .get(header::AUTHORIZATION)
        .is_some_and(|value| *value == *expected)
}
