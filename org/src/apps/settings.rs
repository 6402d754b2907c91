//! How an app takes part in OAuth, in Okta's words: `settings.oauthClient` of the management API.

use serde::{Deserialize, Serialize};

/// The settings of an app beyond those that every request needs. The names are those of the wire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ClientSettings {
    pub(crate) client_uri: Option<String>,
    pub(crate) logo_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tos_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) policy_uri: Option<String>,
    pub(crate) response_types: Vec<ResponseType>,
    /// Where a sign-in begins that somebody else than the app wishes for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) initiate_login_uri: Option<String>,
    pub(crate) consent_method: ConsentMethod,
    pub(crate) issuer_mode: IssuerMode,
    pub(crate) idp_initiated_login: IdpInitiatedLogin,
    pub(crate) wildcard_redirect: WildcardRedirect,
    /// Nothing for an app without the grant `refresh_token`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<RefreshTokenSettings>,
    /// Where the keys of the app are published, if it does not give them to the org.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) jwks_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) network: Option<Network>,
    /// Whether its access tokens are bound to a key (RFC 9449).
    pub(crate) dpop_bound_access_tokens: bool,
    /// Whether the app is told when a person signs out elsewhere.
    pub(crate) participate_slo: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frontchannel_logout_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frontchannel_logout_session_required: Option<bool>,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            client_uri: None,
            logo_uri: None,
            tos_uri: None,
            policy_uri: None,
            response_types: vec![ResponseType::Code],
            initiate_login_uri: None,
            consent_method: ConsentMethod::Trusted,
            issuer_mode: IssuerMode::Dynamic,
            idp_initiated_login: IdpInitiatedLogin::default(),
            wildcard_redirect: WildcardRedirect::Disabled,
            refresh_token: None,
            jwks_uri: None,
            network: None,
            dpop_bound_access_tokens: false,
            participate_slo: false,
            frontchannel_logout_uri: None,
            frontchannel_logout_session_required: None,
        }
    }
}

/// What the authorize endpoint may answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ResponseType {
    Code,
    Token,
    IdToken,
}

/// Whether people are asked before the app learns of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum ConsentMethod {
    Trusted,
    Required,
}

/// What stands as `iss` in tokens. The org has one address, so all three are the same here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum IssuerMode {
    OrgUrl,
    CustomUrl,
    Dynamic,
}

/// Whether redirect URIs may hold a `*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum WildcardRedirect {
    Disabled,
    /// One, in the first label of the host.
    Subdomain,
}

/// Sign-ins that begin at the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IdpInitiatedLogin {
    pub(crate) mode: IdpInitiatedMode,
    #[serde(default)]
    pub(crate) default_scope: Vec<String>,
}

impl Default for IdpInitiatedLogin {
    fn default() -> Self {
        Self {
            mode: IdpInitiatedMode::Disabled,
            default_scope: Vec::new(),
        }
    }
}

/// How they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum IdpInitiatedMode {
    Disabled,
    /// The org sends tokens.
    Okta,
    /// The org leads the browser to `initiate_login_uri` (OpenID Connect Core §4).
    Spec,
}

/// What becomes of a refresh token when it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RefreshTokenSettings {
    pub(crate) rotation_type: RotationType,
    /// For how many seconds the one before still counts after a rotation: 0 to 60.
    #[serde(default = "usual_leeway")]
    pub(crate) leeway: u8,
}

/// The longest leeway that Okta allows, in seconds.
pub(crate) const MOST_LEEWAY: u8 = 60;

/// Okta's default, in seconds.
const fn usual_leeway() -> u8 {
    30
}

impl RefreshTokenSettings {
    /// Okta's defaults: an app in a browser gets a new one each time.
    pub(crate) const fn usual(is_browser: bool) -> Self {
        Self {
            rotation_type: if is_browser {
                RotationType::Rotate
            } else {
                RotationType::Static
            },
            leeway: if is_browser { usual_leeway() } else { 0 },
        }
    }
}

/// Whether a use gives a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum RotationType {
    Rotate,
    Static,
}

/// From where the app may ask for tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Network {
    pub(crate) connection: NetworkConnection,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) include: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) exclude: Vec<String>,
}

/// Which places are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum NetworkConnection {
    Anywhere,
    Zone,
}
