use std::borrow::Cow;

use model::SignInErrorCode;
use oauth2::basic::BasicErrorResponse;
use oauth2::{AuthorizationCode, PkceCodeVerifier, RequestTokenError};

use super::authorize::redirect_url;
use super::callback::{Code, VerifiedCallback};
use super::transaction::Transaction;
use super::{interaction, refusal};
use crate::bff::Parts;
use crate::client::assertion_parameters;
use crate::fault::Fault;
use crate::oauth_client::{self, TokenResponse};
use crate::outbound::HttpError;
use crate::provider::Metadata;
use crate::session::Tokens;
use crate::token_answer::{TokenAnswer, UnusableAnswer};

/// Redeems the code. The tokens are well-formed, but not verified.
pub(super) async fn exchange(
    parts: &Parts,
    metadata: &Metadata,
    callback: &VerifiedCallback,
) -> Result<Tokens, Fault> {
    let transaction = &callback.transaction;
    let response = match &callback.code {
        Code::Authorization(code) => redeem(parts, metadata, transaction, code).await?,
        Code::Interaction(code) => interaction::redeem(parts, metadata, transaction, code).await?,
    };
    accept(parts, &response)
}

/// Redeems an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5).
async fn redeem(
    parts: &Parts,
    metadata: &Metadata,
    transaction: &Transaction,
    code: &AuthorizationCode,
) -> Result<TokenResponse, Fault> {
    let client = oauth_client::for_tokens(&parts.client, &metadata.token);
    let mut request = client
        .exchange_code(code.clone())
        .set_redirect_uri(Cow::Owned(redirect_url(transaction)?))
        .set_pkce_verifier(PkceCodeVerifier::new(transaction.verifier.clone()));
    for (name, value) in assertion_parameters(parts) {
        request = request.add_extra_param(name, value);
    }
    request
        .request_async(&parts.outbound)
        .await
        .map_err(|error| from_token_endpoint(&error))
}

/// Reads an answer of the token endpoint: the tokens are well-formed, but not verified.
pub(super) fn accept(parts: &Parts, response: &TokenResponse) -> Result<Tokens, Fault> {
    let invalid = |detail: &'static str| Fault::new(SignInErrorCode::TokenResponseInvalid, detail);
    let answer = TokenAnswer::read(response, parts.clock.now())
        .map_err(|UnusableAnswer(detail)| invalid(detail))?;
    Ok(Tokens {
        id_token: answer
            .id_token
            .ok_or_else(|| invalid("`id_token` is missing"))?,
        access_token: answer.access_token,
        refresh_token: answer.refresh_token,
        access_expires_at: answer.access_expires_at,
        generation: 0,
    })
}

/// What a failed call to the token endpoint means.
fn from_token_endpoint(error: &RequestTokenError<HttpError, BasicErrorResponse>) -> Fault {
    match error {
        RequestTokenError::Request(error) => Fault::from_http(error, "token endpoint"),
        RequestTokenError::ServerResponse(answer) => refusal::of_token(answer),
        // The texts of these two may quote the answer, which may contain tokens.
        RequestTokenError::Parse(_, _) | RequestTokenError::Other(_) => Fault::new(
            SignInErrorCode::TokenResponseInvalid,
            "the token endpoint's answer is not a token response",
        ),
    }
}
