//! The default policies keep asking for a password: whoever is not a password-optional user needs theirs.

use serde_json::json;

use crate::Fault;
use crate::paths::POLICIES;
use crate::steps::policy::{self, OwnRule};
use crate::walk::{Address, Object, Undo, Update, Walk};

const ENROLLMENT: &str = "the default authenticator enrollment policy";
const SESSION: &str = "the default global session policy";

pub(super) async fn require_password(walk: &mut Walk<'_>) -> Result<(), Fault> {
    enrollment(walk).await?;
    let id = walk
        .reference(&policy::default_of("OKTA_SIGN_ON"), SESSION)
        .await?;
    let factor = |factor: &str| json!({"actions": {"signon": {"primaryFactor": factor}}});
    let rule = OwnRule {
        policy: &id,
        policy_name: SESSION,
        wanted: factor("PASSWORD_IDP"),
        fresh: factor("PASSWORD_IDP_ANY_FACTOR"),
        promise: "The default global session policy begins a session with the password.".to_owned(),
        warning: Some(
            "Everybody outside of the group \"Password optional\" needs their password from now on.",
        ),
    };
    policy::change_own_rule(walk, rule).await
}

async fn enrollment(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let required = json!([{"key": "okta_password", "enroll": {"self": "REQUIRED"}}]);
    let wanted = json!({"settings": {"authenticators": required}});
    let object = Object {
        kind: "policy",
        name: ENROLLMENT.to_owned(),
        promise: "The default authenticator enrollment policy requires a password.".to_owned(),
        find: policy::default_of("MFA_ENROLL"),
        create: None,
        wanted,
        address: Address::Below(POLICIES.to_owned()),
        update: Update::Whole,
        undo: Undo::Nothing,
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}
