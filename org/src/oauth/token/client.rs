use http::HeaderMap;
use jiff::Timestamp;
use model::{AppId, OAuthError, OAuthErrorCode};
use rusqlite::Connection;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::assertion::Proven;
use super::assertion_key::Signer;
use super::credentials::{self, Credentials};
use crate::Org;
use crate::apps::{App, Jwk, TokenEndpointAuthMethod, find_app, list_keys, open_secret};
use crate::events::Origin;
use crate::failure::Failure;
use crate::oauth::error::EndpointError;
use crate::oauth::log;
use crate::oauth::parameters::Parameters;
use crate::paths;
use crate::policy::Status;
use crate::seal::SealBroken;
use crate::store::Moment;

/// What those hear who show what the app is not registered for.
const NOT_AUTHENTICATED: &str =
    "Client authentication failed. Either the client or the client credentials are invalid.";

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
    let found = match credentials {
        Ok(credentials) => check(org, credentials).await,
        Err(error) => Err(error),
    };
    if let Err(EndpointError::Refused(error) | EndpointError::BadHeader(error)) = &found
        && error.error == OAuthErrorCode::InvalidClient
    {
        log::invalid_client(org, origin, named.as_deref()).await?;
    }
    found
}

/// Compares the credentials, and remembers an assertion, which counts once.
async fn check(org: &Org, credentials: Credentials) -> Result<App, EndpointError> {
    let (app, proven) = find(org, &credentials).await?;
    if let Some(proven) = proven {
        let (id, now) = (app.id.clone(), org.now());
        let is_first = org
            .store()
            .write(move |db| remember(db, &id, proven, now).map_err(Failure::from))
            .await?;
        if !is_first {
            return Err(refused(
                &credentials,
                "The client_assertion token has been used before.",
            ));
        }
    }
    Ok(app)
}

/// Of all that show the same assertion, one hears `true`.
fn remember(
    db: &Connection,
    app: &AppId,
    proven: Proven,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "DELETE FROM client_assertions WHERE (app_id, jti_hash) IN \
         (SELECT app_id, jti_hash FROM client_assertions WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
    )?
    .execute([Moment(now)])?;
    let kept = db
        .prepare_cached(
            "INSERT OR IGNORE INTO client_assertions (app_id, jti_hash, expires_at) VALUES (?1, ?2, ?3)",
        )?
        .execute((app.as_str(), proven.jti, Moment(proven.expires_at)))?;
    Ok(kept == 1)
}

async fn find(
    org: &Org,
    credentials: &Credentials,
) -> Result<(App, Option<Proven>), EndpointError> {
    let found = org
        .store()
        .read(|db| find_app(db, &credentials.client_id))?;
    let Some(app) = found else {
        return Err(refused(
            credentials,
            "Invalid value for 'client_id' parameter.",
        ));
    };
    if let Some(assertion) = &credentials.assertion {
        let signer = signer(org, &app, assertion.kid()).await?;
        let signer = signer.ok_or_else(|| refused(credentials, NOT_AUTHENTICATED))?;
        let proven = assertion
            .check(app.id.as_str(), &signer, &audiences(org), org.now())
            .map_err(|text| refused(credentials, text))?;
        return Ok((app, Some(proven)));
    }
    match (app.token_endpoint_auth_method, &credentials.secret) {
        (TokenEndpointAuthMethod::None, None) => Ok((app, None)),
        (
            TokenEndpointAuthMethod::ClientSecretBasic | TokenEndpointAuthMethod::ClientSecretPost,
            Some(presented),
        ) => {
            if is_one_of(org, &app, presented)? {
                Ok((app, None))
            } else {
                Err(refused(
                    credentials,
                    "The client secret supplied for a confidential client is invalid.",
                ))
            }
        }
        _ => Err(refused(credentials, NOT_AUTHENTICATED)),
    }
}

/// What the app signs by, if it is registered to sign. `kid`: the key that is asked for.
async fn signer(org: &Org, app: &App, kid: Option<&str>) -> Result<Option<Signer>, EndpointError> {
    Ok(match app.token_endpoint_auth_method {
        TokenEndpointAuthMethod::PrivateKeyJwt => {
            let keys = match &app.settings.jwks_uri {
                Some(uri) => {
                    let published = org.published_keys();
                    published.find(org.outbound(), uri, kid, org.now()).await
                }
                None => registered_keys(org, &app.id)?,
            };
            Some(Signer::Keys(keys))
        }
        TokenEndpointAuthMethod::ClientSecretJwt => {
            let sealed = app.secrets_sealed.iter();
            let secrets = sealed.map(|sealed| open_secret(&app.id, sealed, org.sealer()));
            Some(Signer::Secrets(secrets.collect::<Result<_, _>>()?))
        }
        TokenEndpointAuthMethod::ClientSecretBasic
        | TokenEndpointAuthMethod::ClientSecretPost
        | TokenEndpointAuthMethod::None => None,
    })
}

/// The keys that were given to the org, and count.
fn registered_keys(org: &Org, app: &AppId) -> Result<Vec<Jwk>, EndpointError> {
    let keys = org.store().read(|db| list_keys(db, app))?;
    let active = keys.into_iter().filter(|key| key.status == Status::Active);
    Ok(active.map(|key| key.jwk).collect())
}

/// What an assertion may be addressed to: an authorization server, or one of its endpoints that apps authenticate at.
fn audiences(org: &Org) -> Vec<String> {
    const ENDPOINTS: [&str; 9] = [
        paths::TOKEN,
        paths::REVOKE,
        paths::INTROSPECT,
        paths::INTERACT,
        paths::PAR,
        paths::DEVICE_AUTHORIZE,
        paths::CHALLENGE,
        paths::PRIMARY_AUTHENTICATE,
        paths::OOB_AUTHENTICATE,
    ];
    org.servers()
        .all()
        .flat_map(|server| {
            let endpoint = |path: &str| org.url().to(&server.path_of(path));
            let endpoints = ENDPOINTS.map(endpoint);
            std::iter::once(server.issuer.clone()).chain(endpoints)
        })
        .collect()
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
