//! The user profile policy: who registers by the app becomes a password-optional user.

use serde_json::json;

use crate::Fault;
use crate::steps::mapping;
use crate::steps::password_optional::{GROUP, group_id};
use crate::steps::policy::{self, OwnRule};
use crate::walk::Walk;

pub(crate) const NAME: &str = "Password-optional user profile policy";

pub(super) async fn create(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let promise = format!("The user profile policy {NAME:?} exists and is active.");
    let id = policy::ensure(walk, "PROFILE_ENROLLMENT", NAME, json!({}), promise).await?;
    let group = group_id(walk).await?;
    let attribute =
        |name: &str, label: &str| json!({"name": name, "label": label, "required": true});
    let rule = OwnRule {
        policy: &id,
        policy_name: NAME,
        wanted: json!({"actions": {"profileEnrollment": {
            "access": "ALLOW", "unknownUserAction": "REGISTER",
            "activationRequirements": {"emailVerification": true},
            "profileAttributes": [
                attribute("email", "Email"),
                attribute("firstName", "First name"),
                attribute("lastName", "Last name"),
            ],
            "targetGroupIds": [group.text()],
            "progressiveProfilingAction": "DISABLED",
        }}}),
        fresh: json!({"actions": {"profileEnrollment": {"targetGroupIds": null}}}),
        promise: format!(
            "Whoever registers by the app verifies their email and comes into the group {GROUP:?}."
        ),
        warning: None,
    };
    policy::change_own_rule(walk, rule).await?;
    mapping::ensure(walk, mapping::PROFILE, &id, NAME).await?;
    callback(walk)
}

/// Where the link in the verification email leads is a field of the Admin Console alone.
fn callback(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let guide = walk.guide;
    if guide.target.is_local() {
        return Ok(());
    }
    let instruction = format!(
        "In {}, open Applications > Applications > {} > General, edit Email Verification Experience and set Callback URI to {}. \
         It is where the link in the email leads. There is no API for it.",
        guide.target.admin_console(),
        guide.values.app_label,
        guide
            .values
            .redirect_uris
            .first()
            .map_or("", String::as_str),
    );
    walk.manual("Set the callback of the email verification", instruction)
}
