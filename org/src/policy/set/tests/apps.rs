use serde_json::json;

use super::{Fixture, NOBODY};
use crate::policy::set::PolicySet;
use crate::policy::verification::{Assurance, FactorMode, Verification};
use crate::policy::{Access, PolicyType, Subject};
use model::AppId;

#[test]
fn an_app_without_an_assignment_asks_for_two_factors() {
    let fixture = Fixture::new();
    let decision = fixture.set.app_sign_on(&fixture.app, NOBODY);
    assert_eq!(
        decision.because.policy_name.as_deref(),
        Some("Any two factors")
    );
    assert_eq!(
        decision.because.rule_name.as_deref(),
        Some("Catch-all Rule")
    );
    let Verification::Assurance(assurance) = decision.outcome.verification else {
        panic!("an assurance");
    };
    assert_eq!(assurance.factor_mode, FactorMode::Two);
    assert_eq!(assurance.constraints, []);
}

#[test]
fn an_app_follows_the_policy_that_it_is_assigned_to() {
    let mut fixture = Fixture::new();
    fixture.assign(PolicyType::AccessPolicy, "One factor access");
    let decision = fixture.set.app_sign_on(&fixture.app, NOBODY);
    let expected = Assurance {
        reauthenticate_in: Some("PT12H".to_owned().try_into().expect("a period")),
        ..Assurance::of(FactorMode::One)
    };
    assert_eq!(
        decision.outcome.verification,
        Verification::Assurance(expected)
    );
    assert_eq!(
        decision.because.checks[0].what,
        "The app is assigned to “One factor access”"
    );
    let other = AppId::generate(&fixture.entropy);
    let decision = fixture.set.app_sign_on(&other, NOBODY);
    assert_eq!(
        decision.because.policy_name.as_deref(),
        Some("Any two factors")
    );
}

#[test]
fn an_app_whose_policy_is_inactive_falls_back_to_the_default() {
    let mut fixture = Fixture::new();
    fixture.assign(PolicyType::AccessPolicy, "Password only");
    fixture.put(json!({"type": "ACCESS_POLICY", "name": "Password only", "status": "INACTIVE"}));
    let because = fixture.set.app_sign_on(&fixture.app, NOBODY).because;
    assert_eq!(because.policy_name.as_deref(), Some("Any two factors"));
}

#[test]
fn a_policy_for_apps_ends_with_a_rule_that_catches_everybody() {
    let mut fixture = Fixture::new();
    let denied = json!({"name": "Not Jane", "priority": 7,
        "conditions": {"people": {"users": {"include": ["jane@example.com"]}}},
        "actions": {"appSignOn": {"access": "DENY"}}});
    fixture.put(json!({"type": "ACCESS_POLICY", "name": "New", "rules": [denied]}));
    fixture.assign(PolicyType::AccessPolicy, "New");
    let policy = fixture
        .set
        .access
        .iter()
        .find(|one| one.name == "New")
        .expect("a policy");
    let rules: Vec<(&str, u32, bool)> = policy
        .rules
        .iter()
        .map(|rule| (rule.name.as_str(), rule.priority, rule.is_system))
        .collect();
    assert_eq!(
        rules,
        [("Not Jane", 0, false), ("Catch-all Rule", 99, true)]
    );

    let user = Some(&fixture.jane);
    let jane = fixture
        .set
        .app_sign_on(&fixture.app, Subject { user, groups: &[] });
    assert_eq!(jane.outcome.access, Access::Deny);
    let others = fixture.set.app_sign_on(&fixture.app, NOBODY);
    assert_eq!(others.outcome.access, Access::Allow);
    let Verification::Assurance(assurance) = others.outcome.verification else {
        panic!("an assurance");
    };
    assert_eq!(assurance.factor_mode, FactorMode::Two);
    assert!(
        assurance.constraints[0].possession.is_some(),
        "as at Okta, not permissive"
    );
}

#[test]
fn a_profile_policy_says_who_may_register_and_where_they_go() {
    let mut fixture = Fixture::new();
    fixture.put(json!({"type": "PROFILE_ENROLLMENT", "name": "Plain"}));
    fixture.assign(PolicyType::ProfileEnrollment, "Plain");
    let plain = fixture.set.profile_enrollment(&fixture.app).outcome;
    assert!(plain.registration && plain.email_verification && plain.progressive);
    assert_eq!(plain.target_group, None);

    fixture.put(
        json!({"type": "PROFILE_ENROLLMENT", "name": "Plain", "rules": [{
            "type": "PROFILE_ENROLLMENT", "name": "Catch-all Rule", "priority": 99, "system": true,
            "conditions": null,
            "actions": {"profileEnrollment": {
                "access": "ALLOW", "unknownUserAction": "REGISTER",
                "activationRequirements": {"emailVerification": false},
                "profileAttributes": [{"name": "email", "label": "Email", "required": true}],
                "targetGroupIds": ["testers"], "progressiveProfilingAction": "DISABLED"
            }}
        }]}),
    );
    let told = fixture.set.profile_enrollment(&fixture.app).outcome;
    assert!(told.registration && !told.email_verification && !told.progressive);
    assert_eq!(told.attributes.len(), 1);
    assert_eq!(told.target_group, Some(fixture.testers));
}

#[test]
fn a_preset_is_known_by_both_of_its_names() {
    let mut fixture = Fixture::new();
    let count = fixture.set.access.len();
    fixture.put(json!({
        "type": "ACCESS_POLICY", "name": "any one factor", "description": "Changed"
    }));
    assert_eq!(fixture.set.access.len(), count);
    let preset = fixture
        .set
        .access
        .iter()
        .find(|policy| policy.name == "One factor access")
        .expect("the preset");
    assert_eq!(preset.description, "Changed");
    assert_eq!(preset.rules.len(), 1);
}

#[test]
fn a_second_default_cannot_be_made() {
    let mut fixture = Fixture::new();
    fixture.put(json!({"type": "ACCESS_POLICY", "name": "Mine", "system": true}));
    let defaults = |set: &PolicySet| set.access.iter().filter(|one| one.is_system).count();
    assert_eq!(defaults(&fixture.set), 1);
}
