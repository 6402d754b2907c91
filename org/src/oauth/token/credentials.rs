use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use model::{OAuthError, OAuthErrorCode};
use secrecy::SecretString;
use url::form_urlencoded;

use super::assertion::{self, Assertion};
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;

/// What a client presented to show who it is.
#[derive(Debug)]
pub(super) struct Credentials {
    pub(super) client_id: String,
    pub(super) secret: Option<SecretString>,
    /// An assertion that the client signed.
    pub(super) assertion: Option<Assertion>,
    /// Whether they came in the `Authorization` header, which decides about the form of the refusal (RFC 6749 §5.2).
    pub(super) in_header: bool,
}

/// Reads them from the header or from the body, never from both.
pub(super) fn read(
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Result<Credentials, EndpointError> {
    let in_header = basic(headers)?;
    let body_secret = parameters.get("client_secret");
    let body_id = parameters.get("client_id");
    if in_header.is_some()
        && (body_secret.is_some() || parameters.get("client_assertion").is_some())
    {
        return Err(several());
    }
    if let Some(text) = parameters.get("client_assertion") {
        return by_assertion(text, parameters);
    }
    match (in_header, body_id) {
        (Some(credentials), Some(client_id)) if credentials.client_id != client_id => Err(
            EndpointError::invalid_request("Invalid value for 'client_id' parameter."),
        ),
        (Some(credentials), _) => Ok(credentials),
        (None, Some(client_id)) => Ok(Credentials {
            client_id: client_id.to_owned(),
            secret: body_secret.map(|secret| secret.to_owned().into()),
            assertion: None,
            in_header: false,
        }),
        (None, None) => Err(EndpointError::refused(
            OAuthErrorCode::InvalidClient,
            "No client credentials found.",
        )),
    }
}

/// The assertion names its client.
fn by_assertion(text: &str, parameters: &Parameters) -> Result<Credentials, EndpointError> {
    if parameters.get("client_secret").is_some() {
        return Err(several());
    }
    if parameters.get("client_assertion_type") != Some(assertion::TYPE) {
        return Err(EndpointError::invalid_request(
            "The `client_assertion_type` is invalid.",
        ));
    }
    let assertion = Assertion::parse(text).ok_or_else(|| {
        EndpointError::refused(
            OAuthErrorCode::InvalidClient,
            "The client_assertion token is not a signed JSON Web Token.",
        )
    })?;
    let client_id = assertion.client_id().to_owned();
    if parameters
        .get("client_id")
        .is_some_and(|id| id != client_id)
    {
        return Err(EndpointError::invalid_request(
            "Invalid value for 'client_id' parameter.",
        ));
    }
    Ok(Credentials {
        client_id,
        secret: None,
        assertion: Some(assertion),
        in_header: false,
    })
}

fn several() -> EndpointError {
    EndpointError::invalid_request(
        "Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, \
         credentials in the post body, or a client_assertion in the post body.",
    )
}

/// `Authorization: Basic …`, with id and secret form-encoded (RFC 6749 §2.3.1). A public client may send its id alone, also
/// without the colon, as Okta's SDK does.
fn basic(headers: &HeaderMap) -> Result<Option<Credentials>, EndpointError> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        return Ok(None);
    };
    let decoded = header
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, encoded)| STANDARD.decode(encoded.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| EndpointError::BadHeader(invalid_header()))?;
    let (id, secret) = match decoded.split_once(':') {
        Some((id, secret)) => (id, Some(secret)),
        None => (decoded.as_str(), None),
    };
    Ok(Some(Credentials {
        client_id: form_decoded(id),
        secret: secret
            .filter(|secret| !secret.is_empty())
            .map(|secret| form_decoded(secret).into()),
        assertion: None,
        in_header: true,
    }))
}

fn invalid_header() -> OAuthError {
    OAuthError::new(
        OAuthErrorCode::InvalidClient,
        "Client authentication failed. Either the client or the client credentials are invalid.",
    )
}

fn form_decoded(text: &str) -> String {
    // A bare `&` or `=` would be read as a separator, and no encoder leaves one.
    form_urlencoded::parse(text.replace('&', "%26").replace('=', "%3D").as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect()
}
