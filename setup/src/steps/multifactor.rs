//! Two factors, of which one is the password.

use serde_json::Value;

use crate::steps::mapping;
use crate::steps::policy::{self, OwnRule};
use crate::walk::Walk;
use crate::{Case, Fault};

const NAME: &str = "Any two factors";

/// "User must authenticate with": Password + Another factor.
pub(super) async fn update(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let id = walk
        .reference(&policy::named("ACCESS_POLICY", NAME), NAME)
        .await?;
    let rule = OwnRule {
        policy: &id,
        policy_name: NAME,
        wanted: policy::assurance("2FA", policy::password()),
        fresh: policy::assurance("2FA", Value::Null),
        promise: format!("The policy {NAME:?} asks for the password and another factor."),
        warning: Some("This policy is shared: the change counts for every app that has it."),
    };
    policy::change_own_rule(walk, rule).await?;
    if walk.guide.cases.decides_policy() == Some(Case::Mfa) {
        mapping::ensure(walk, mapping::AUTHENTICATION, &id, NAME).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wanted::differences;
    use serde_json::json;

    #[test]
    fn the_rule_of_a_new_org_differs_in_its_constraints_alone() {
        let wanted = policy::assurance("2FA", policy::password());
        let fresh = json!({"actions": {"appSignOn": {
            "access": "ALLOW",
            "verificationMethod": {"type": "ASSURANCE", "factorMode": "2FA", "reauthenticateIn": "PT12H"},
            "keepMeSignedIn": {"postAuth": "NOT_ALLOWED"}
        }}});
        let found = differences(&fresh, &wanted);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].path,
            "actions.appSignOn.verificationMethod.constraints"
        );
    }
}
