//! `grant_type=urn:ietf:params:oauth:grant-type:device_code` (RFC 8628 §3.4).

use axum::response::Response;
use model::OAuthErrorCode;

use super::redeem::{self, CodeGrant};
use crate::Org;
use crate::apps::App;
use crate::events::Origin;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::oauth::GrantType;
use crate::oauth::code::Authorization;
use crate::oauth::device::{Standing, poll};
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;

const INVALID: &str = "The device code is invalid or has expired.";

/// What a person allowed is redeemed as any code is.
const GRANT: CodeGrant = CodeGrant {
    grant_type: GrantType::DeviceCode,
    parameter: "device_code",
    check_bearer,
    invalid: INVALID,
};

/// The device code itself shows that it is the device.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands in a grant whose check may refuse"
)]
const fn check_bearer(_: &Authorization, _: &App, _: &Parameters) -> Result<(), EndpointError> {
    Ok(())
}

/// Answers with tokens, or with how it stands.
pub(super) async fn grant(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let code = parameters.get(GRANT.parameter).ok_or_else(|| {
        EndpointError::invalid_request("The required parameter 'device_code' is missing.")
    })?;
    let (digest, now) = (Handle::received(code).digest(), org.now());
    let (id, server_id) = (app.id.clone(), server.id.clone());
    let standing = org
        .store()
        .write(move |db| poll(db, digest, (&id, &server_id), now).map_err(Failure::from))
        .await?;
    match standing {
        Standing::Allowed => redeem::redeem(&GRANT, org, server, app, parameters, origin).await,
        Standing::Unknown => Err(EndpointError::invalid_grant(INVALID)),
        Standing::Pending => Err(EndpointError::refused(
            OAuthErrorCode::AuthorizationPending,
            "The device authorization is pending. Please try again later.",
        )),
        Standing::TooSoon => Err(EndpointError::refused(
            OAuthErrorCode::SlowDown,
            "The device asks too often. Please wait five seconds longer each time.",
        )),
        Standing::Expired => Err(EndpointError::refused(
            OAuthErrorCode::ExpiredToken,
            "The device code has expired.",
        )),
        Standing::Denied => Err(EndpointError::refused(
            OAuthErrorCode::AccessDenied,
            "The resource owner or authorization server denied the request.",
        )),
    }
}
