use http::HeaderMap;
use model::{OAuthError, OAuthErrorCode};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::credentials::{self, Credentials};
use crate::Org;
use crate::apps::{App, TokenEndpointAuthMethod, find_app, open_secret};
use crate::events::Origin;
use crate::oauth::error::EndpointError;
use crate::oauth::log;
use crate::oauth::parameters::Parameters;
use crate::seal::SealBroken;

/// Finds the app that sends a request and makes sure that it is that app.
///
/// A secret counts in the header and in the body alike, whichever the app is registered for: Okta's own SDK sends it in the
/// body. An app without a secret is named, not authenticated; PKCE protects what it gets.
pub(crate) async fn authenticate(
    org: &Org,
    origin: &Origin,
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Result<App, EndpointError> {
    let credentials = credentials::read(headers, parameters);
    let named = credentials.as_ref().ok().map(|read| read.client_id.clone());
    let found = credentials.and_then(|credentials| find(org, credentials));
    if let Err(EndpointError::Refused(error) | EndpointError::BadHeader(error)) = &found
        && error.error == OAuthErrorCode::InvalidClient
    {
        log::invalid_client(org, origin, named.as_deref()).await?;
    }
    found
}

fn find(org: &Org, credentials: Credentials) -> Result<App, EndpointError> {
    let found = org
        .store()
        .read(|db| find_app(db, &credentials.client_id))?;
    let Some(app) = found else {
        return Err(refused(
            &credentials,
            "Invalid value for 'client_id' parameter.",
        ));
    };
    match (app.token_endpoint_auth_method, &credentials.secret) {
        (TokenEndpointAuthMethod::None, None) => Ok(app),
        (
            TokenEndpointAuthMethod::ClientSecretBasic | TokenEndpointAuthMethod::ClientSecretPost,
            Some(presented),
        ) => {
            if is_one_of(org, &app, presented)? {
                Ok(app)
            } else {
                Err(refused(
                    &credentials,
                    "The client secret supplied for a confidential client is invalid.",
                ))
            }
        }
        _ => Err(refused(
            &credentials,
            "Client authentication failed. Either the client or the client credentials are invalid.",
        )),
    }
}

/// Whether it is a secret of the app. All of them are compared.
fn is_one_of(org: &Org, app: &App, presented: &SecretString) -> Result<bool, SealBroken> {
    let mut found = false;
    for sealed in &app.secrets_sealed {
        let secret = open_secret(&app.id, sealed, org.sealer())?;
        found |= is_same(secret.expose_secret().as_bytes(), presented);
    }
    Ok(found)
}

fn is_same(secret: &[u8], presented: &SecretString) -> bool {
    secret.ct_eq(presented.expose_secret().as_bytes()).into()
}

fn refused(credentials: &Credentials, text: &str) -> EndpointError {
    let error = OAuthError::new(OAuthErrorCode::InvalidClient, text);
    if credentials.in_header {
        EndpointError::BadHeader(error)
    } else {
        EndpointError::Refused(error)
    }
}
