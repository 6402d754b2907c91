use serde_json::{Value, json};

use crate::api::href;
use crate::api::v1::apps::APP_NAME;
use crate::apps::AppRecord;
use crate::config::OrgUrl;
use crate::events::Target;

/// What people call the only kind of apps that the org has.
const KIND_LABEL: &str = "OpenID Connect Client";

/// All apps of the kind, as `CatalogApplication`.
pub(super) fn kind_view(url: &OrgUrl) -> Value {
    json!({
        "name": APP_NAME,
        "displayName": KIND_LABEL,
        "status": "ACTIVE",
        "signOnModes": ["OPENID_CONNECT"],
        "_links": {"self": {"href": kind_href(url)}},
    })
}

/// One app, as `CatalogApplication`.
pub(super) fn app_view(app: &AppRecord, url: &OrgUrl) -> Value {
    json!({
        "name": APP_NAME,
        "displayName": app.registration.label,
        "status": app.status,
        "id": app.id,
        "_links": {"self": {"href": href(url, &format!("/apps/{}", app.id))}},
    })
}

/// The list of all apps of the kind.
pub(super) fn kind_href(url: &OrgUrl) -> String {
    href(url, &format!("/apps?filter=name+eq+%22{APP_NAME}%22"))
}

/// The kind in the System Log.
pub(super) fn kind_target() -> Target {
    Target::new("AppInstance", APP_NAME, KIND_LABEL, KIND_LABEL)
}
