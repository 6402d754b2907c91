//! `POST …/v1/device/authorize`: a device without a browser asks for a person, who answers elsewhere (RFC 8628).

mod answer;
mod poll;
mod record;
mod user_code;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, PRAGMA};
use http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;
use model::OAuthErrorCode;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::GrantType;
use super::authorize::check_device;
use super::error::EndpointError;
use super::log::{authorization_request, told};
use super::parameters::Parameters;
use super::server::{AuthorizationServer, RequestServer};
use super::token::client;
use super::token::client_form::ClientForm;
use crate::apps::App;
use crate::events::Origin;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::{Org, housekeeping, paths};

pub(crate) use answer::{Answered, answer_device, find_device, request_of};
pub(crate) use poll::{Standing, poll};
pub(crate) use record::WaitingDevice;
pub(crate) use user_code::UserCode;

/// How long a device waits for an answer. Fixed by Okta.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// The pause between two questions of a device.
const INTERVAL: SignedDuration = SignedDuration::from_secs(5);
/// Codes that are tried until one is nobody else's. Two in a row that are taken are next to impossible.
const TRIES: usize = 4;

/// Answers with the code for the device and the one for its person.
pub(crate) async fn authorize(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<Response, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let id = app.id.clone();
    let outcome = begin(&org, &server, app, &parameters, &origin).await;
    let told_as = (&id, authorization_request(&server.id));
    let body = told(&org, &origin, told_as, outcome).await?;
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    Ok((headers, Json(body)).into_response())
}

async fn begin(
    org: &Org,
    server: &AuthorizationServer,
    app: App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Value, EndpointError> {
    if !app.has_grant(GrantType::DeviceCode.as_str()) {
        return Err(EndpointError::refused(
            OAuthErrorCode::UnauthorizedClient,
            format!(
                "The client is not authorized to use the provided grant type. Configured grant types: [{}].",
                app.grant_types.join(", ")
            ),
        ));
    }
    let app_id = app.id.clone();
    let scopes = check_device(org, server, app, parameters).map_err(EndpointError::Refused)?;
    let (handle, now) = (Handle::generate(org.entropy()), org.now());
    let device = WaitingDevice {
        device_code: handle.digest(),
        server: server.id.clone(),
        app_id,
        scopes,
        address: origin.address.ip(),
        user_agent: origin.user_agent.clone(),
        asked_at: now,
        expires_at: now.saturating_add(LIFETIME).unwrap_or(now),
    };
    let code = keep(org, device).await?;
    let verification_uri = org.url().to(paths::ACTIVATE);
    let user_code: String = form_urlencoded::byte_serialize(code.as_str().as_bytes()).collect();
    Ok(json!({
        "user_code": code.as_str(),
        "device_code": handle.expose(),
        "interval": INTERVAL.as_secs(),
        "verification_uri_complete": format!("{verification_uri}?user_code={user_code}"),
        "verification_uri": verification_uri,
        "expires_in": LIFETIME.as_secs(),
    }))
}

/// Keeps the device under a code that no other has.
async fn keep(org: &Org, device: WaitingDevice) -> Result<UserCode, EndpointError> {
    let (kit, now) = (org.kit(), org.now());
    let kept = org
        .store()
        .write(move |db| {
            housekeeping::sweep(db, now)?;
            for _ in 0..TRIES {
                let code = UserCode::generate(&*kit.entropy);
                if record::create(db, &device, (&code, &kit.sealer), INTERVAL)? {
                    return Ok(Some(code));
                }
            }
            Ok::<_, Failure>(None)
        })
        .await?;
    kept.ok_or_else(|| {
        EndpointError::refused(
            OAuthErrorCode::TemporarilyUnavailable,
            "Too many devices are waiting. Please try again later.",
        )
    })
}
