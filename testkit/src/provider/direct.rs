//! Direct authentication, as the test scripts it: answers in the order in which they were given.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, Response};
use model::Clock;
use serde_json::{Value, json};

use super::answers::json_answer;
use super::tokens::is_the_app;
use super::{CANARY, Fault, Provider, id_token, refresh};

/// One answer to what the app carries to the provider.
#[derive(Debug, Clone)]
pub enum Told {
    /// Tokens: the person is signed in.
    Tokens,
    /// `mfa_required`, with this token.
    MoreIsNeeded(&'static str),
    /// The answer of `challenge` or `primary-authenticate`.
    Ask(Value),
    /// A refusal: status, error and description.
    Refusal(u16, &'static str, &'static str),
}

/// What was scripted, and what came.
#[derive(Debug, Default)]
pub(super) struct Script {
    told: Vec<Told>,
    calls: Vec<(String, BTreeMap<String, String>)>,
}

impl Provider {
    /// What the next calls of direct authentication are answered with, one after the other. Without an answer left the
    /// provider does not let the app ask people itself.
    pub fn tell(&self, answers: impl IntoIterator<Item = Told>) {
        let mut state = self.state();
        state.script.told = answers.into_iter().collect();
        state.script.told.reverse();
    }

    /// The calls of direct authentication so far: the last part of the address, and the form.
    pub fn told(&self) -> Vec<(String, BTreeMap<String, String>)> {
        self.state().script.calls.clone()
    }

    pub(super) fn direct(&self, fault: Fault, request: &Request<Bytes>) -> Response<Bytes> {
        if !is_the_app(request) {
            return json_answer(401, &json!({"error": "invalid_client"}));
        }
        let name = request.uri().path().trim_start_matches('/').to_owned();
        let told = {
            let mut state = self.state();
            let form = refresh::form(request.body());
            state.script.calls.push((name, form));
            state.script.told.pop()
        };
        let refusal = |status, error: &str, description: &str| {
            let body = json!({"error": error, "error_description": description});
            json_answer(status, &body)
        };
        match told {
            Some(Told::Tokens) => json_answer(200, &self.direct_tokens(fault)),
            Some(Told::MoreIsNeeded(token)) => {
                json_answer(403, &json!({"error": "mfa_required", "mfa_token": token}))
            }
            Some(Told::Ask(body)) => json_answer(200, &body),
            Some(Told::Refusal(status, error, description)) => refusal(status, error, description),
            None => refusal(
                400,
                "unauthorized_client",
                "The client is not authorized to use the provided grant type. Configured grant types: [authorization_code].",
            ),
        }
    }

    /// Tokens that no browser had a part in: their ID token has no nonce.
    fn direct_tokens(&self, fault: Fault) -> Value {
        let now = self.clock.now().as_second();
        let mut claims = id_token::honest_claims(now, "", CANARY);
        claims.remove("nonce");
        claims.remove("sid");
        id_token::spoil_claims(fault, &mut claims, now);
        json!({
            "token_type": "Bearer",
            "expires_in": 3600,
            "access_token": CANARY,
            "scope": "openid profile email",
            "id_token": self.sign_claims(fault, claims),
        })
    }
}
