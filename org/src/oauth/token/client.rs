use http::HeaderMap;
use jiff::Timestamp;
use model::{AppId, OAuthError, OAuthErrorCode};
use rusqlite::Connection;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::assertion::{Assertion, Proven};
use super::credentials::{self, Credentials};
use crate::Org;
use crate::apps::{App, KeyRecord, TokenEndpointAuthMethod, find_app, list_keys, open_secret};
use crate::events::Origin;
use crate::failure::Failure;
use crate::oauth::error::EndpointError;
use crate::oauth::log;
use crate::oauth::parameters::Parameters;
use crate::paths;
use crate::seal::SealBroken;
use crate::store::Moment;

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
    let (app, proven) = find(org, &credentials)?;
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

fn find(org: &Org, credentials: &Credentials) -> Result<(App, Option<Proven>), EndpointError> {
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
        let keys = org.store().read(|db| list_keys(db, &app.id))?;
        let proven = believe(org, &app, &keys, assertion);
        let proven = proven.map_err(|text| refused(credentials, text))?;
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
        _ => Err(refused(
            credentials,
            "Client authentication failed. Either the client or the client credentials are invalid.",
        )),
    }
}

/// Whether the app signed it, for one of the org's authorization servers.
fn believe(
    org: &Org,
    app: &App,
    keys: &[KeyRecord],
    assertion: &Assertion,
) -> Result<Proven, &'static str> {
    if app.token_endpoint_auth_method != TokenEndpointAuthMethod::PrivateKeyJwt {
        return Err(
            "Client authentication failed. Either the client or the client credentials are invalid.",
        );
    }
    let servers = org.servers();
    let audiences: Vec<String> = servers
        .all()
        .flat_map(|server| {
            let endpoint = |path: &str| org.url().to(&server.path_of(path));
            [
                server.issuer.clone(),
                endpoint(paths::TOKEN),
                endpoint(paths::REVOKE),
                endpoint(paths::INTERACT),
            ]
        })
        .collect();
    assertion.check(app.id.as_str(), keys, &audiences, org.now())
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
