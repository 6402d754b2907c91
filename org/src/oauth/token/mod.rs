//! `POST …/v1/token`: one file per grant, and the client authentication that all of them share.

mod assertion;
mod assertion_key;
mod authorization_code;
pub(crate) mod client;
mod client_credentials;
pub(crate) mod client_form;
mod credentials;
mod device_code;
mod interaction_code;
mod log;
mod narrowed;
mod pkce;
mod redeem;
mod refresh_token;
pub(super) mod response;
pub(super) mod signed;
pub(super) mod subject;
mod token_exchange;

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use model::OAuthErrorCode;

use self::client_form::ClientForm;
use super::GrantType;
use super::direct;
use super::error::EndpointError;
use super::log::{token_request, told};
use super::parameters::Parameters;
use super::server::{AuthorizationServer, RequestServer};
use crate::Org;
use crate::apps::App;
use crate::events::Origin;

/// Exchanges a grant for tokens.
pub(crate) async fn token(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<Response, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let outcome = grant(&org, &server, &app, &parameters, &origin).await;
    let told_as = (&app.id, token_request(&server.id));
    told(&org, &origin, told_as, outcome).await
}

async fn grant(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let grant_type = parameters.get("grant_type").ok_or_else(|| {
        EndpointError::invalid_request(format!(
            "The token request must specify a 'grant_type'. Valid values: [{}].",
            GrantType::ALL.map(GrantType::as_str).join(", ")
        ))
    })?;
    let Some(known) = GrantType::parse(grant_type) else {
        return Err(EndpointError::refused(
            OAuthErrorCode::UnsupportedGrantType,
            "The grant type in the request isn't supported.",
        ));
    };
    if !app.has_grant(grant_type) {
        return Err(EndpointError::refused(
            OAuthErrorCode::UnauthorizedClient,
            format!(
                "The client is not authorized to use the provided grant type. Configured grant types: [{}].",
                app.grant_types.join(", ")
            ),
        ));
    }
    let grant = match known {
        GrantType::AuthorizationCode => authorization_code::GRANT,
        GrantType::InteractionCode => interaction_code::GRANT,
        GrantType::DeviceCode => {
            return device_code::grant(org, server, app, parameters, origin).await;
        }
        GrantType::ClientCredentials => {
            return client_credentials::grant(org, server, app, parameters, origin).await;
        }
        GrantType::RefreshToken => {
            return refresh_token::grant(org, server, app, parameters, origin).await;
        }
        GrantType::TokenExchange => {
            return token_exchange::grant(org, server, app, parameters, origin).await;
        }
        GrantType::Password
        | GrantType::Otp
        | GrantType::Oob
        | GrantType::MfaOtp
        | GrantType::MfaOob => {
            return direct::grant(known, org, server, app, parameters, origin).await;
        }
    };
    redeem::redeem(&grant, org, server, app, parameters, origin).await
}
