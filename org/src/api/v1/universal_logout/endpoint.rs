use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Org;
use crate::api::v1::apps::{app_target, find_app, find_to_change};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::universal_logout::{
    Endpoint, SubjectFormat, check_endpoint, find_endpoint, set_endpoint,
};

/// *Logout* in the *Authentication* tab of an app.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Settings {
    /// Nothing: the app does not take part.
    global_token_revocation_uri: Option<String>,
    #[serde(default)]
    subject_format: SubjectFormat,
}

/// `GET /local/apps/{appId}/universal-logout`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let endpoint = org.store().read(|db| {
        Ok(match find_app(db, &id) {
            Ok(app) => Ok(find_endpoint(db, &app.id)?),
            Err(error) => Err(error),
        })
    })??;
    Ok(Json(view(endpoint.as_ref())))
}

/// `PUT /local/apps/{appId}/universal-logout`.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(settings): Body<Settings>,
) -> Result<Json<Value>, ApiError> {
    let targets = change.org().outbound().targets();
    if let Some(uri) = &settings.global_token_revocation_uri {
        check_endpoint(uri, targets)
            .map_err(|error| ApiError::invalid("globalTokenRevocationUri", &error.to_string()))?;
    }
    change
        .run(move |writing| {
            let app = find_to_change(writing, &id)?;
            let endpoint = settings.global_token_revocation_uri.map(|uri| Endpoint {
                uri,
                subject: settings.subject_format,
            });
            set_endpoint(writing.db, &app.id, endpoint.as_ref())?;
            let event = Event::of(EventType::AppUpdate)
                .to(app_target(&app))
                .debug("universalLogout", endpoint.is_some());
            writing.log(event)?;
            Ok(Json(view(endpoint.as_ref())))
        })
        .await
}

fn view(endpoint: Option<&Endpoint>) -> Value {
    json!({
        "globalTokenRevocationUri": endpoint.map(|endpoint| &endpoint.uri),
        "subjectFormat": endpoint.map(|endpoint| endpoint.subject).unwrap_or_default(),
    })
}
