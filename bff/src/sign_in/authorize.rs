use model::SignInErrorCode;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use url::Url;

use super::transaction::Transaction;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::oauth_client;
use crate::provider::Metadata;

/// What is asked for when the configuration says nothing, besides what follows where the org offers it.
const SCOPES: [&str; 3] = ["openid", "profile", "email"];
const WHERE_OFFERED: [&str; 2] = ["groups", "offline_access"];

/// The address that asks the org to sign somebody in (OpenID Connect Core §3.1.2.1, RFC 7636 §4.3). What the answer is not
/// compared with is not part of the transaction: the name that the page begins with, and scopes besides the usual ones.
pub(super) fn authorization_url(
    parts: &Parts,
    metadata: &Metadata,
    transaction: &Transaction,
    (login_hint, further_scopes): (Option<&str>, Vec<String>),
) -> Result<Url, Fault> {
    let client = oauth_client::for_authorization(
        &parts.client,
        &metadata.authorization,
        redirect_url(transaction)?,
    );
    let verifier = PkceCodeVerifier::new(transaction.verifier.clone());
    let mut request = client
        .authorize_url(|| CsrfToken::new(transaction.state.clone()))
        .add_scopes(scopes(parts, metadata, further_scopes).map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_extra_param("nonce", transaction.nonce.clone());
    if let Some(max_age) = transaction.demands.max_age {
        request = request.add_extra_param("max_age", max_age.to_string());
    }
    if !transaction.demands.acr_values.is_empty() {
        request = request.add_extra_param("acr_values", transaction.demands.acr_values.join(" "));
    }
    if transaction.demands.asks_again {
        request = request.add_extra_param("prompt", "login");
    }
    if let Some(hint) = login_hint {
        request = request.add_extra_param("login_hint", hint.to_owned());
    }
    Ok(request.url().0)
}

/// The redirect URI of the transaction: the same at the authorization and the token endpoint (RFC 6749 §4.1.3).
pub(super) fn redirect_url(transaction: &Transaction) -> Result<RedirectUrl, Fault> {
    RedirectUrl::new(transaction.redirect_uri.clone()).map_err(|_| {
        Fault::new(
            SignInErrorCode::Internal,
            "the redirect URI is not an address",
        )
    })
}

/// What every sign-in asks for.
pub(crate) fn usual_scopes(parts: &Parts, metadata: &Metadata) -> Vec<String> {
    match &parts.scopes {
        Some(scopes) => scopes.clone(),
        None => default_scopes(metadata),
    }
}

/// The usual ones, and what this sign-in asks for besides.
pub(super) fn scopes(
    parts: &Parts,
    metadata: &Metadata,
    further: Vec<String>,
) -> impl Iterator<Item = String> {
    let usual = usual_scopes(parts, metadata);
    let further = further.into_iter().filter({
        let usual = usual.clone();
        move |scope| !usual.contains(scope)
    });
    usual.into_iter().chain(further)
}

fn default_scopes(metadata: &Metadata) -> Vec<String> {
    let is_offered = |scope: &&str| metadata.scopes.iter().any(|offered| offered == scope);
    SCOPES
        .into_iter()
        .chain(WHERE_OFFERED.into_iter().filter(is_offered))
        .map(str::to_owned)
        .collect()
}
