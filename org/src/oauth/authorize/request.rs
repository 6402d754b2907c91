use model::{AppId, UserId};
use serde::{Deserialize, Serialize};

use crate::authenticator::AuthenticatorKey;
use crate::oauth::Scope;
use crate::oauth::server::ORG_SERVER;
use crate::policy::global_session::Demand;

/// How the answer travels to the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ResponseMode {
    /// In the query of a redirect.
    Query,
    /// In a form that the browser posts (OAuth 2.0 Form Post Response Mode).
    FormPost,
}

/// A checked authorization request. It is stored as it is and never changes: what a browser sends later is an answer to the
/// sign-in page, not a part of the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AuthorizationRequest {
    /// The authorization server it was sent to.
    pub(crate) server: String,
    pub(crate) issuer: String,
    pub(crate) app_id: AppId,
    pub(crate) redirect_uri: String,
    pub(crate) response_mode: ResponseMode,
    pub(crate) state: String,
    pub(crate) nonce: Option<String>,
    pub(crate) scopes: Vec<Scope>,
    /// The PKCE challenge; the method is always S256.
    pub(crate) code_challenge: Option<String>,
    /// `prompt=none`: no page may be shown.
    pub(crate) is_silent: bool,
    /// What a session must be to answer.
    pub(crate) demand: Demand,
    pub(crate) acr: Option<String>,
    pub(crate) login_hint: Option<String>,
    /// The user of the `id_token_hint`: nobody else's session may answer.
    pub(crate) expected_user: Option<UserId>,
    /// Nobody asked: a link began the sign-in, and the browser goes here when it is over, with a session and without a code.
    #[serde(default)]
    pub(crate) landing: Option<String>,
    /// The app carries what the person says to the token endpoint, and no browser takes part.
    #[serde(default)]
    pub(crate) is_direct: bool,
    /// What the app wants the person to set up, in this order. Where that is anything, the app gets no code.
    #[serde(default)]
    pub(crate) enroll: Vec<AuthenticatorKey>,
}

impl AuthorizationRequest {
    /// The request that nobody sent: what follows a link is judged by the policies of `app` and leads to its address.
    pub(crate) fn of_nobody(app: AppId, landing: String) -> Self {
        Self {
            server: ORG_SERVER.to_owned(),
            issuer: String::new(),
            app_id: app,
            redirect_uri: landing.clone(),
            response_mode: ResponseMode::Query,
            state: String::new(),
            nonce: None,
            scopes: Vec::new(),
            code_challenge: None,
            is_silent: false,
            demand: Demand {
                fresh_sign_in: false,
                max_age: None,
            },
            acr: None,
            login_hint: None,
            expected_user: None,
            landing: Some(landing),
            is_direct: false,
            enroll: Vec::new(),
        }
    }
}
