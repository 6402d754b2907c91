//! The refusals of direct authentication, in Okta's words.

use model::{OAuthError, OAuthErrorCode};

use crate::oauth::Scope;
use crate::oauth::error::EndpointError;
use crate::oauth::scope::join;

/// A name or a password that is not right, or of somebody who may not sign in: which of them is not said.
pub(super) fn wrong_credentials() -> EndpointError {
    EndpointError::invalid_grant("The credentials provided were invalid.")
}

pub(super) fn wrong_code() -> EndpointError {
    EndpointError::invalid_grant(
        "The 'otp' provided is either empty or incorrect. Use the correct OTP and try again.",
    )
}

/// Nothing that can be asked for in this way satisfies the policy.
pub(super) fn assurance_not_met() -> EndpointError {
    EndpointError::invalid_grant(
        "Additional user authentication is required but the assurance requirements cannot be met with the allowed authenticators.",
    )
}

/// The policy does not let the authenticator be used now, or the person does not have it.
pub(super) fn unusable() -> EndpointError {
    EndpointError::Forbidden(OAuthError::new(
        OAuthErrorCode::AccessDenied,
        "The required authenticator can't be used. Check if it's required by policy and the user is enrolled in the \
         authenticator and try again.",
    ))
}

/// Of an `oob_code` or an `mfa_token` that is over, was used, or never was one. The text of it is repeated as at Okta, so
/// that a client with several calls under way knows which: it is good for nothing any more.
pub(super) fn expired(token: &str) -> EndpointError {
    let shown: String = token
        .chars()
        .filter(char::is_ascii_graphic)
        .take(64)
        .collect();
    EndpointError::Forbidden(OAuthError::new(
        OAuthErrorCode::AccessDenied,
        format!("'{shown}' has expired. Use a new 'oob_code' or 'mfa_token' and try again."),
    ))
}

pub(super) fn not_associated() -> EndpointError {
    EndpointError::invalid_request(
        "The 'oob_code' and the 'mfa_token' provided are not associated with each other.",
    )
}

pub(super) fn other_scopes(asked: &str, before: &[Scope]) -> EndpointError {
    let asked: String = asked.chars().take(200).collect();
    EndpointError::refused(
        OAuthErrorCode::InvalidScope,
        format!(
            "The requested scopes '{asked}' do not match the scopes requested in the original request '{}'.",
            join(before)
        ),
    )
}

pub(super) fn missing(parameter: &str) -> EndpointError {
    EndpointError::invalid_request(format!("The required parameter '{parameter}' is missing."))
}

/// The app may not use the grant.
pub(super) fn no_grant(grants: &[String]) -> EndpointError {
    EndpointError::refused(
        OAuthErrorCode::UnauthorizedClient,
        format!(
            "The client is not authorized to use the provided grant type. Configured grant types: [{}].",
            grants.join(", ")
        ),
    )
}

pub(super) fn too_many() -> EndpointError {
    EndpointError::TooMany(OAuthError::new(
        OAuthErrorCode::InvalidGrant,
        "API call exceeded rate limit due to too many requests.",
    ))
}

pub(super) fn unknown_channel(hint: &str) -> EndpointError {
    EndpointError::invalid_request(format!(
        "'{}' is not supported as a 'channel_hint'. Try again with another value.",
        shortened(hint)
    ))
}

pub(super) fn unknown_challenge_type(name: &str) -> EndpointError {
    EndpointError::refused(
        OAuthErrorCode::AccessDenied,
        format!(
            "'{}' is not supported as a 'challenge_type'. Try again with another value.",
            shortened(name)
        ),
    )
}

/// What was sent, as far as an error repeats it.
fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

/// A policy lets nobody in here.
pub(super) fn denied() -> EndpointError {
    EndpointError::refused(
        OAuthErrorCode::AccessDenied,
        "Policy evaluation failed for this request, please check the policy configurations.",
    )
}
