use axum::Json;
use model::AppId;
use serde::Deserialize;
use serde_json::Value;

use super::{event, view};
use crate::api::v1::policies::record::find_policy;
use crate::api::{ApiError, Body, Change, Path};
use crate::apps::find_app_label;
use crate::policy::assign_app_policy;

/// What is mapped.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewMapping {
    resource_id: String,
    resource_type: Option<String>,
}

/// `POST /api/v1/policies/{policyId}/mappings`: the app follows this policy instead of the one before.
pub(super) async fn create(
    change: Change,
    Path(policy): Path<String>,
    Body(new): Body<NewMapping>,
) -> Result<Json<Value>, ApiError> {
    if new.resource_type.is_some_and(|named| named != "APP") {
        return Err(ApiError::invalid("resourceType", "Only APP is supported"));
    }
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &policy)?;
            let missing = || ApiError::not_found("AppInstance", &new.resource_id);
            let app = AppId::parse(&*new.resource_id).map_err(|_| missing())?;
            let label = find_app_label(writing.db, &app)?.ok_or_else(missing)?;
            if !assign_app_policy(writing.db, &app, &policy.id)? {
                return Err(ApiError::invalid(
                    "policy",
                    "Apps are not mapped to policies of this type",
                ));
            }
            writing.log(event(&policy, &app, &label))?;
            Ok(Json(view(&policy, &app, writing.url)))
        })
        .await
}
