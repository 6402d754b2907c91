use axum::Json;
use model::AppId;
use serde_json::Value;

use super::check::{Checked, check};
use super::view::{Secrets, target, view};
use super::{find_app, supported};
use crate::api::{ApiError, Body, Change, Listing, Writing, typed};
use crate::apps::{NewApp, NewSecret, create_app, find_app_record, generate_secret, replace_keys};
use crate::events::{Event, EventType};
use crate::failure::Failure;
use crate::policy::Status;
use crate::settings::is_interaction_code_on;

/// `POST /api/v1/apps`. Unless `activate=false`, apps and people can use it at once.
pub(super) async fn create(
    change: Change,
    parameters: Listing,
    Body(body): Body<Value>,
) -> Result<Json<Value>, ApiError> {
    supported::check(&body, "createApplication")?;
    let body = typed(body)?;
    let status = match parameters.flag("activate")? {
        Some(false) => Status::Inactive,
        Some(true) | None => Status::Active,
    };
    change
        .run(move |writing| {
            let checked = check(body, is_interaction_code_on(writing.db)?)?;
            let id = choose_id(writing, &checked)?;
            store(writing, &id, checked, status)?;
            let app = find_app(writing.db, id.as_str())?;
            writing.log(Event::of(EventType::AppCreate).to(target(&app)))?;
            let secrets = Secrets::Shown(writing.sealer);
            Ok(Json(view(writing.db, &app, writing.url, secrets)?))
        })
        .await
}

/// The `client_id` is the id of the app. One that the caller brings must be such an id.
fn choose_id(writing: &Writing<'_>, checked: &Checked) -> Result<AppId, ApiError> {
    let Some(given) = &checked.client_id else {
        return Ok(AppId::generate(writing.entropy));
    };
    let id = AppId::parse(given.as_str()).map_err(|_| {
        let message =
            "In the local org it is the id of the app: 20 letters and digits that begin with 0oa";
        ApiError::invalid("client_id", message)
    })?;
    if find_app_record(writing.db, id.as_str())?.is_some() {
        return Err(ApiError::duplicate("client_id"));
    }
    Ok(id)
}

fn store(
    writing: &Writing<'_>,
    id: &AppId,
    checked: Checked,
    status: Status,
) -> Result<(), ApiError> {
    let method = checked.registration.token_endpoint_auth_method;
    let secret = if method.has_secret() {
        let given = checked.secret;
        let text = given.unwrap_or_else(|| generate_secret(writing.entropy));
        let sealed = NewSecret::seal(id, &text, writing.sealer, writing.entropy);
        Some(sealed.map_err(Failure::from)?)
    } else {
        None
    };
    let app = NewApp {
        id: id.clone(),
        status,
        registration: checked.registration,
        secret,
    };
    create_app(writing.db, &app, writing.now)?;
    replace_keys(writing.db, id, &checked.keys, writing.entropy, writing.now)?;
    super::policies::assign_defaults(writing.db, id)
}
