use axum::Json;
use http::StatusCode;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;

use super::super::find_to_change;
use super::super::view::{Secrets, target};
use super::view::view;
use super::{check_text, find};
use crate::api::{ApiError, Change, OptionalBody, Path};
use crate::apps::{MOST_SECRETS, NewSecret, create_secret, generate_secret, list_secrets};
use crate::events::{Event, EventType};
use crate::failure::Failure;
use crate::policy::Status;

/// A secret that somebody brings, or nothing for a fresh one.
#[derive(Debug, Deserialize)]
pub(super) struct SecretBody {
    client_secret: Option<SecretString>,
    status: Option<Status>,
}

/// `POST /api/v1/apps/{appId}/credentials/secrets`.
pub(super) async fn create(
    change: Change,
    Path(id): Path<String>,
    OptionalBody(body): OptionalBody<SecretBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    change
        .run(move |writing| {
            let app = find_to_change(writing, &id)?;
            let method = app.registration.token_endpoint_auth_method;
            if !method.has_secret() {
                return Err(ApiError::invalid(
                    "token_endpoint_auth_method",
                    "An app that authenticates so has no secret",
                ));
            }
            if list_secrets(writing.db, &app.id)?.len() >= MOST_SECRETS {
                return Err(ApiError::invalid(
                    "client_secret",
                    "The app has two secrets: delete one that is inactive first",
                ));
            }
            if let Some(given) = &body.client_secret {
                check_text(method, given.expose_secret())?;
            }
            let given = body.client_secret;
            let text = given.unwrap_or_else(|| generate_secret(writing.entropy));
            let sealed = NewSecret::seal(&app.id, &text, writing.sealer, writing.entropy);
            let sealed = sealed.map_err(Failure::from)?;
            let status = body.status.unwrap_or_default();
            create_secret(writing.db, &app.id, &sealed, status, writing.now)?;
            writing.log(Event::of(EventType::ClientSecretCreate).to(target(&app)))?;
            let (app, secret) = find(writing.db, &id, sealed.id.as_str())?;
            let shown = Secrets::Shown(writing.sealer);
            let shape = view(&app.id, &secret, shown, writing.url)?;
            Ok((StatusCode::CREATED, Json(shape)))
        })
        .await
}
