//! Where the API token comes from, and that it goes back there.

use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::http::{Client, Patience};
use crate::{Fault, SetupArgs, Target, paths};

/// The token of a run.
#[derive(Debug)]
pub(crate) enum Token {
    /// The user's own, which is none of the program's to end.
    Given(SecretString),
    /// Made by the local org for this run, and ending with it.
    Lent(SecretString),
}

impl Token {
    pub(crate) fn secret(&self) -> &SecretString {
        match self {
            Self::Given(token) | Self::Lent(token) => token,
        }
    }

    /// Ends a token that was lent. An org that has gone away is asked once only: whoever waits knows already that it has.
    pub(crate) async fn give_back(self, target: &Target, patience: Patience) -> Result<(), Fault> {
        match self {
            Self::Given(_) => Ok(()),
            Self::Lent(token) => {
                let client = Client::new(target, patience)?.with_token(&token)?;
                client.end_token().await
            }
        }
    }
}

/// The token that was given, or one from the door that the local org has for developers.
pub(crate) async fn find(
    args: &SetupArgs,
    target: &Target,
    patience: Patience,
) -> Result<Token, Fault> {
    if let Some(file) = &args.token_file {
        let what = format!("--token-file {}", file.display());
        let text = std::fs::read_to_string(file).map_err(Fault::file(what))?;
        return Ok(Token::Given(SecretString::from(text.trim())));
    }
    // An empty line in `.env` means "not set".
    let given = args.api_token.as_ref();
    if let Some(token) = given.filter(|token| !token.expose_secret().trim().is_empty()) {
        return Ok(Token::Given(token.clone()));
    }
    if target.is_local() {
        return from_local_org(target, patience).await;
    }
    let reason = format!(
        "needed for {}. In {}, open Security > API > Tokens and select Create token; there is no API that creates one",
        target.origin(),
        target.admin_console()
    );
    Err(Fault::option("OKTA_API_TOKEN", reason))
}

async fn from_local_org(target: &Target, patience: Patience) -> Result<Token, Fault> {
    let client = Client::new(target, patience)?;
    let body = json!({"name": "portico setup"});
    let answer = match client
        .write(&Method::POST, paths::DEV_API_TOKEN, Some(&body))
        .await
    {
        Ok(answer) => answer,
        Err(Fault::Refused(_)) => return Err(no_door(target)),
        Err(fault @ Fault::Unreachable { .. }) => {
            let text = format!(
                "no org answers at {}: start it with `portico` ({fault})",
                target.origin()
            );
            return Err(Fault::unexpected(text));
        }
        Err(fault) => return Err(fault),
    };
    let token = answer["token"].as_str().ok_or_else(|| no_door(target))?;
    Ok(Token::Lent(SecretString::from(token)))
}

fn no_door(target: &Target) -> Fault {
    let reason = format!(
        "needed: the org at {} has its pages for developers switched off, which would give one",
        target.origin()
    );
    Fault::option("OKTA_API_TOKEN", reason)
}
