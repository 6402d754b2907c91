//! The authenticator enrollment policy: password-optional users need an email address and nothing else.

use serde_json::{Value, json};

use crate::Fault;
use crate::paths::{self, AUTHENTICATORS};
use crate::steps::accounts;
use crate::steps::password_optional::{GROUP, group_id};
use crate::steps::policy;
use crate::walk::Walk;
use crate::wanted::at_least;

pub(crate) const NAME: &str = "Password-optional sign-in policy";
pub(crate) const RULE: &str = "Password-optional sign-in policy rule";

/// What the guide leaves optional. Authenticators that a policy does not name are not allowed, so each is named.
const OPTIONAL: [&str; 6] = [
    "okta_password",
    "phone_number",
    "okta_verify",
    "security_question",
    "google_otp",
    "webauthn",
];

pub(super) async fn create(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let group = group_id(walk).await?;
    let settings = authenticators(&walk.guide.client.list(AUTHENTICATORS).await?);
    let mut fields = json!({
        "conditions": {"people": {"groups": {"include": [group.text()]}}},
        "settings": {"type": "AUTHENTICATORS", "authenticators": settings},
    });
    let policies = walk
        .guide
        .client
        .list(&paths::policies_of("MFA_ENROLL"))
        .await?;
    if let Some(priority) = last_place(&policies) {
        fields["priority"] = json!(priority);
    }
    let promise = format!(
        "The enrollment policy {NAME:?} requires an email of the group {GROUP:?}, leaves all else optional, and stands just above the default."
    );
    policy::ensure(walk, "MFA_ENROLL", NAME, fields, promise)
        .await
        .map(drop)
}

fn authenticators(existing: &[Value]) -> Value {
    let exists = |key: &&&str| {
        existing
            .iter()
            .any(|authenticator| authenticator["key"] == **key)
    };
    let entry = |key: &str, enroll: &str| json!({"key": key, "enroll": {"self": enroll}});
    let optional = OPTIONAL
        .iter()
        .filter(exists)
        .map(|key| entry(key, "OPTIONAL"));
    std::iter::once(entry("okta_email", "REQUIRED"))
        .chain(optional)
        .collect()
}

/// The place just above the default, if the policy exists and stands elsewhere: the org puts a new one there by itself.
fn last_place(policies: &[Value]) -> Option<i64> {
    policies.iter().find(|policy| policy["name"] == NAME)?;
    let own = policies.iter().filter(|policy| policy["system"] != true);
    own.filter_map(|policy| policy["priority"].as_i64()).max()
}

/// "Exclude users": your own account and the service account.
pub(super) async fn rule(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let id = walk
        .reference(&policy::named("MFA_ENROLL", NAME), NAME)
        .await?;
    let admins = accounts::admin_ids(walk).await?;
    let wanted = json!({
        "status": "ACTIVE",
        "conditions": {"people": {"users": {"exclude": at_least(admins)}}, "network": {"connection": "ANYWHERE"}},
        "actions": {"enroll": {"self": "CHALLENGE"}},
    });
    let promise = format!("The rule {RULE:?} excludes admins.");
    policy::ensure_rule(walk, (&id, NAME), RULE, "MFA_ENROLL", wanted, promise)
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_authenticators_that_the_org_has_are_named() {
        let existing = [
            json!({"key": "okta_email"}),
            json!({"key": "okta_password"}),
            json!({"key": "webauthn"}),
        ];
        let keys: Vec<Value> = authenticators(&existing)
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| json!([entry["key"], entry["enroll"]["self"]]))
            .collect();
        assert_eq!(
            keys,
            [
                json!(["okta_email", "REQUIRED"]),
                json!(["okta_password", "OPTIONAL"]),
                json!(["webauthn", "OPTIONAL"])
            ]
        );
    }

    #[test]
    fn the_place_is_the_last_above_the_default() {
        let policy = |name: &str, priority: i64, system: bool| json!({"name": name, "priority": priority, "system": system});
        let default = policy("Default Policy", 3, true);
        assert_eq!(
            last_place(&[
                policy(NAME, 1, false),
                policy("Other", 2, false),
                default.clone()
            ]),
            Some(2)
        );
        assert_eq!(last_place(&[policy("Other", 1, false), default]), None);
    }
}
