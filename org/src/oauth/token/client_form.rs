use axum::extract::{FromRequest, RawForm, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;

use crate::Org;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;

/// The form of a request to an endpoint that clients authenticate at: each parameter once, and no credentials in the address.
#[derive(Debug)]
pub(crate) struct ClientForm(pub(crate) Parameters);

impl FromRequest<Org> for ClientForm {
    type Rejection = Response;

    async fn from_request(request: Request, org: &Org) -> Result<Self, Self::Rejection> {
        let (in_query, form) = parts(request, org).await?;
        read(
            &in_query,
            &form,
            &["client_id", "client_secret", "client_assertion"],
        )
        .map(Self)
        .map_err(IntoResponse::into_response)
    }
}

/// The same where a public client may say in the address who it is, as Okta's documentation tells it to.
#[derive(Debug)]
pub(crate) struct PublicClientForm(pub(crate) Parameters);

impl FromRequest<Org> for PublicClientForm {
    type Rejection = Response;

    async fn from_request(request: Request, org: &Org) -> Result<Self, Self::Rejection> {
        let (in_query, form) = parts(request, org).await?;
        let form = read(&in_query, &form, &["client_secret", "client_assertion"])
            .map_err(IntoResponse::into_response)?;
        Ok(Self(match in_query.get("client_id") {
            Some(client_id) if form.get("client_id").is_none() => form.with("client_id", client_id),
            _ => form,
        }))
    }
}

/// The parameters of the address, and the form.
async fn parts(request: Request, org: &Org) -> Result<(Parameters, Bytes), Response> {
    let in_query = Parameters::parse(request.uri().query().unwrap_or_default());
    let RawForm(form) = RawForm::from_request(request, org)
        .await
        .map_err(|rejection| match rejection.into_response() {
            too_large if too_large.status() == StatusCode::PAYLOAD_TOO_LARGE => too_large,
            _ => not_a_form().into_response(),
        })?;
    Ok((in_query, form))
}

fn read(
    in_query: &Parameters,
    form: &[u8],
    only_in_form: &[&str],
) -> Result<Parameters, EndpointError> {
    if only_in_form.iter().any(|name| in_query.get(name).is_some()) {
        return Err(EndpointError::invalid_request(
            "Client credentials cannot be supplied via query parameters.",
        ));
    }
    let parameters = Parameters::parse(std::str::from_utf8(form).map_err(|_| not_a_form())?);
    let duplicates: Vec<&str> = parameters.duplicates().into_iter().collect();
    if duplicates.is_empty() {
        return Ok(parameters);
    }
    Err(EndpointError::invalid_request(format!(
        "Duplicate parameter provided in request. Duplicated parameters: [{}].",
        duplicates.join(", ")
    )))
}

fn not_a_form() -> EndpointError {
    EndpointError::invalid_request(
        "The request body must be of the type application/x-www-form-urlencoded.",
    )
}
