use model::OrgId;
use serde_json::{Value, json};

use super::record::ShareRecord;
use crate::events::{Target, wire_time};

/// The share in Okta's shape.
pub(super) fn view(share: &ShareRecord, org: &OrgId) -> Value {
    json!({
        "id": share.id,
        "orgId": org.as_str(),
        "principalId": share.principal_id,
        "principalType": share.principal_type,
        "defaultPercentage": share.percentage,
        "defaultConcurrencyPercentage": share.concurrency_percentage,
        "createdDate": wire_time(share.created_at),
        "createdBy": share.created_by,
        "lastUpdate": wire_time(share.updated_at),
        "lastUpdatedBy": share.updated_by,
    })
}

/// Whose share it is, in the System Log.
pub(super) fn target(share: &ShareRecord, name: String) -> Target {
    let kind = if share.principal_type == "SSWS_TOKEN" {
        "Token"
    } else {
        "AppInstance"
    };
    Target::new(kind, share.principal_id.as_str(), "unknown", name)
}
