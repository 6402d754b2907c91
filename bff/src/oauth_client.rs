use std::fmt;

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, Client, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ExtraTokenFields, RedirectUrl, StandardRevocableToken, StandardTokenResponse, TokenUrl,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::config::{ClientAuthentication, ClientCredentials};

/// The OAuth client of this app, by the endpoints that it knows.
type AppClient<Authorization, Token> = Client<
    BasicErrorResponse,
    TokenResponse,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    Authorization,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    Token,
>;

/// A client that can send a browser to the org.
pub(crate) type AuthorizationClient = AppClient<EndpointSet, EndpointNotSet>;
/// A client that can redeem codes.
pub(crate) type TokenClient = AppClient<EndpointNotSet, EndpointSet>;

/// A token response of an OpenID provider (OpenID Connect Core §3.1.3.3).
pub(crate) type TokenResponse = StandardTokenResponse<IdTokenField, BasicTokenType>;

/// What OpenID Connect adds to a token response.
#[derive(Serialize, Deserialize)]
pub(crate) struct IdTokenField {
    // `oauth2` demands `Serialize` of every field; the token itself is never written.
    #[serde(skip_serializing)]
    pub(crate) id_token: Option<String>,
}

impl ExtraTokenFields for IdTokenField {}

impl fmt::Debug for IdTokenField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenField").finish_non_exhaustive()
    }
}

pub(crate) fn for_authorization(
    credentials: &ClientCredentials,
    endpoint: &Url,
    redirect_uri: RedirectUrl,
) -> AuthorizationClient {
    unconnected(credentials)
        .set_auth_uri(AuthUrl::from_url(endpoint.clone()))
        .set_redirect_uri(redirect_uri)
}

pub(crate) fn for_tokens(credentials: &ClientCredentials, endpoint: &Url) -> TokenClient {
    unconnected(credentials).set_token_uri(TokenUrl::from_url(endpoint.clone()))
}

fn unconnected(credentials: &ClientCredentials) -> AppClient<EndpointNotSet, EndpointNotSet> {
    let client = Client::new(ClientId::new(credentials.client_id.clone()));
    match &credentials.authentication {
        ClientAuthentication::SecretBasic(secret) => client
            .set_auth_type(AuthType::BasicAuth)
            .set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
        ClientAuthentication::SecretPost(secret) => client
            .set_auth_type(AuthType::RequestBody)
            .set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
        // What proves who asks is added to each request.
        ClientAuthentication::SecretJwt(_)
        | ClientAuthentication::PrivateKeyJwt(_)
        | ClientAuthentication::None => client.set_auth_type(AuthType::RequestBody),
    }
}
