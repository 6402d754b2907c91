//! The group of those without a password, and the policies that let them sign in.

use serde_json::json;

use crate::steps::policy::{self, OwnRule};
use crate::steps::{accounts, group as groups, mapping};
use crate::walk::{Id, Walk};
use crate::wanted::at_least;
use crate::{Case, Fault};

/// Whoever registers by the app comes into this group.
pub(crate) const GROUP: &str = "Password optional";
/// The global session policy of the group.
pub(crate) const SESSION_POLICY: &str = "Password-optional global sign-in policy";
pub(crate) const SESSION_RULE: &str = "Password-optional gsp rule";
/// The authentication policy of the app.
pub(crate) const AUTHENTICATION_POLICY: &str = "Password-optional authentication policy";

pub(super) async fn group(walk: &mut Walk<'_>) -> Result<(), Fault> {
    groups::ensure(walk, GROUP, "Group for password optional users")
        .await
        .map(drop)
}

pub(super) async fn group_id(walk: &mut Walk<'_>) -> Result<Id, Fault> {
    walk.reference(&groups::find(GROUP, "OKTA_GROUP"), GROUP)
        .await
}

/// "Establish the user session with": any factor; "Multifactor authentication is": Not required.
pub(super) async fn session(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let group = group_id(walk).await?;
    let fields = json!({"conditions": {"people": {"groups": {"include": [group.text()]}}}});
    let promise = format!(
        "The global session policy {SESSION_POLICY:?} is active for the group {GROUP:?} and no other."
    );
    let id = policy::ensure(walk, "OKTA_SIGN_ON", SESSION_POLICY, fields, promise).await?;
    let admins = accounts::admin_ids(walk).await?;
    let wanted = json!({
        "status": "ACTIVE",
        "conditions": {
            "people": {"users": {"exclude": at_least(admins)}},
            "network": {"connection": "ANYWHERE"},
            "authContext": {"authType": "ANY"},
        },
        "actions": {"signon": {
            "access": "ALLOW", "primaryFactor": "PASSWORD_IDP_ANY_FACTOR", "requireFactor": false,
            "rememberDeviceByDefault": false,
            "session": {"maxSessionIdleMinutes": 120, "maxSessionLifetimeMinutes": 0, "usePersistentCookie": false},
        }},
    });
    let promise = format!(
        "The rule {SESSION_RULE:?} begins a session with any factor, without a second one, and admins are excluded."
    );
    policy::ensure_rule(
        walk,
        (&id, SESSION_POLICY),
        SESSION_RULE,
        "SIGN_ON",
        wanted,
        promise,
    )
    .await?;
    Ok(())
}

/// "User must authenticate with": Any 1 factor type, with no possession factor constraint. The rule comes before the app:
/// as it is made, nobody could satisfy it with an email.
pub(super) async fn authentication(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let promise = format!("The policy {AUTHENTICATION_POLICY:?} exists and is active.");
    let name = AUTHENTICATION_POLICY;
    let id = policy::ensure(walk, "ACCESS_POLICY", name, json!({}), promise).await?;
    let rule = OwnRule {
        policy: &id,
        policy_name: name,
        wanted: policy::assurance("1FA", json!([])),
        fresh: policy::device_bound(),
        promise: format!("The policy {name:?} is satisfied by any one factor."),
        warning: None,
    };
    policy::change_own_rule(walk, rule).await?;
    if walk.guide.cases.decides_policy() == Some(Case::PasswordOptional) {
        mapping::ensure(walk, mapping::AUTHENTICATION, &id, name).await?;
    }
    Ok(())
}
