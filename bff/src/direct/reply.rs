//! What the org answers to what a person said.

use bytes::Bytes;
use http::{Response, StatusCode};
use model::SignInErrorCode;
use serde::Deserialize;

use crate::fault::Fault;
use crate::oauth_client::TokenResponse;
use crate::outbound::{HttpError, is_json};

/// The longest token of the org that is kept between two pages, in bytes: all of them together have to fit into a cookie.
const MAX_TOKEN: usize = 512;

/// An answer of the token endpoint.
#[derive(Debug)]
pub(super) enum Reply {
    /// The person is signed in, if the tokens pass every check.
    Tokens(Box<TokenResponse>),
    /// What was said is right, and something more is asked for: by this token.
    More(String),
    /// It is not taken.
    Refused(Refusal),
}

/// Why an answer is not taken.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is not right.
    Wrong,
    /// Nothing that an app can ask for satisfies the policy.
    OnlyHosted,
    /// The policy does not let this way be used now, or the person does not have it.
    Unusable,
    /// The tokens to go on by are over.
    Expired,
    /// The device has not answered.
    Pending,
    /// The person said no on the device.
    Rejected,
    /// Too many tries.
    Slow,
    /// The org does not answer.
    Down,
    /// The app may not ask people itself.
    Off,
    /// The person, the app or the answer of the org has a fault that no other answer heals.
    Failed(SignInErrorCode),
}

/// An error answer (RFC 6749 §5.2), with what Okta adds.
#[derive(Deserialize)]
struct ErrorAnswer {
    error: String,
    #[serde(default)]
    error_description: String,
    mfa_token: Option<String>,
}

impl Reply {
    /// Reads an answer of the token endpoint.
    pub(super) fn read(answer: Result<Response<Bytes>, HttpError>) -> Self {
        let response = match json(answer) {
            Ok(response) => response,
            Err(refusal) => return Self::Refused(refusal),
        };
        if response.status() == StatusCode::OK {
            return serde_json::from_slice(response.body())
                .map_or_else(|_| Self::Refused(unreadable()), Self::Tokens);
        }
        match serde_json::from_slice::<ErrorAnswer>(response.body()) {
            Ok(error) if error.error == "mfa_required" => match error.mfa_token {
                Some(token) if is_token(&token) => Self::More(token),
                _ => Self::Refused(unreadable()),
            },
            Ok(error) => Self::Refused(error.meaning()),
            Err(_) => Self::Refused(unreadable()),
        }
    }
}

/// The body of an answer that is not an error.
pub(super) fn accepted(answer: Result<Response<Bytes>, HttpError>) -> Result<Bytes, Refusal> {
    let response = json(answer)?;
    if response.status() == StatusCode::OK {
        return Ok(response.into_body());
    }
    let error = serde_json::from_slice::<ErrorAnswer>(response.body());
    Err(error.map_or_else(|_| unreadable(), |error| error.meaning()))
}

/// Whether the text can be a token of the org that is kept between two pages.
pub(super) fn is_token(text: &str) -> bool {
    (1..=MAX_TOKEN).contains(&text.len()) && text.bytes().all(|byte| (0x21..0x7f).contains(&byte))
}

pub(super) fn unreadable() -> Refusal {
    let code = SignInErrorCode::TokenResponseInvalid;
    let detail = "an answer of direct authentication is not what its documentation says";
    Refusal::Failed(Fault::new(code, detail).report().code)
}

fn json(answer: Result<Response<Bytes>, HttpError>) -> Result<Response<Bytes>, Refusal> {
    match answer {
        Ok(response) if is_json(&response) => Ok(response),
        Ok(_) => Err(unreadable()),
        Err(HttpError::Unavailable { status, .. }) if status == StatusCode::TOO_MANY_REQUESTS => {
            Err(Refusal::Slow)
        }
        Err(error) => {
            let shown = Fault::from_http(&error, "direct authentication").report();
            Err(match shown.code {
                SignInErrorCode::OrgUnreachable => Refusal::Down,
                code => Refusal::Failed(code),
            })
        }
    }
}

impl ErrorAnswer {
    /// Several refusals have one code on the wire and differ in their words alone.
    fn meaning(&self) -> Refusal {
        let says = |words: &str| self.error_description.contains(words);
        match self.error.as_str() {
            "invalid_grant" if says("assurance requirements") || says("MFA enabled") => {
                Refusal::OnlyHosted
            }
            "invalid_grant" if says("Password has expired") => Refusal::OnlyHosted,
            "invalid_grant" if says("rejected") => Refusal::Rejected,
            "invalid_grant" if says("rate limit") => Refusal::Slow,
            "invalid_grant" => Refusal::Wrong,
            "authorization_pending" => Refusal::Pending,
            "slow_down" => Refusal::Slow,
            "access_denied" if says("has expired") => Refusal::Expired,
            "access_denied" if says("can't be used") => Refusal::Unusable,
            "access_denied" if says("assigned") => Refusal::Failed(SignInErrorCode::NotAssigned),
            "access_denied" => Refusal::Failed(SignInErrorCode::AccessDenied),
            "invalid_request" if says("associated with each other") => Refusal::Expired,
            "unauthorized_client" | "unsupported_grant_type" => self.off(),
            "invalid_client" => Refusal::Failed(SignInErrorCode::ClientRefused),
            "invalid_scope" => Refusal::Failed(SignInErrorCode::ScopeRefused),
            _ => Refusal::Failed(SignInErrorCode::OrgRefused),
        }
    }

    fn off(&self) -> Refusal {
        let error = self.error.as_str();
        tracing::warn!(
            error,
            "the org does not let this app ask people itself: the app lacks a grant of direct authentication"
        );
        Refusal::Off
    }
}
