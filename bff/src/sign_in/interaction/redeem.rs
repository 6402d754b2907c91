use http::StatusCode;
use model::SignInErrorCode;
use oauth2::basic::BasicErrorResponse;
use secrecy::{ExposeSecret, SecretString};

use super::super::refusal;
use super::super::transaction::Transaction;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::oauth_client::TokenResponse;
use crate::outbound::is_json;
use crate::provider::Metadata;
use crate::token_request::form_of_app;

/// Redeems the interaction code by the grant of its own, which `oauth2` does not know.
pub(in crate::sign_in) async fn redeem(
    parts: &Parts,
    metadata: &Metadata,
    transaction: &Transaction,
    code: &SecretString,
) -> Result<TokenResponse, Fault> {
    let invalid = || {
        Fault::new(
            SignInErrorCode::TokenResponseInvalid,
            "the token endpoint's answer is not a token response",
        )
    };
    let fields = [
        ("grant_type", "interaction_code"),
        ("interaction_code", code.expose_secret()),
        ("code_verifier", &transaction.verifier),
    ];
    let request = form_of_app(parts, &metadata.token, &fields).map_err(|_| invalid())?;
    let response = parts
        .outbound
        .send(request)
        .await
        .map_err(|error| Fault::from_http(&error, "token endpoint"))?;
    if !is_json(&response) {
        return Err(invalid());
    }
    if response.status() == StatusCode::OK {
        // The text of the error may quote the answer, which may contain tokens.
        return serde_json::from_slice(response.body()).map_err(|_| invalid());
    }
    let refused: BasicErrorResponse =
        serde_json::from_slice(response.body()).map_err(|_| invalid())?;
    Err(refusal::of_token(&refused))
}
