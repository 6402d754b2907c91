use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;

use super::challenge::{Sent, keep, send};
use super::channel::Channel;
use super::grant::named;
use super::{Dialogue, factor, refusal};
use crate::Org;
use crate::apps::App;
use crate::events::Origin;
use crate::handle::Handle;
use crate::oauth::GrantType;
use crate::oauth::authorize::check_direct;
use crate::oauth::error::EndpointError;
use crate::oauth::log::{token_request, told};
use crate::oauth::parameters::Parameters;
use crate::oauth::server::{AuthorizationServer, RequestServer};
use crate::oauth::token::client;
use crate::oauth::token::client_form::ClientForm;

/// `POST …/v1/primary-authenticate`, once `oob-authenticate`: begins with a code by text message or call in place of a password.
pub(crate) async fn primary_authenticate(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<Response, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let outcome = begin(&org, (&server, &app), &parameters, &origin).await;
    let told_as = (&app.id, token_request(&server.id));
    let sent = told(&org, &origin, told_as, outcome).await?;
    Ok(Json(sent.body()).into_response())
}

async fn begin(
    org: &Org,
    (server, app): (&AuthorizationServer, &App),
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Sent, EndpointError> {
    let grant = GrantType::Oob.as_str();
    if !app.has_grant(grant) {
        return Err(refusal::no_grant(&app.grant_types));
    }
    if let Some(hint) = parameters.get("challenge_hint")
        && hint != grant
    {
        return Err(refusal::unknown_challenge_type(hint));
    }
    let identifier = parameters
        .get("login_hint")
        .ok_or_else(|| refusal::missing("login_hint"))?;
    let channel = Channel::read(parameters)?.ok_or_else(|| refusal::missing("channel_hint"))?;
    let method = channel.method().ok_or_else(refusal::unusable)?;
    let request = check_direct(org, server, app.clone(), parameters);
    let request = request.map_err(EndpointError::Refused)?;
    let dialogue = Dialogue::begin(org, request, origin).await?;
    let interaction = named(&dialogue, identifier.to_owned()).await?;
    let offered = factor::offered(&dialogue.screen(&interaction)?);
    if offered.contains(&method) {
        send(org, &dialogue, &interaction, method).await?;
    } else if dialogue.begins_with_password(&interaction)? {
        return Err(refusal::unusable());
    }
    // Who has no telephone, or does not exist, gets a code that no message belongs to: otherwise this would tell who is who.
    let code = Handle::received(dialogue.handle().expose());
    keep(org, &dialogue, &code).await?;
    Ok(Sent { code, channel })
}
