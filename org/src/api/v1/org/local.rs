use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::view::target;
use crate::Org;
use crate::api::{ApiError, Body, Change};
use crate::events::{Event, EventType};
use crate::settings::{is_interaction_code_on, set_interaction_code};

/// The switches of the org that Okta has no operation for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Switches {
    embedded_sign_in_support: EmbeddedSignInSupport,
}

/// *Settings > Account > Embedded widget sign-in support*.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EmbeddedSignInSupport {
    interaction_code: bool,
}

fn view(interaction_code: bool) -> Value {
    json!({"embeddedSignInSupport": {"interactionCode": interaction_code}})
}

/// `GET /local/org/settings`.
pub(super) async fn get(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    Ok(Json(view(org.store().read(is_interaction_code_on)?)))
}

/// `PUT /local/org/settings`.
pub(super) async fn replace(
    change: Change,
    Body(switches): Body<Switches>,
) -> Result<Json<Value>, ApiError> {
    let is_on = switches.embedded_sign_in_support.interaction_code;
    let org = change.org().id().clone();
    change
        .run(move |writing| {
            set_interaction_code(writing.db, is_on)?;
            let event = Event::of(EventType::OrgUpdate)
                .to(target(&org))
                .debug("interactionCode", is_on);
            writing.log(event)?;
            Ok(Json(view(is_on)))
        })
        .await
}
