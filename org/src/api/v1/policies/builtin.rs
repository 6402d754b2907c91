//! Policies of types that the org does not decide by, but of which every org of Okta's has one.

use serde_json::{Value, json};

use crate::Org;
use crate::api::{hinted, href};

/// What a list of the type holds: the policy for finding identity providers, which always names the org itself.
pub(super) fn of_type(policy_type: &str, org: &Org) -> Option<Value> {
    (policy_type == "IDP_DISCOVERY").then(|| idp_discovery(org))
}

/// The policy with this id.
pub(super) fn find(id: &str, org: &Org) -> Option<Value> {
    (id == id_of(org)).then(|| idp_discovery(org))
}

/// The id is the same as long as the org is.
fn id_of(org: &Org) -> String {
    format!("00p{}", &org.id().as_str()[3..])
}

fn idp_discovery(org: &Org) -> Value {
    let id = id_of(org);
    let own = format!("/policies/{id}");
    json!({
        "id": id,
        "status": "ACTIVE",
        "name": "Idp Discovery Policy",
        "description": "The default IdP Discovery Policy",
        "priority": 1,
        "system": true,
        "conditions": null,
        "created": null,
        "lastUpdated": null,
        "_links": {
            "self": hinted(org.url(), &own, &["GET"]),
            "rules": {"href": href(org.url(), &format!("{own}/rules"))},
        },
        "type": "IDP_DISCOVERY",
    })
}
