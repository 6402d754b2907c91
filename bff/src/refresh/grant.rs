//! The call to the token endpoint (RFC 6749 §6), and what its failures mean.

use std::time::Duration;

use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType};
use oauth2::{RefreshToken, RequestTokenError};
use secrecy::{ExposeSecret, SecretString};

use super::RenewalTrouble;
use crate::bff::Parts;
use crate::client::assertion_parameters;
use crate::oauth_client;
use crate::outbound::HttpError;
use crate::token_answer::TokenAnswer;

/// Both attempts together, with the pause between them. What the org answers later is lost.
const ALL_ATTEMPTS: Duration = Duration::from_secs(12);
/// Before the second attempt, unless the org says how long.
const PAUSE: Duration = Duration::from_millis(500);
/// Who asks for more patience than this, in seconds, is not tried again by this request.
const LONGEST_PAUSE_SECONDS: i64 = 3;

/// Why there are no tokens.
#[derive(Debug)]
pub(super) enum Refused {
    /// The org has ended this line of tokens: there will be no more.
    ForGood,
    /// Not now.
    ForNow {
        trouble: RenewalTrouble,
        /// How long the org asks to be left in peace, in seconds.
        retry_after: Option<i64>,
    },
}

/// A failed attempt.
enum Failure {
    /// The next one may succeed.
    Passing {
        retry_after: Option<i64>,
    },
    Lasting(Refused),
}

/// Asks for new tokens, and once more when the first attempt fails for a reason that may pass.
pub(super) async fn refresh(
    parts: &Parts,
    refresh_token: &SecretString,
) -> Result<TokenAnswer, Refused> {
    let attempts = async {
        let retry_after = match attempt(parts, refresh_token).await {
            Err(Failure::Passing { retry_after }) => retry_after,
            outcome => return outcome,
        };
        let pause = match retry_after {
            None => PAUSE,
            Some(seconds @ 0..=LONGEST_PAUSE_SECONDS) => {
                Duration::from_secs(seconds.unsigned_abs())
            }
            Some(_) => return Err(Failure::Passing { retry_after }),
        };
        tokio::time::sleep(pause).await;
        attempt(parts, refresh_token).await
    };
    match tokio::time::timeout(ALL_ATTEMPTS, attempts).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(Failure::Lasting(refused))) => Err(refused),
        Ok(Err(Failure::Passing { retry_after })) => Err(unavailable(retry_after)),
        Err(_) => Err(unavailable(None)),
    }
}

async fn attempt(parts: &Parts, refresh_token: &SecretString) -> Result<TokenAnswer, Failure> {
    let Ok(metadata) = parts.provider.metadata().await else {
        return Err(Failure::Passing { retry_after: None });
    };
    let client = oauth_client::for_tokens(&parts.client, &metadata.token);
    let refresh_token = RefreshToken::new(refresh_token.expose_secret().to_owned());
    let mut request = client.exchange_refresh_token(&refresh_token);
    for (name, value) in assertion_parameters(parts) {
        request = request.add_extra_param(name, value);
    }
    let response = request
        .request_async(&parts.outbound)
        .await
        .map_err(|error| failure(&error))?;
    TokenAnswer::read(&response, parts.clock.now()).map_err(|error| {
        tracing::warn!(detail = error.0, "renewed tokens cannot be used");
        lasting()
    })
}

fn failure(error: &RequestTokenError<HttpError, BasicErrorResponse>) -> Failure {
    match error {
        RequestTokenError::Request(error) => {
            tracing::warn!(%error, "tokens could not be renewed");
            match error {
                HttpError::Unavailable { retry_after, .. } => Failure::Passing {
                    retry_after: *retry_after,
                },
                HttpError::Connect(_) | HttpError::Timeout | HttpError::Broken(_) => {
                    Failure::Passing { retry_after: None }
                }
                HttpError::TargetRefused(_) | HttpError::TooLarge | HttpError::Redirected => {
                    lasting()
                }
            }
        }
        RequestTokenError::ServerResponse(answer) => refused(answer.error()),
        // The texts of these two may quote the answer, which may contain tokens.
        RequestTokenError::Parse(_, _) | RequestTokenError::Other(_) => {
            tracing::warn!("the token endpoint's answer is not a token response");
            lasting()
        }
    }
}

/// RFC 6749 §5.2. Okta says `access_denied` when a policy does not let the person in any more.
fn refused(error: &BasicErrorResponseType) -> Failure {
    match error {
        BasicErrorResponseType::InvalidGrant => Failure::Lasting(Refused::ForGood),
        BasicErrorResponseType::Extension(name) if name == "access_denied" => {
            Failure::Lasting(Refused::ForGood)
        }
        BasicErrorResponseType::Extension(name) if name == "temporarily_unavailable" => {
            Failure::Passing { retry_after: None }
        }
        error => {
            tracing::error!(
                error = error.as_ref(),
                "the org refuses to renew tokens for this app"
            );
            lasting()
        }
    }
}

fn lasting() -> Failure {
    Failure::Lasting(Refused::ForNow {
        trouble: RenewalTrouble::OrgRefused,
        retry_after: None,
    })
}

fn unavailable(retry_after: Option<i64>) -> Refused {
    Refused::ForNow {
        trouble: RenewalTrouble::OrgUnavailable,
        retry_after,
    }
}
