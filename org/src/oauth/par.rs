//! `POST …/v1/par`: an app sends its authorization request itself, and the browser carries only a reference to it (RFC 9126).

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, PRAGMA};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::json;

use super::authorize::{PUSHED_LIFETIME, check_pushed, keep_pushed};
use super::error::EndpointError;
use super::log::{authorization_request, told};
use super::parameters::Parameters;
use super::server::{AuthorizationServer, RequestServer};
use super::token::client;
use super::token::client_form::ClientForm;
use crate::Org;
use crate::apps::App;
use crate::events::Origin;

/// Checks the request as the authorize endpoint would, and answers with its reference.
pub(crate) async fn par(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<Response, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let id = app.id.clone();
    let outcome = push(&org, &server, app, &parameters).await;
    let told_as = (&id, authorization_request(&server.id));
    told(&org, &origin, told_as, outcome).await
}

async fn push(
    org: &Org,
    server: &AuthorizationServer,
    app: App,
    parameters: &Parameters,
) -> Result<Response, EndpointError> {
    let id = app.id.clone();
    check_pushed(org, server, app, parameters)?;
    let request_uri = keep_pushed(org, server, &id, parameters).await?;
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    let body = json!({ "request_uri": request_uri, "expires_in": PUSHED_LIFETIME.as_secs() });
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}
