//! A form of this app to the org, with its credentials: to end a token (RFC 7009), to ask about one (RFC 7662), or to carry
//! what a person said (direct authentication).
//!
//! `oauth2` refuses the first two over plain http, also on loopback, where the local org is, and does not know the third. So
//! they are made here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request, header};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

use crate::bff::Parts;
use crate::client::assertion_parameters;
use crate::config::{ClientAuthentication, ClientCredentials};

/// What kind of token is asked about (`token_type_hint`, RFC 7009 §2.1, RFC 7662 §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenHint {
    Access,
    Refresh,
    /// Okta's own addition.
    Id,
}

impl TokenHint {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access_token",
            Self::Refresh => "refresh_token",
            Self::Id => "id_token",
        }
    }
}

/// The form of RFC 7009 §2.1 and RFC 7662 §2.1.
pub(crate) fn about_token(
    parts: &Parts,
    endpoint: &Url,
    token: (&SecretString, TokenHint),
) -> http::Result<Request<Bytes>> {
    let (token, hint) = token;
    let fields = [
        ("token", token.expose_secret()),
        ("token_type_hint", hint.as_str()),
    ];
    form_of_app(parts, endpoint, &fields)
}

/// A form of this app, with the client authentication of RFC 6749 §2.3.1 or RFC 7523 §2.2.
pub(crate) fn form_of_app(
    parts: &Parts,
    endpoint: &Url,
    fields: &[(&'static str, &str)],
) -> http::Result<Request<Bytes>> {
    form(&parts.client, assertion_parameters(parts), endpoint, fields)
}

fn form(
    credentials: &ClientCredentials,
    assertion: Vec<(&'static str, String)>,
    endpoint: &Url,
    fields: &[(&'static str, &str)],
) -> http::Result<Request<Bytes>> {
    let id = &credentials.client_id;
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(endpoint.as_str())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json");
    let mut form = Serializer::new(String::new());
    form.extend_pairs(fields);
    match &credentials.authentication {
        ClientAuthentication::SecretBasic(secret) => {
            request = request.header(header::AUTHORIZATION, basic(id, secret));
        }
        ClientAuthentication::SecretPost(secret) => {
            form.append_pair("client_id", id);
            form.append_pair("client_secret", secret.expose_secret());
        }
        ClientAuthentication::SecretJwt(_)
        | ClientAuthentication::PrivateKeyJwt(_)
        | ClientAuthentication::None => {
            form.append_pair("client_id", id);
            form.extend_pairs(assertion);
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
        let fields = [
            ("token", "t+1"),
            ("token_type_hint", TokenHint::Access.as_str()),
        ];
        form(&credentials, Vec::new(), &endpoint, &fields).expect("a request")
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
