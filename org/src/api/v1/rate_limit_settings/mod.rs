//! What is set about the limits: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/RateLimitSettings/>.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::super::{Resource, Rights, Table};
use crate::Org;
use crate::api::{ApiError, Body, Change};
use crate::events::{Event, EventType, Target};
use crate::limits::{ClientMode, LimitSettings, UseCase, find_limit_settings, put_limit_settings};

const PER_CLIENT: &str = "/api/v1/rate-limit-settings/per-client";
const WARNING: &str = "/api/v1/rate-limit-settings/warning-threshold";
const NOTIFICATIONS: &str = "/api/v1/rate-limit-settings/admin-notifications";

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::RateLimits);
    const MANAGE: Rights = Rights::manage(Resource::RateLimits);
    table
        .get(
            PER_CLIENT,
            "getRateLimitSettingsPerClient",
            READ,
            get_per_client,
        )
        .put(
            PER_CLIENT,
            "replaceRateLimitSettingsPerClient",
            MANAGE,
            put_per_client,
        )
        .get(
            WARNING,
            "getRateLimitSettingsWarningThreshold",
            READ,
            get_warning,
        )
        .put(
            WARNING,
            "replaceRateLimitSettingsWarningThreshold",
            MANAGE,
            put_warning,
        )
        .get(
            NOTIFICATIONS,
            "getRateLimitSettingsAdminNotifications",
            READ,
            get_notifications,
        )
        .put(
            NOTIFICATIONS,
            "replaceRateLimitSettingsAdminNotifications",
            MANAGE,
            put_notifications,
        )
}

fn per_client(settings: &LimitSettings) -> Value {
    json!({
        "defaultMode": settings.default_mode,
        "useCaseModeOverrides": settings.use_case_mode_overrides,
    })
}

fn warning(settings: &LimitSettings) -> Value {
    json!({"warningThreshold": settings.warning_threshold})
}

fn notifications(settings: &LimitSettings) -> Value {
    json!({"notificationsEnabled": settings.notifications_enabled})
}

async fn get_per_client(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    Ok(Json(per_client(&org.store().read(find_limit_settings)?)))
}

async fn get_warning(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    Ok(Json(warning(&org.store().read(find_limit_settings)?)))
}

async fn get_notifications(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    Ok(Json(notifications(&org.store().read(find_limit_settings)?)))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PerClient {
    default_mode: ClientMode,
    #[serde(default)]
    use_case_mode_overrides: BTreeMap<UseCase, ClientMode>,
}

async fn put_per_client(
    change: Change,
    Body(body): Body<PerClient>,
) -> Result<Json<Value>, ApiError> {
    let set = move |settings: &mut LimitSettings| {
        settings.default_mode = body.default_mode;
        settings.use_case_mode_overrides = body.use_case_mode_overrides;
    };
    keep(change, set, per_client).await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Warning {
    warning_threshold: i64,
}

async fn put_warning(change: Change, Body(body): Body<Warning>) -> Result<Json<Value>, ApiError> {
    let threshold = u8::try_from(body.warning_threshold)
        .ok()
        .filter(|threshold| (30..=90).contains(threshold))
        .ok_or_else(|| {
            ApiError::invalid("warningThreshold", "The value must be between 30 and 90")
        })?;
    let set = move |settings: &mut LimitSettings| settings.warning_threshold = threshold;
    keep(change, set, warning).await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notifications {
    notifications_enabled: bool,
}

async fn put_notifications(
    change: Change,
    Body(body): Body<Notifications>,
) -> Result<Json<Value>, ApiError> {
    let set = move |settings: &mut LimitSettings| {
        settings.notifications_enabled = body.notifications_enabled;
    };
    keep(change, set, notifications).await
}

async fn keep(
    change: Change,
    set: impl FnOnce(&mut LimitSettings) + Send + 'static,
    view: fn(&LimitSettings) -> Value,
) -> Result<Json<Value>, ApiError> {
    let org = change.org().id().clone();
    change
        .run(move |writing| {
            let mut settings = find_limit_settings(writing.db)?;
            set(&mut settings);
            put_limit_settings(writing.db, &settings)?;
            let target = Target::new("Org", org.as_str(), "unknown", "Rate limit settings");
            writing.log(Event::of(EventType::RateLimitSettingsUpdate).to(target))?;
            Ok(Json(view(&settings)))
        })
        .await
}
