//! A password and nothing else.

use serde_json::{Value, json};

use crate::steps::mapping;
use crate::steps::policy::{self, OwnRule};
use crate::walk::Walk;
use crate::{Case, Fault};

const NAME: &str = "Password only";
const DESCRIPTION: &str =
    "Require only a password. Suggested for low risk or consumer-facing applications.";

/// Not every org comes with this policy. A new one asks for a factor bound to a device until its rule is changed, so that
/// comes before the app.
pub(super) async fn policy(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let promise = format!("The policy {NAME:?} exists and is active.");
    let fields = json!({"description": DESCRIPTION});
    let id = policy::ensure(walk, "ACCESS_POLICY", NAME, fields, promise).await?;
    let rule = OwnRule {
        policy: &id,
        policy_name: NAME,
        wanted: policy::assurance("1FA", policy::password()),
        fresh: policy::assurance("1FA", policy::password()),
        promise: format!("The policy {NAME:?} asks for the password alone."),
        warning: None,
    };
    policy::change_own_rule(walk, rule).await?;
    if walk.guide.cases.decides_policy() == Some(Case::PasswordOnly) {
        mapping::ensure(walk, mapping::AUTHENTICATION, &id, NAME).await?;
    }
    Ok(())
}

/// "Additional verification is": Not required.
pub(super) async fn recovery(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let id = walk
        .reference(&policy::default_of("PASSWORD"), "Default Policy")
        .await?;
    let step_up = |required: Value| json!({"actions": {"selfServicePasswordReset": {"requirement": {"stepUp": {"required": required}}}}});
    let rule = OwnRule {
        policy: &id,
        policy_name: "the default password policy",
        wanted: step_up(json!(false)),
        fresh: step_up(json!(false)),
        promise: "A password is reset without additional verification.".to_owned(),
        warning: None,
    };
    policy::change_own_rule(walk, rule).await
}
