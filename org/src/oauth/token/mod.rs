//! `POST …/v1/token`: one file per grant, and the client authentication that all of them share.

mod authorization_code;
pub(crate) mod client;
mod credentials;
mod pkce;
mod response;

use axum::extract::{RawForm, RawQuery, State};
use axum::response::Response;
use http::HeaderMap;
use model::OAuthErrorCode;

use super::GRANT_TYPES;
use super::error::EndpointError;
use super::parameters::Parameters;
use super::server::RequestServer;
use crate::Org;

/// Exchanges a grant for tokens.
pub(crate) async fn token(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, EndpointError> {
    let parameters = form_parameters(query.as_deref(), &form)?;
    let app = client::authenticate(&org, &headers, &parameters)?;
    let grant_type = parameters.get("grant_type").ok_or_else(|| {
        EndpointError::invalid_request(format!(
            "The token request must specify a 'grant_type'. Valid values: [{}].",
            GRANT_TYPES.join(", ")
        ))
    })?;
    if !GRANT_TYPES.contains(&grant_type) {
        return Err(EndpointError::refused(
            OAuthErrorCode::UnsupportedGrantType,
            "The grant type in the request isn't supported.",
        ));
    }
    if !app.has_grant(grant_type) {
        return Err(EndpointError::refused(
            OAuthErrorCode::UnauthorizedClient,
            format!(
                "The client is not authorized to use the provided grant type. Configured grant types: [{}].",
                app.grant_types.join(", ")
            ),
        ));
    }
    authorization_code::exchange(&org, &server, &app, &parameters).await
}

/// The body of a request to an endpoint that clients authenticate at. Secrets do not belong into addresses.
pub(super) fn form_parameters(
    query: Option<&str>,
    form: &[u8],
) -> Result<Parameters, EndpointError> {
    let in_query = Parameters::parse(query.unwrap_or_default());
    if ["client_id", "client_secret", "client_assertion"]
        .iter()
        .any(|name| in_query.get(name).is_some())
    {
        return Err(EndpointError::invalid_request(
            "Client credentials cannot be supplied via query parameters.",
        ));
    }
    let text = std::str::from_utf8(form)
        .map_err(|_| EndpointError::invalid_request("The request body is not valid UTF-8."))?;
    let parameters = Parameters::parse(text);
    let duplicates: Vec<&str> = parameters.duplicates().into_iter().collect();
    if duplicates.is_empty() {
        return Ok(parameters);
    }
    Err(EndpointError::invalid_request(format!(
        "Duplicate parameter provided in request. Duplicated parameters: [{}].",
        duplicates.join(", ")
    )))
}
