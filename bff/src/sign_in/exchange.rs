use model::SignInErrorCode;
use oauth2::basic::{BasicErrorResponse, BasicTokenType};
use oauth2::{PkceCodeVerifier, RequestTokenError, TokenResponse as _};
use secrecy::SecretString;

use super::authorize::redirect_url;
use super::callback::VerifiedCallback;
use super::refusal;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::oauth_client::{self, TokenResponse};
use crate::outbound::HttpError;
use crate::provider::Metadata;
use crate::session::{Tokens, after};

/// Redeems the authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5). The tokens are well-formed, but not verified.
pub(super) async fn exchange(
    parts: &Parts,
    metadata: &Metadata,
    callback: &VerifiedCallback,
) -> Result<Tokens, Fault> {
    let transaction = &callback.transaction;
    let client =
        oauth_client::for_tokens(&parts.client, &metadata.token, redirect_url(transaction)?);
    let response = client
        .exchange_code(callback.code.clone())
        .set_pkce_verifier(PkceCodeVerifier::new(transaction.verifier.clone()))
        .request_async(&parts.outbound)
        .await
        .map_err(|error| from_token_endpoint(&error))?;
    accept(parts, &response)
}

fn accept(parts: &Parts, response: &TokenResponse) -> Result<Tokens, Fault> {
    let invalid = |detail: &'static str| Fault::new(SignInErrorCode::TokenResponseInvalid, detail);
    if *response.token_type() != BasicTokenType::Bearer {
        return Err(invalid("`token_type` is not Bearer"));
    }
    let read = |token: &str, detail: &'static str| {
        if Tokens::is_well_formed(token) {
            Ok(SecretString::from(token))
        } else {
            Err(invalid(detail))
        }
    };
    let id_token = response.extra_fields().id_token.as_deref();
    let id_token = id_token.ok_or_else(|| invalid("`id_token` is missing"))?;
    let expires_in = response.expires_in().map(|lifetime| lifetime.as_secs());
    let now = parts.clock.now();
    Ok(Tokens {
        id_token: read(id_token, "`id_token` is not a token")?,
        access_token: read(
            response.access_token().secret(),
            "`access_token` is not a token",
        )?,
        refresh_token: response
            .refresh_token()
            .map(|token| read(token.secret(), "`refresh_token` is not a token"))
            .transpose()?,
        access_expires_at: expires_in
            .map(|seconds| after(now, i64::try_from(seconds).unwrap_or(i64::MAX))),
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
