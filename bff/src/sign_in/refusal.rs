//! What the error answers of the org mean to a person.

use model::SignInErrorCode;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType};

use crate::fault::Fault;

/// Okta's words for a person who may not use the app.
const NOT_ASSIGNED: &str = "User is not assigned to the client application.";

/// The longest part of an error code that goes to the log, in characters.
const MAX_LOGGED: usize = 64;

/// An error answer of the authorization endpoint (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
pub(super) fn of_authorization(error: &str, description: Option<&str>) -> Fault {
    let code = match error {
        "access_denied" => access_denied(description),
        "login_required"
        | "interaction_required"
        | "consent_required"
        | "account_selection_required" => SignInErrorCode::InteractionRequired,
        "unmet_authentication_requirements" => SignInErrorCode::AuthenticationInsufficient,
        "invalid_scope" => SignInErrorCode::ScopeRefused,
        "temporarily_unavailable" | "server_error" => SignInErrorCode::OrgUnreachable,
        _ => SignInErrorCode::OrgRefused,
    };
    fault(code, "authorization", error, description)
}

/// An error answer of the token endpoint (RFC 6749 §5.2).
pub(super) fn of_token(refusal: &BasicErrorResponse) -> Fault {
    let description = refusal.error_description().map(String::as_str);
    let code = match refusal.error() {
        BasicErrorResponseType::InvalidGrant => SignInErrorCode::CodeRefused,
        BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => {
            SignInErrorCode::ClientRefused
        }
        BasicErrorResponseType::Extension(name) if name == "access_denied" => {
            access_denied(description)
        }
        BasicErrorResponseType::InvalidRequest
        | BasicErrorResponseType::InvalidScope
        | BasicErrorResponseType::UnsupportedGrantType
        | BasicErrorResponseType::Extension(_) => SignInErrorCode::OrgRefused,
    };
    fault(code, "token", refusal.error().as_ref(), description)
}

fn access_denied(description: Option<&str>) -> SignInErrorCode {
    if description == Some(NOT_ASSIGNED) {
        SignInErrorCode::NotAssigned
    } else {
        SignInErrorCode::AccessDenied
    }
}

fn fault(code: SignInErrorCode, endpoint: &str, error: &str, description: Option<&str>) -> Fault {
    let error: String = error
        .chars()
        .filter(char::is_ascii_graphic)
        .take(MAX_LOGGED)
        .collect();
    Fault::new(code, format!("the {endpoint} endpoint answered `{error}`")).said_by_org(description)
}
