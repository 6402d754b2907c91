use model::AppId;
use rusqlite::Connection;

use crate::api::ApiError;
use crate::api::v1::policies::record::PolicyRecord;
use crate::store::parsed;

/// The apps that the policy is for, with their labels, in the order of their ids.
pub(in crate::api::v1::policies) fn apps_of(
    db: &Connection,
    policy: &PolicyRecord,
) -> rusqlite::Result<Vec<(AppId, String)>> {
    if !policy.policy_type.is_for_apps() {
        return Ok(Vec::new());
    }
    db.prepare_cached(
        "SELECT apps.id, label FROM apps LEFT JOIN app_policies ON app_id = apps.id AND app_policies.type = ?1 \
         WHERE policy_id = ?2 OR (policy_id IS NULL AND ?3) ORDER BY apps.id",
    )?
    .query_map(
        (policy.policy_type.as_str(), policy.id.as_str(), policy.is_system),
        |row| Ok((parsed(row, 0)?, row.get(1)?)),
    )?
    .collect()
}

/// The app of a mapping, else `E0000007`.
pub(super) fn find(
    db: &Connection,
    policy: &PolicyRecord,
    id: &str,
) -> Result<(AppId, String), ApiError> {
    apps_of(db, policy)?
        .into_iter()
        .find(|(app, _)| app.as_str() == id)
        .ok_or_else(|| ApiError::not_found("PolicyMapping", id))
}
