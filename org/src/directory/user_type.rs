use model::OrgId;

/// The id of the org's one user type, which every user has: `oty…`.
pub(crate) fn default_user_type_id(org: &OrgId) -> String {
    with_prefix("oty", org)
}

/// The id of the schema of that type: `osc…`.
pub(crate) fn default_schema_id(org: &OrgId) -> String {
    with_prefix("osc", org)
}

/// They follow from the org's own id, so that they stay the same without being kept.
fn with_prefix(prefix: &str, org: &OrgId) -> String {
    format!("{prefix}{}", org.as_str().get(3..).unwrap_or_default())
}
