use std::mem;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use model::SignInErrorCode;
use oauth2::basic::BasicErrorResponse;
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde::Deserialize;

use super::super::transaction::Transaction;
use super::super::{SignInRequest, authorize, refusal};
use super::{Interaction, InteractionTrouble};
use crate::bff::{Bff, Parts};
use crate::fault::Fault;
use crate::outbound::is_json;
use crate::provider::Metadata;
use crate::sign_out::is_unconfirmed;
use crate::token_request::form_of_app;

/// The endpoint, which no metadata names: it stands beside the token endpoint.
const ENDPOINT: &str = "interact";

/// The answer of the endpoint.
#[derive(Deserialize)]
struct Begun {
    interaction_handle: String,
}

impl Bff {
    /// Begins a sign-in on a page of the app: remembers in a cookie what is asked, as [`Bff::begin_sign_in`] does, and gets the
    /// handle with which the page can ask.
    ///
    /// # Errors
    ///
    /// Every [`InteractionTrouble`].
    pub async fn begin_interaction(
        &self,
        cookies: &HeaderMap,
        request: impl Into<SignInRequest>,
    ) -> Result<Interaction, InteractionTrouble> {
        begin(&self.parts, cookies, request.into()).await
    }
}

async fn begin(
    parts: &Parts,
    headers: &HeaderMap,
    mut request: SignInRequest,
) -> Result<Interaction, InteractionTrouble> {
    let metadata = parts.provider.metadata().await?;
    let hint = request.login_hint.take();
    let further = mem::take(&mut request.scopes);
    let scopes: Vec<String> = authorize::scopes(parts, &metadata, further).collect();
    let transaction = Transaction::begin(parts, request, is_unconfirmed(parts, headers));
    let transaction = transaction.by_interaction();
    let verifier = PkceCodeVerifier::new(transaction.verifier.clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    let mut fields = vec![
        ("scope", scopes.join(" ")),
        ("redirect_uri", transaction.redirect_uri.clone()),
        ("code_challenge", challenge.as_str().to_owned()),
        ("code_challenge_method", "S256".to_owned()),
        ("state", transaction.state.clone()),
        ("nonce", transaction.nonce.clone()),
    ];
    fields.extend(demands(&transaction));
    fields.extend(hint.map(|hint| ("login_hint", hint)));
    let handle = handle_of(&call(parts, &metadata, &fields).await?)?;
    Ok(Interaction {
        handle,
        issuer: transaction.issuer.clone(),
        client_id: parts.client.client_id.clone(),
        redirect_uri: transaction.redirect_uri.clone(),
        state: transaction.state.clone(),
        code_challenge: challenge.as_str().to_owned(),
        scopes,
        cookies: transaction.keep(parts, headers)?,
    })
}

/// What the proof must be like. The endpoint knows no `prompt`: a proof that may be no older than now is a new one.
fn demands(transaction: &Transaction) -> Vec<(&'static str, String)> {
    let demands = &transaction.demands;
    let max_age = if demands.asks_again {
        Some(0)
    } else {
        demands.max_age
    };
    let max_age = max_age.map(|seconds| ("max_age", seconds.to_string()));
    let acr_values = demands.acr_values.join(" ");
    let acr_values = (!acr_values.is_empty()).then_some(("acr_values", acr_values));
    max_age.into_iter().chain(acr_values).collect()
}

async fn call(
    parts: &Parts,
    metadata: &Metadata,
    fields: &[(&'static str, String)],
) -> Result<Response<Bytes>, Fault> {
    let misconfigured = || {
        Fault::new(
            SignInErrorCode::OrgMisconfigured,
            "nothing can be called beside the token endpoint",
        )
    };
    let endpoint = metadata.token.join(ENDPOINT).map_err(|_| misconfigured())?;
    let fields: Vec<(&'static str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let request = form_of_app(parts, &endpoint, &fields).map_err(|_| misconfigured())?;
    parts
        .outbound
        .send(request)
        .await
        .map_err(|error| Fault::from_http(&error, "interact endpoint"))
}

fn handle_of(response: &Response<Bytes>) -> Result<String, InteractionTrouble> {
    let status = response.status();
    if matches!(
        status,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED
    ) {
        return Err(InteractionTrouble::NotOffered);
    }
    let unreadable = || {
        Fault::new(
            SignInErrorCode::OrgRefused,
            format!("the interact endpoint's answer ({status}) cannot be read"),
        )
    };
    if !is_json(response) {
        return Err(unreadable().into());
    }
    if status == StatusCode::OK {
        let begun: Begun = serde_json::from_slice(response.body()).map_err(|_| unreadable())?;
        return Ok(begun.interaction_handle);
    }
    let refused: BasicErrorResponse =
        serde_json::from_slice(response.body()).map_err(|_| unreadable())?;
    Err(trouble(&refused))
}

/// What a refusal of the endpoint means. Nobody has signed in yet, so `access_denied` speaks of the flow.
fn trouble(refused: &BasicErrorResponse) -> InteractionTrouble {
    match refused.error().as_ref() {
        "access_denied" => InteractionTrouble::SwitchedOff,
        "unauthorized_client" => InteractionTrouble::NotGranted,
        _ => refusal::of_token(refused).into(),
    }
}

impl From<Fault> for InteractionTrouble {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault.report())
    }
}
