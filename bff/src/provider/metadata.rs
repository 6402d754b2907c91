use http::StatusCode;
use model::ProviderMetadata;
use url::Url;

use super::misconfigured;
use crate::fault::Fault;
use crate::outbound::{Outbound, is_json};

/// The path after the issuer (OpenID Connect Discovery 1.0 §4).
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// The only algorithm an ID token may be signed with: Okta's, and the one every provider must offer.
const ALGORITHM: &str = "RS256";

/// The org's metadata after every check: addresses that may be called, and what the org can do.
#[derive(Debug, Clone)]
pub(crate) struct Metadata {
    pub(crate) authorization: Url,
    pub(crate) token: Url,
    pub(crate) jwks: Url,
    pub(crate) userinfo: Option<Url>,
    pub(crate) revocation: Option<Url>,
    pub(crate) introspection: Option<Url>,
    pub(crate) end_session: Option<Url>,
    /// RFC 9207: every answer to the authorization request names the issuer.
    pub(crate) sends_issuer: bool,
    pub(crate) scopes: Vec<String>,
}

impl Metadata {
    /// The addresses that a browser is sent to.
    pub(crate) fn front_channel(&self) -> impl Iterator<Item = &Url> {
        std::iter::once(&self.authorization).chain(&self.end_session)
    }
}

/// Asks the org for its metadata and checks it.
pub(super) async fn fetch(outbound: &Outbound, issuer: &str) -> Result<Metadata, Fault> {
    let address = format!("{}{WELL_KNOWN}", issuer.trim_end_matches('/'));
    let address =
        Url::parse(&address).map_err(|_| misconfigured("the issuer is not an address"))?;
    let response = outbound
        .get_json(&address, None)
        .await
        .map_err(|error| Fault::from_http(&error, "metadata"))?;
    if response.status() != StatusCode::OK {
        return Err(misconfigured(format!(
            "metadata: status {}",
            response.status()
        )));
    }
    if !is_json(&response) {
        return Err(misconfigured("metadata: not JSON"));
    }
    let metadata: ProviderMetadata = serde_json::from_slice(response.body())
        .map_err(|error| misconfigured(format!("metadata: {error}")))?;
    check(metadata, outbound, issuer)
}

fn check(metadata: ProviderMetadata, outbound: &Outbound, issuer: &str) -> Result<Metadata, Fault> {
    if metadata.issuer != issuer {
        return Err(misconfigured(
            "metadata: `issuer` is not the configured issuer",
        ));
    }
    let algorithms = &metadata.id_token_signing_alg_values_supported;
    if !algorithms.is_empty() && !algorithms.iter().any(|name| name == ALGORITHM) {
        return Err(misconfigured("metadata: the org does not sign with RS256"));
    }
    let callable = |name: &str, address: &str| {
        let url = Url::parse(address)
            .map_err(|_| misconfigured(format!("metadata: `{name}` is not an address")))?;
        outbound
            .targets()
            .check(&url)
            .map_err(|error| misconfigured(format!("metadata: `{name}`: {error}")))?;
        Ok::<_, Fault>(url)
    };
    let optional = |name: &str, address: &Option<String>| {
        address
            .as_deref()
            .map(|address| callable(name, address))
            .transpose()
    };
    Ok(Metadata {
        authorization: callable("authorization_endpoint", &metadata.authorization_endpoint)?,
        token: callable("token_endpoint", &metadata.token_endpoint)?,
        jwks: callable("jwks_uri", &metadata.jwks_uri)?,
        userinfo: optional("userinfo_endpoint", &metadata.userinfo_endpoint)?,
        revocation: optional("revocation_endpoint", &metadata.revocation_endpoint)?,
        introspection: optional("introspection_endpoint", &metadata.introspection_endpoint)?,
        end_session: optional("end_session_endpoint", &metadata.end_session_endpoint)?,
        sends_issuer: metadata.authorization_response_iss_parameter_supported,
        scopes: metadata.scopes_supported,
    })
}
