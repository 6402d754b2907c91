use axum::Json;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::check::{Checked, check};
use super::view::{Secrets, target, view};
use super::{find_app, find_to_change, supported};
use crate::api::{ApiError, Body, Change, Path, Writing, typed};
use crate::apps::{
    AppRecord, NewSecret, create_secret, delete_secrets_of, generate_secret, list_secrets,
    open_secret, replace_keys, save_registration,
};
use crate::events::{Event, EventType};
use crate::failure::Failure;
use crate::policy::Status;
use crate::settings::is_interaction_code_on;

/// `PUT /api/v1/apps/{appId}`: the app is what the body says, and what it leaves out is Okta's default. Its id, its status, its
/// policies, its assignments and a secret that is not replaced stay.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<Value>,
) -> Result<Json<Value>, ApiError> {
    supported::check(&body, "replaceApplication")?;
    let body = typed(body)?;
    change
        .run(move |writing| {
            let app = find_to_change(writing, &id)?;
            let checked = check(body, is_interaction_code_on(writing.db)?)?;
            if checked.client_id.as_ref().is_some_and(|given| *given != id) {
                return Err(ApiError::invalid("client_id", "It cannot be changed"));
            }
            save(writing, &app, checked)?;
            let app = find_app(writing.db, &id)?;
            writing.log(Event::of(EventType::AppUpdate).to(target(&app)))?;
            let secrets = Secrets::Shown(writing.sealer);
            Ok(Json(view(writing.db, &app, writing.url, secrets)?))
        })
        .await
}

fn save(writing: &Writing<'_>, app: &AppRecord, checked: Checked) -> Result<(), ApiError> {
    let (db, now) = (writing.db, writing.now);
    let has_secret = checked.registration.token_endpoint_auth_method.has_secret();
    save_registration(db, &app.id, &checked.registration, now)?;
    replace_keys(db, &app.id, &checked.keys, writing.entropy, now)?;
    if !has_secret {
        return Ok(delete_secrets_of(db, &app.id)?);
    }
    let existing = active_secrets(writing, app)?;
    let wanted = match checked.secret {
        Some(given) => {
            let is_given = |one: &SecretString| one.expose_secret() == given.expose_secret();
            (!existing.iter().any(is_given)).then_some(given)
        }
        None if existing.is_empty() => Some(generate_secret(writing.entropy)),
        None => None,
    };
    if let Some(secret) = wanted {
        delete_secrets_of(db, &app.id)?;
        let sealed = NewSecret::seal(&app.id, &secret, writing.sealer, writing.entropy);
        let sealed = sealed.map_err(Failure::from)?;
        create_secret(db, &app.id, &sealed, Status::Active, now)?;
    }
    Ok(())
}

fn active_secrets(writing: &Writing<'_>, app: &AppRecord) -> Result<Vec<SecretString>, ApiError> {
    list_secrets(writing.db, &app.id)?
        .iter()
        .filter(|one| one.status == Status::Active)
        .map(|one| {
            open_secret(&app.id, &one.sealed, writing.sealer)
                .map_err(|broken| Failure::from(broken).into())
        })
        .collect()
}
