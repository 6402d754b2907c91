//! What a request says of an app, as it stands on the wire. Everything is optional here; [`super::check`] decides.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::apps::{
    Accessibility, ApplicationType, ConsentMethod, IdpInitiatedLogin, IssuerMode, Network, Notes,
    ResponseType, RotationType, TokenEndpointAuthMethod, UserNameTemplate, Visibility,
    WildcardRedirect,
};

/// An app of the sign-on mode `OPENID_CONNECT`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AppBody {
    pub(super) label: Option<String>,
    pub(super) credentials: Option<CredentialsBody>,
    pub(super) settings: Option<SettingsBody>,
    pub(super) visibility: Option<Visibility>,
    pub(super) accessibility: Option<Accessibility>,
    pub(super) profile: Option<Map<String, Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CredentialsBody {
    pub(super) oauth_client: Option<OAuthCredentials>,
    pub(super) user_name_template: Option<UserNameTemplate>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct OAuthCredentials {
    #[serde(rename = "autoKeyRotation")]
    pub(super) auto_key_rotation: Option<bool>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<SecretString>,
    pub(super) pkce_required: Option<bool>,
    pub(super) token_endpoint_auth_method: Option<TokenEndpointAuthMethod>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SettingsBody {
    pub(super) implicit_assignment: Option<bool>,
    pub(super) notes: Option<Notes>,
    pub(super) oauth_client: Option<OAuthClientBody>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct OAuthClientBody {
    pub(super) application_type: Option<ApplicationType>,
    pub(super) grant_types: Option<Vec<String>>,
    pub(super) response_types: Option<Vec<ResponseType>>,
    pub(super) redirect_uris: Option<Vec<String>>,
    pub(super) post_logout_redirect_uris: Option<Vec<String>>,
    pub(super) wildcard_redirect: Option<WildcardRedirect>,
    pub(super) initiate_login_uri: Option<String>,
    pub(super) idp_initiated_login: Option<IdpInitiatedLogin>,
    pub(super) consent_method: Option<ConsentMethod>,
    pub(super) issuer_mode: Option<IssuerMode>,
    pub(super) refresh_token: Option<RefreshTokenBody>,
    pub(super) client_uri: Option<String>,
    pub(super) logo_uri: Option<String>,
    pub(super) tos_uri: Option<String>,
    pub(super) policy_uri: Option<String>,
    pub(super) jwks: Option<JwksBody>,
    pub(super) jwks_uri: Option<String>,
    pub(super) network: Option<Network>,
    pub(super) dpop_bound_access_tokens: Option<bool>,
    pub(super) participate_slo: Option<bool>,
    pub(super) frontchannel_logout_uri: Option<String>,
    pub(super) frontchannel_logout_session_required: Option<bool>,
    // What follows is not built. It is read so that nobody believes that it holds.
    pub(super) sector_identifier_uri: Option<Value>,
    pub(super) subject_type: Option<String>,
    pub(super) request_object_signing_alg: Option<Value>,
    pub(super) id_token_encrypted_response_alg: Option<Value>,
    pub(super) backchannel_authentication_request_signing_alg: Option<Value>,
    pub(super) backchannel_custom_authenticator_id: Option<Value>,
    pub(super) backchannel_token_delivery_mode: Option<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RefreshTokenBody {
    pub(super) rotation_type: RotationType,
    pub(super) leeway: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct JwksBody {
    #[serde(default)]
    pub(super) keys: Vec<Map<String, Value>>,
}
