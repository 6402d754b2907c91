//! Ending a token at the org (RFC 7009).
//!
//! `oauth2` refuses to revoke over plain http, also on loopback, where the local org is. So the request is made here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

use crate::config::{ClientAuthentication, ClientCredentials};
use crate::outbound::{HttpError, Outbound};

/// Revokes an access token. An error means that the org could not be reached; a refusal is only logged, as the token is
/// worthless here either way.
pub(crate) async fn revoke_access_token(
    outbound: &Outbound,
    credentials: &ClientCredentials,
    endpoint: &Url,
    token: &SecretString,
) -> Result<(), HttpError> {
    let request = revocation_request(credentials, endpoint, token)
        .map_err(|_| HttpError::TargetRefused("not a valid request"))?;
    let status = outbound.send(request).await?.status();
    if status != StatusCode::OK {
        tracing::warn!(%status, "the org refused to revoke an access token");
    }
    Ok(())
}

/// The request of RFC 7009 §2.1, with the client authentication of RFC 6749 §2.3.1.
fn revocation_request(
    credentials: &ClientCredentials,
    endpoint: &Url,
    token: &SecretString,
) -> http::Result<Request<Bytes>> {
    let id = &credentials.client_id;
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(endpoint.as_str())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json");
    let mut form = Serializer::new(String::new());
    form.append_pair("token", token.expose_secret());
    form.append_pair("token_type_hint", "access_token");
    match &credentials.authentication {
        ClientAuthentication::SecretBasic(secret) => {
            request = request.header(header::AUTHORIZATION, basic(id, secret));
        }
        ClientAuthentication::SecretPost(secret) => {
            form.append_pair("client_id", id);
            form.append_pair("client_secret", secret.expose_secret());
        }
        ClientAuthentication::None => {
            form.append_pair("client_id", id);
        }
    }
    request.body(Bytes::from(form.finish()))
}

/// Id and secret are form-encoded before they are put together, so that either may contain a colon.
fn basic(id: &str, secret: &SecretString) -> String {
    let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = Zeroizing::new(format!("{}:{}", encode(id), encode(secret.expose_secret())));
    format!("Basic {}", STANDARD.encode(pair.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(authentication: ClientAuthentication) -> Request<Bytes> {
        let credentials = ClientCredentials {
            client_id: "app:1".to_owned(),
            authentication,
        };
        let endpoint = Url::parse("https://op.example/revoke").expect("a URL");
        revocation_request(&credentials, &endpoint, &"t+1".into()).expect("a request")
    }

    #[test]
    fn each_way_of_authentication_says_who_asks_exactly_once() {
        let basic = request(ClientAuthentication::SecretBasic("s&t".into()));
        assert_eq!(
            basic.headers()[header::AUTHORIZATION],
            "Basic YXBwJTNBMTpzJTI2dA=="
        );
        assert_eq!(basic.body(), "token=t%2B1&token_type_hint=access_token");
        let post = request(ClientAuthentication::SecretPost("s&t".into()));
        assert_eq!(
            post.body(),
            "token=t%2B1&token_type_hint=access_token&client_id=app%3A1&client_secret=s%26t"
        );
        let public = request(ClientAuthentication::None);
        assert_eq!(
            public.body(),
            "token=t%2B1&token_type_hint=access_token&client_id=app%3A1"
        );
        for request in [post, public] {
            assert!(!request.headers().contains_key(header::AUTHORIZATION));
        }
    }
}
