//! `portico org token`: a token for the management API of the local org, which at Okta is made in the Admin Console.

use std::process::ExitCode;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use bff::{HttpClient as _, HttpError, ReqwestClient};
use org::ApiTokenError;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;

use crate::ambient::{SystemClock, SystemEntropy};
use crate::config::{LocalOrgConfig, TokenArgs};
use crate::local_org;
use crate::start_error::StartError;

/// Why there is no token, and what would help.
#[derive(Debug, thiserror::Error)]
pub enum NoToken {
    /// The org runs and refuses.
    #[error("the org at {0} refuses: {1}")]
    Refused(Url, String),
    /// The org runs and its answer makes no sense.
    #[error("the org at {0} gave no answer that can be read; is it another program?")]
    Unreadable(Url),
    /// There is no org to make a token for.
    #[error("there is no org in {0}; start it once with `portico org`, or set ORG_DATA_DIR")]
    NoOrg(String),
    /// The org does not run and cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// It was opened and refuses.
    #[error(transparent)]
    Org(#[from] ApiTokenError),
}

/// Prints a token and nothing else, so that a script can keep it in a variable.
pub async fn run(args: &TokenArgs, config: &LocalOrgConfig, app_url: &Url) -> ExitCode {
    match make(args, config, app_url).await {
        Ok(token) => {
            println!("{}", token.expose_secret());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("portico org token: {error}");
            ExitCode::FAILURE
        }
    }
}

/// From the org that runs, in development mode on this machine; else from its data directory.
async fn make(
    args: &TokenArgs,
    config: &LocalOrgConfig,
    app_url: &Url,
) -> Result<SecretString, NoToken> {
    if local_org::has_dev_pages(config)?
        && let Some(token) = from_running(args, &config.org_url).await?
    {
        return Ok(token);
    }
    if !config.org_data_dir.join("org.sqlite3").exists() {
        return Err(NoToken::NoOrg(config.org_data_dir.display().to_string()));
    }
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let org = local_org::open(config, app_url, clock, entropy).await?;
    let made = org
        .create_api_token(args.login.as_deref(), &args.name)
        .await?;
    Ok(made.token)
}

/// Asks the org that runs. Nothing when none does, or when it has no pages for developers.
async fn from_running(args: &TokenArgs, org_url: &Url) -> Result<Option<SecretString>, NoToken> {
    let unreadable = || NoToken::Unreadable(org_url.clone());
    let address = org_url.join("/dev/api-token").map_err(|_| unreadable())?;
    let mut body = json!({"name": args.name});
    if let Some(login) = &args.login {
        body["login"] = json!(login);
    }
    let request = Request::post(address.as_str())
        .header(CONTENT_TYPE, "application/json")
        .body(Bytes::from(body.to_string()))
        .map_err(|_| unreadable())?;
    let answer = match ReqwestClient::for_issuer(org_url).send(request).await {
        Ok(answer) => answer,
        Err(HttpError::Connect(_)) => return Ok(None),
        Err(_) => return Err(unreadable()),
    };
    let body: Value = serde_json::from_slice(answer.body()).map_err(|_| unreadable())?;
    match (
        answer.status(),
        body["token"].as_str(),
        body["error"].as_str(),
    ) {
        (StatusCode::CREATED, Some(token), _) => Ok(Some(token.to_owned().into())),
        (_, _, Some(reason)) => Err(NoToken::Refused(org_url.clone(), reason.to_owned())),
        // Okta's envelope: there is no such path.
        _ if body["errorCode"].is_string() => Ok(None),
        _ => Err(unreadable()),
    }
}
