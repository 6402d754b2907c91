use model::SignInErrorCode;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use url::Url;

use super::transaction::Transaction;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::oauth_client;
use crate::provider::Metadata;

/// What is asked for when the configuration says nothing, besides `groups` where the org offers it.
const SCOPES: [&str; 3] = ["openid", "profile", "email"];
const GROUPS: &str = "groups";

/// The address that asks the org to sign somebody in (OpenID Connect Core §3.1.2.1, RFC 7636 §4.3).
pub(super) fn authorization_url(
    parts: &Parts,
    metadata: &Metadata,
    transaction: &Transaction,
) -> Result<Url, Fault> {
    let client = oauth_client::for_authorization(
        &parts.client,
        &metadata.authorization,
        redirect_url(transaction)?,
    );
    let verifier = PkceCodeVerifier::new(transaction.verifier.clone());
    let mut request = client
        .authorize_url(|| CsrfToken::new(transaction.state.clone()))
        .add_scopes(scopes(parts, metadata).into_iter().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_extra_param("nonce", transaction.nonce.clone());
    if let Some(max_age) = transaction.max_age {
        request = request.add_extra_param("max_age", max_age.to_string());
    }
    if !transaction.acr_values.is_empty() {
        request = request.add_extra_param("acr_values", transaction.acr_values.join(" "));
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

fn scopes(parts: &Parts, metadata: &Metadata) -> Vec<String> {
    if let Some(scopes) = &parts.scopes {
        return scopes.clone();
    }
    let offers_groups = metadata.scopes.iter().any(|scope| scope == GROUPS);
    SCOPES
        .into_iter()
        .chain(offers_groups.then_some(GROUPS))
        .map(str::to_owned)
        .collect()
}
