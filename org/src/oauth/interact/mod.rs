//! `POST …/v1/interact`: begins an interaction for an app that asks people itself
//! (<https://developer.okta.com/docs/concepts/interaction-code/>).

mod allowed;
mod begin;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use serde_json::json;

use super::authorize::check_interaction;
use super::error::EndpointError;
use super::log::told;
use super::parameters::Parameters;
use super::server::{AuthorizationServer, RequestServer};
use super::token::client;
use super::token::client_form::ClientForm;
use crate::Org;
use crate::apps::{App, is_redirect_uri};
use crate::events::EventType;
use crate::handle::Handle;
use crate::sign_in::Visitor;

/// Answers with the handle of a new interaction.
pub(crate) async fn interact(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    visitor: Visitor,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<Response, EndpointError> {
    let app = client::authenticate(&org, &visitor.origin, &headers, &parameters).await?;
    let (id, origin) = (app.id.clone(), visitor.origin.clone());
    let outcome = handle(&org, &server, app, &parameters, visitor).await;
    let told_as = (&id, EventType::InteractionHandle);
    let handle = told(&org, &origin, told_as, outcome).await?;
    Ok(Json(json!({ "interaction_handle": handle.expose() })).into_response())
}

async fn handle(
    org: &Org,
    server: &AuthorizationServer,
    app: App,
    parameters: &Parameters,
    visitor: Visitor,
) -> Result<Handle, EndpointError> {
    allowed::check(org, server, &app)?;
    let redirect_uri = parameters.get("redirect_uri").unwrap_or_default();
    if !org
        .store()
        .read(|db| is_redirect_uri(db, &app, redirect_uri))?
    {
        return Err(EndpointError::invalid_request(
            "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
        ));
    }
    if parameters.get("code_challenge").is_none() {
        return Err(EndpointError::invalid_request(
            "PKCE code challenge is required to use the interaction code flow.",
        ));
    }
    let link = begin::link_of(&app, parameters)?;
    let request = check_interaction(org, server, app, redirect_uri, parameters)
        .map_err(EndpointError::Refused)?;
    begin::begin(org, request, link, visitor).await
}
