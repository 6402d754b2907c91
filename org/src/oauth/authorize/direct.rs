use model::OAuthError;

use super::draft::Draft;
use super::recipient::Recipient;
use super::reply::Reply;
use super::request::{AuthorizationRequest, ResponseMode};
use super::steps;
use crate::Org;
use crate::apps::App;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;

/// Checks what an app asks for at the token endpoint in the name of a person whom it asks itself. There is no browser to be
/// sent anywhere, and so nothing to be checked of the way back.
pub(crate) fn check_direct(
    org: &Org,
    server: &AuthorizationServer,
    app: App,
    parameters: &Parameters,
) -> Result<AuthorizationRequest, OAuthError> {
    let reply = Reply {
        redirect_uri: String::new(),
        response_mode: ResponseMode::Query,
        state: None,
        issuer: server.issuer.clone(),
    };
    let mut draft = Draft::new(org, server, parameters, Recipient { app, reply });
    steps::scope::check(&mut draft)?;
    steps::acr_values::check(&mut draft)?;
    draft.request.is_direct = true;
    Ok(draft.request)
}
