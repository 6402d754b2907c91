use http::StatusCode;

use super::event;
use super::record::find;
use crate::api::v1::policies::record::find_policy;
use crate::api::{ApiError, Change, Path};

/// `DELETE /api/v1/policies/{policyId}/mappings/{mappingId}`: the app follows the default policy from now on, which it cannot
/// be taken from.
pub(super) async fn delete(
    change: Change,
    Path((policy, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let policy = find_policy(writing.db, &policy)?;
            let (app, label) = find(writing.db, &policy, &id)?;
            if policy.is_system {
                return Err(ApiError::forbidden());
            }
            writing
                .db
                .prepare_cached("DELETE FROM app_policies WHERE app_id = ?1 AND type = ?2")?
                .execute([app.as_str(), policy.policy_type.as_str()])?;
            let default: String = writing
                .db
                .prepare_cached("SELECT id FROM policies WHERE type = ?1 AND system")?
                .query_row([policy.policy_type.as_str()], |row| row.get(0))?;
            let default = find_policy(writing.db, &default)?;
            writing.log(event(&default, &app, &label))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
