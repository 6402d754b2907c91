use serde::{Deserialize, Serialize};
use std::fmt;

/// Why signing in failed: a stable code that a person can quote, with its cause and remedy in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInErrorCode {
    /// The callback lacks a parameter, or has one twice.
    CallbackMalformed,
    /// No transaction cookie belongs to the `state` that came back.
    TransactionUnknown,
    /// The sign-in took longer than the transaction lives.
    TransactionExpired,
    /// The `iss` parameter names another org (RFC 9207).
    CallbackIssuerMismatch,
    /// A link to sign in names another org than this app trusts.
    LinkIssuerMismatch,
    /// The org answered `access_denied`.
    AccessDenied,
    /// The user is not assigned to the app.
    NotAssigned,
    /// The org wanted to talk to the person, but the app had asked it not to.
    InteractionRequired,
    /// The org answered the authorization request with another error.
    OrgRefused,
    /// The org answered `invalid_scope`: it does not give this app what was asked for.
    ScopeRefused,
    /// The org could not be reached, or took too long, or answered with a 5xx or 429.
    OrgUnreachable,
    /// The metadata of the org is unusable, or names another issuer than configured.
    OrgMisconfigured,
    /// The org refused the app's own credentials.
    ClientRefused,
    /// The org refused the authorization code.
    CodeRefused,
    /// The answer of the token endpoint is not a token response.
    TokenResponseInvalid,
    /// The ID token is not well-formed, or lacks a required claim.
    IdTokenMalformed,
    /// The ID token is not signed by a key of the org with the expected algorithm.
    IdTokenSignature,
    /// `iss` of the ID token is another issuer.
    IdTokenIssuer,
    /// `aud` or `azp` of the ID token is another client.
    IdTokenAudience,
    /// `nonce` of the ID token is not the one of this sign-in.
    IdTokenNonce,
    /// The ID token has expired already.
    IdTokenExpired,
    /// The ID token was issued in the future: the clocks differ.
    IdTokenFromTheFuture,
    /// The sign-in behind the ID token is older or weaker than asked for.
    AuthenticationInsufficient,
    /// Somebody else proved who they are where the person of the session had to.
    OtherPerson,
    /// Userinfo speaks of another person than the ID token.
    UserinfoMismatch,
    /// The app's session store cannot be reached.
    StoreUnavailable,
    /// A fault of the app; the log has the details.
    Internal,
}

/// The words that belong to a [`SignInErrorCode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Words {
    code: &'static str,
    status: u16,
    cause: &'static str,
    remedy: &'static str,
}

impl SignInErrorCode {
    /// Every code, for tests and for the documentation.
    pub const ALL: [Self; 27] = [
        Self::CallbackMalformed,
        Self::TransactionUnknown,
        Self::TransactionExpired,
        Self::CallbackIssuerMismatch,
        Self::LinkIssuerMismatch,
        Self::AccessDenied,
        Self::NotAssigned,
        Self::InteractionRequired,
        Self::OrgRefused,
        Self::ScopeRefused,
        Self::OrgUnreachable,
        Self::OrgMisconfigured,
        Self::ClientRefused,
        Self::CodeRefused,
        Self::TokenResponseInvalid,
        Self::IdTokenMalformed,
        Self::IdTokenSignature,
        Self::IdTokenIssuer,
        Self::IdTokenAudience,
        Self::IdTokenNonce,
        Self::IdTokenExpired,
        Self::IdTokenFromTheFuture,
        Self::AuthenticationInsufficient,
        Self::OtherPerson,
        Self::UserinfoMismatch,
        Self::StoreUnavailable,
        Self::Internal,
    ];

    /// The stable code shown to people and written to the log, such as `id_token_nonce`.
    pub const fn as_str(self) -> &'static str {
        self.words().code
    }

    /// The HTTP status of the error page.
    pub const fn status(self) -> u16 {
        self.words().status
    }

    /// One sentence: what happened.
    pub const fn cause(self) -> &'static str {
        self.words().cause
    }

    /// One sentence: what to do about it.
    pub const fn remedy(self) -> &'static str {
        self.words().remedy
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one entry for each code, and nothing else"
    )]
    const fn words(self) -> Words {
        match self {
            Self::CallbackMalformed => words(
                "callback_malformed",
                400,
                "The answer of the sign-in page is incomplete or contains a value twice.",
                "Start signing in again from the home page.",
            ),
            Self::TransactionUnknown => words(
                "transaction_unknown",
                400,
                "This browser did not start this sign-in, or it has been finished already.",
                "Start signing in again; if it repeats, allow cookies for this site.",
            ),
            Self::TransactionExpired => words(
                "transaction_expired",
                400,
                "Signing in took longer than ten minutes.",
                "Start signing in again.",
            ),
            Self::CallbackIssuerMismatch => words(
                "callback_issuer_mismatch",
                400,
                "The answer came from another org than the one this app trusts.",
                "Start signing in again from the home page; if it repeats, tell the administrator of this app.",
            ),
            Self::LinkIssuerMismatch => words(
                "link_issuer_mismatch",
                400,
                "The link that led here belongs to another org than the one this app trusts.",
                "Sign in from the home page of this app.",
            ),
            Self::AccessDenied => words(
                "access_denied",
                403,
                "The sign-in was cancelled, or a policy of the org does not allow it.",
                "Sign in again, or ask the administrator of the org for access.",
            ),
            Self::NotAssigned => words(
                "not_assigned",
                403,
                "Your account is not assigned to this app.",
                "Ask the administrator of the org to assign the app to you or to one of your groups.",
            ),
            Self::InteractionRequired => words(
                "interaction_required",
                403,
                "The org needs you to sign in, but was asked not to show a page.",
                "Sign in from the home page.",
            ),
            Self::OrgRefused => words(
                "org_refused",
                502,
                "The org refused the request of this app.",
                "Tell the administrator of this app; the log names the reason that the org gave.",
            ),
            Self::ScopeRefused => words(
                "scope_refused",
                403,
                "The org does not let this app ask for that.",
                "The administrator can grant the scopes to the app in the org. Whoever was signed in still is.",
            ),
            Self::OrgUnreachable => words(
                "org_unreachable",
                503,
                "The org that signs you in cannot be reached right now.",
                "Try again in a minute; nothing you did is lost.",
            ),
            Self::OrgMisconfigured => words(
                "org_misconfigured",
                502,
                "What the org says about itself does not fit the configuration of this app.",
                "The administrator should compare OKTA_ISSUER with the issuer in the org's discovery document.",
            ),
            Self::ClientRefused => words(
                "client_refused",
                502,
                "The org does not accept the credentials of this app.",
                "The administrator should compare OKTA_CLIENT_ID and OKTA_CLIENT_SECRET with the app in the org.",
            ),
            Self::CodeRefused => words(
                "code_refused",
                400,
                "The org no longer accepts this sign-in: it expired, was used before, or the account has changed.",
                "Sign in again; if it repeats, ask the administrator whether your account is active.",
            ),
            Self::TokenResponseInvalid => words(
                "token_response_invalid",
                502,
                "The org answered the app with something that is not a token.",
                "Try again; if it repeats, tell the administrator of this app.",
            ),
            Self::IdTokenMalformed => words(
                "id_token_malformed",
                502,
                "The org sent an identity that lacks a required statement.",
                "Try again; if it repeats, tell the administrator of this app.",
            ),
            Self::IdTokenSignature => words(
                "id_token_signature",
                502,
                "The identity that arrived is not signed by the org.",
                "Do not continue from here; sign in again from the home page, and tell the administrator if it repeats.",
            ),
            Self::IdTokenIssuer => words(
                "id_token_issuer",
                502,
                "The identity that arrived was issued by another org.",
                "The administrator should compare OKTA_ISSUER with the org that issues the tokens.",
            ),
            Self::IdTokenAudience => words(
                "id_token_audience",
                502,
                "The identity that arrived was meant for another app.",
                "The administrator should compare OKTA_CLIENT_ID with the app in the org.",
            ),
            Self::IdTokenNonce => words(
                "id_token_nonce",
                502,
                "The identity that arrived does not belong to this sign-in.",
                "Sign in again from the home page; do not use links to sign in that others sent you.",
            ),
            Self::IdTokenExpired => words(
                "id_token_expired",
                502,
                "The identity that arrived has expired already.",
                "Sign in again; if it repeats, the clock of this server or of the org is wrong.",
            ),
            Self::IdTokenFromTheFuture => words(
                "id_token_from_the_future",
                502,
                "The identity that arrived is dated in the future: the clocks of this app and of the org differ.",
                "The administrator should set the clock of this server by a time service.",
            ),
            Self::AuthenticationInsufficient => words(
                "authentication_insufficient",
                403,
                "The org did not check your identity as recently or as strongly as this page demands.",
                "Sign in again and complete every step the org shows.",
            ),
            Self::OtherPerson => words(
                "other_person",
                403,
                "Somebody else answered where you had to prove again who you are, so nothing was changed and your session goes on as it was.",
                "Try again with your own account, or sign out first to use the other one.",
            ),
            Self::UserinfoMismatch => words(
                "userinfo_mismatch",
                502,
                "The org described another person than the one who signed in.",
                "Sign in again; if it repeats, tell the administrator of this app.",
            ),
            Self::StoreUnavailable => words(
                "store_unavailable",
                503,
                "This app cannot check sessions right now.",
                "Try again in a minute; you have not been signed out.",
            ),
            Self::Internal => words(
                "internal",
                500,
                "Something went wrong inside this app.",
                "Try again; if it repeats, tell the administrator the code and the time.",
            ),
        }
    }
}

const fn words(
    code: &'static str,
    status: u16,
    cause: &'static str,
    remedy: &'static str,
) -> Words {
    Words {
        code,
        status,
        cause,
        remedy,
    }
}

/// A failed sign-in as the page shows it: the code, and what the org itself said about it, if anything.
///
/// It crosses to the browser, so it holds nothing internal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInError {
    /// What went wrong.
    pub code: SignInErrorCode,
    /// The org's own `error_description`: untrusted text of at most 200 characters, to be shown as text only.
    pub said_by_org: Option<String>,
}

impl SignInError {
    /// Keeps what the org said, cut to 200 characters and without control characters.
    pub fn with_description(code: SignInErrorCode, description: &str) -> Self {
        let text: String = description
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect();
        Self {
            code,
            said_by_org: Some(text).filter(|text| !text.trim().is_empty()),
        }
    }
}

impl From<SignInErrorCode> for SignInError {
    fn from(code: SignInErrorCode) -> Self {
        Self {
            code,
            said_by_org: None,
        }
    }
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.code.cause())
    }
}

impl std::error::Error for SignInError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique_and_says_cause_and_remedy_in_a_sentence() {
        let codes: std::collections::BTreeSet<_> = SignInErrorCode::ALL
            .iter()
            .map(|code| code.as_str())
            .collect();
        assert_eq!(codes.len(), SignInErrorCode::ALL.len());
        for code in SignInErrorCode::ALL {
            assert!(
                code.cause().ends_with('.') && code.remedy().ends_with('.'),
                "{}",
                code.as_str()
            );
            assert!((400..600).contains(&code.status()));
        }
    }

    #[test]
    fn the_wire_name_and_the_shown_code_are_the_same() {
        for code in SignInErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).ok(), Some(code.as_str().into()));
        }
    }

    #[test]
    fn what_the_org_said_is_cut_and_cleaned() {
        let long = SignInError::with_description(
            SignInErrorCode::OrgRefused,
            &format!("a\r\n\t{}", "ü".repeat(500)),
        );
        let said = long.said_by_org.expect("a text");
        assert_eq!(said.chars().count(), 200);
        assert!(!said.contains(['\r', '\n', '\t']));
        assert_eq!(
            SignInError::with_description(SignInErrorCode::OrgRefused, " \n").said_by_org,
            None
        );
    }
}
