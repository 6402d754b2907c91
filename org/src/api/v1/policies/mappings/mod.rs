//! Which apps a policy is for. An app that is mapped to none of a type is mapped to the default one.

mod create;
mod delete;
mod get;
mod list;
mod record;

use model::AppId;
use serde_json::{Value, json};

use super::record::PolicyRecord;
use super::view::target;
use super::{MANAGE, READ};
use crate::api::{Table, link};
use crate::config::OrgUrl;
use crate::events::{Event, EventType, Target};

pub(super) use record::apps_of;

pub(super) fn table(table: Table) -> Table {
    table
        .get(
            "/api/v1/policies/{policyId}/mappings",
            "listPolicyMappings",
            READ,
            list::list,
        )
        .post(
            "/api/v1/policies/{policyId}/mappings",
            "mapResourceToPolicy",
            MANAGE,
            create::create,
        )
        .get(
            "/api/v1/policies/{policyId}/mappings/{mappingId}",
            "getPolicyMapping",
            READ,
            get::get,
        )
        .delete(
            "/api/v1/policies/{policyId}/mappings/{mappingId}",
            "deletePolicyResourceMapping",
            MANAGE,
            delete::delete,
        )
}

/// The mapping in Okta's shape. Within a policy the app names it, so its id is the app's.
fn view(policy: &PolicyRecord, app: &AppId, url: &OrgUrl) -> Value {
    let own = format!("/policies/{}", policy.id);
    json!({
        "id": app,
        "_links": {
            "self": link(url, &format!("{own}/mappings/{app}")),
            "application": link(url, &format!("/apps/{app}")),
            "policy": link(url, &own),
        },
    })
}

/// The app follows another policy now.
fn event(policy: &PolicyRecord, app: &AppId, label: &str) -> Event {
    let app = Target::new("AppInstance", app.as_str(), label, label);
    Event::of(EventType::AppPolicyUpdate)
        .to(app)
        .to(target(policy))
}
