use secrecy::SecretString;
use url::Url;

use crate::bff::BffError;
use crate::client::ClientKey;
use crate::cookies::SessionKeys;
use crate::outbound::is_loopback;
use crate::session::StoreAddress;

/// What the relying party must be told. Everything else it learns from the org's metadata.
#[derive(Debug)]
pub struct BffConfig {
    /// The public address of the app, an origin without a path: `https://app.example.com`.
    pub app_url: Url,
    /// The issuer, exactly as the org writes it in its metadata and tokens.
    pub issuer: String,
    /// Who the app is to the org.
    pub client: ClientCredentials,
    /// The scopes to ask for. Absent: `openid profile email`, and `groups` where the org offers it.
    pub scopes: Option<Vec<String>>,
    /// The keys that seal cookies.
    pub session_keys: SessionKeys,
    /// Where sessions are kept.
    pub store: StoreAddress,
}

/// The app's registration in the org.
#[derive(Debug)]
pub struct ClientCredentials {
    /// The `client_id`.
    pub client_id: String,
    /// How the app proves itself at the token endpoint.
    pub authentication: ClientAuthentication,
}

/// How the app proves itself at the token endpoint (OpenID Connect Core §9).
#[derive(Debug)]
pub enum ClientAuthentication {
    /// `client_secret_basic`: id and secret, form-encoded, in the `Authorization` header.
    SecretBasic(SecretString),
    /// `client_secret_post`: id and secret in the form.
    SecretPost(SecretString),
    /// `client_secret_jwt`: a token signed with the secret (HS256).
    SecretJwt(SecretString),
    /// `private_key_jwt`: a token signed with the app's key.
    PrivateKeyJwt(ClientKey),
    /// `none`: a public client, protected by PKCE alone.
    None,
}

impl BffConfig {
    /// Refuses combinations that would be unsafe or could never work, naming the remedy. Gives the issuer as an address.
    pub(crate) fn check(&self) -> Result<Url, BffError> {
        let app_url = &self.app_url;
        if app_url.path() != "/" || app_url.query().is_some() || app_url.fragment().is_some() {
            return Err(BffError::AppUrl(
                "it must be an origin without a path, such as https://app.example.com",
            ));
        }
        if !is_https_or_loopback(app_url) {
            return Err(BffError::AppUrl(
                "plain http is only safe on this machine: use https, or http://127.0.0.1:<port>",
            ));
        }
        let issuer = Url::parse(&self.issuer).map_err(|_| {
            BffError::Issuer("it must be an address, such as https://example.okta.com")
        })?;
        if !is_https_or_loopback(&issuer) {
            return Err(BffError::Issuer(
                "plain http is only safe on this machine: use https",
            ));
        }
        if issuer.query().is_some() || issuer.fragment().is_some() {
            return Err(BffError::Issuer("it must not have a query or a fragment"));
        }
        Ok(issuer)
    }
}

/// Whether requests to `url` can neither be read nor changed on the way.
fn is_https_or_loopback(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    }
}
