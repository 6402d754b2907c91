//! What users can be searched for by, under the names of the wire.

use crate::api::Column;
use crate::directory::find_attribute;

/// Of `search`. The expressions of the attributes that people are found by are those of the indices, to the letter.
pub(super) fn search_column(name: &str) -> Option<Column> {
    Some(match name {
        "id" => Column::text("id"),
        "status" => Column::text("status"),
        "created" => Column::moment("created_at"),
        "activated" => Column::moment("activated_at"),
        "statusChanged" => Column::moment("status_changed_at"),
        "lastUpdated" => Column::moment("updated_at"),
        "lastLogin" => Column::moment("last_sign_in_at"),
        "passwordChanged" => Column::moment("password_changed_at"),
        _ => Column::text(attribute_sql(name.strip_prefix("profile.")?)?),
    })
}

/// Of `filter`, which knows fewer.
pub(super) fn filter_column(name: &str) -> Option<Column> {
    const KNOWN: [&str; 7] = [
        "id",
        "status",
        "lastUpdated",
        "profile.login",
        "profile.email",
        "profile.firstName",
        "profile.lastName",
    ];
    KNOWN.contains(&name).then(|| search_column(name)).flatten()
}

/// The column of an attribute, which compares without regard to letter case.
pub(super) fn attribute_sql(name: &str) -> Option<String> {
    let attribute = find_attribute(name)?;
    Some(match attribute.name {
        "login" => "login COLLATE NOCASE".to_owned(),
        name => format!("profile_{name} COLLATE NOCASE"),
    })
}
