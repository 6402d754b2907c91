use serde_json::{Value, json};

use super::PolicyDraft;
use crate::policy::app_sign_on::AppSignOnActions;
use crate::policy::{Actions, Policy, PolicySet, PolicyType, defaults};
use model::GroupId;
use testkit::SeededEntropy;

fn read(policy: Value) -> Result<PolicyDraft, String> {
    serde_json::from_value(policy).map_err(|error| error.to_string())
}

fn access(rule: Value) -> Value {
    json!({"type": "ACCESS_POLICY", "name": "Mine", "rules": [rule]})
}

fn with_method(method: Value) -> Value {
    access(json!({"name": "One", "actions": {"appSignOn": {
        "access": "ALLOW", "verificationMethod": method
    }}}))
}

fn has_one_default<A: Actions>(policies: &[Policy<A>]) -> bool {
    policies.iter().filter(|policy| policy.is_system).count() == 1
}

#[test]
fn the_built_in_policies_can_be_read_and_have_no_flaw() {
    let defaults = defaults();
    assert_eq!(defaults.len(), 7);
    for (index, policy) in defaults.iter().enumerate() {
        assert_eq!(policy.flaw(), None, "{index}: {}", policy.name());
    }
    let entropy = SeededEntropy::new(1);
    let set = PolicySet::of_new_org(&GroupId::generate(&entropy), &entropy);
    assert!(has_one_default(&set.sign_on) && has_one_default(&set.enrollment));
    assert!(has_one_default(&set.password) && has_one_default(&set.profile));
    assert!(has_one_default(&set.access));
}

#[test]
fn an_unknown_value_is_refused_with_its_name() {
    for (policy, named) in [
        (
            json!({"type": "IDP_DISCOVERY", "name": "Mine"}),
            "IDP_DISCOVERY",
        ),
        (
            json!({"type": "PASSWORD", "name": "Mine", "colour": "red"}),
            "colour",
        ),
        (
            access(
                json!({"type": "SIGN_ON", "name": "One", "actions": {"appSignOn": {"access": "ALLOW"}}}),
            ),
            "SIGN_ON",
        ),
        (
            access(json!({"name": "One", "actions": {"appSignOn": {"access": "MAYBE"}}})),
            "MAYBE",
        ),
        (with_method(json!({"type": "ID_PROOFING"})), "ID_PROOFING"),
        (
            with_method(json!({"type": "ASSURANCE", "factorMode": "3FA"})),
            "3FA",
        ),
        (
            with_method(
                json!({"type": "ASSURANCE", "factorMode": "1FA", "reauthenticateIn": "P1M"}),
            ),
            "P1M",
        ),
        (
            with_method(json!({"type": "ASSURANCE", "factorMode": "1FA",
            "constraints": [{"inherence": {}}]})),
            "inherence",
        ),
        (
            with_method(json!({"type": "ASSURANCE", "factorMode": "1FA",
            "constraints": [{"knowledge": {"types": ["pin"]}}]})),
            "pin",
        ),
        (
            json!({"type": "MFA_ENROLL", "name": "Mine", "settings": {"type": "FACTORS", "authenticators": []}}),
            "FACTORS",
        ),
        (
            json!({"type": "MFA_ENROLL", "name": "Mine", "settings": {"type": "AUTHENTICATORS",
            "authenticators": [{"key": "carrier_pigeon", "enroll": {"self": "REQUIRED"}}]}}),
            "carrier_pigeon",
        ),
    ] {
        let error = read(policy).expect_err("refused");
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn a_policy_that_cannot_be_used_is_refused_with_the_field() {
    let chain = |chains: Value| with_method(json!({"type": "AUTH_METHOD_CHAIN", "chains": chains}));
    let step = json!({"authenticationMethods": [{"key": "okta_password", "method": "password"}]});
    let then = |next: Value| {
        let mut step = step.clone();
        step["next"] = next;
        step
    };
    let profile = |action: Value| {
        json!({"type": "PROFILE_ENROLLMENT", "name": "Mine", "rules": [
            {"name": "Catch-all Rule", "actions": {"profileEnrollment": action}}
        ]})
    };
    let attribute = |name: &str| json!({"name": name, "label": name});
    let in_method = "rules[0].actions.appSignOn.verificationMethod";
    for (policy, field) in [
        (json!({"type": "PASSWORD", "name": " "}), "name".to_owned()),
        (
            json!({"type": "ACCESS_POLICY", "name": "Mine", "conditions": {}}),
            "conditions".to_owned(),
        ),
        (
            access(json!({"name": "", "actions": {"appSignOn": {"access": "ALLOW"}}})),
            "rules[0].name".to_owned(),
        ),
        (
            with_method(json!({"type": "ASSURANCE", "factorMode": "1FA",
            "constraints": [{}, {"knowledge": {}, "possession": {}}]})),
            format!("{in_method}.constraints[1]"),
        ),
        (chain(json!([])), format!("{in_method}.chains")),
        (
            chain(json!([{"authenticationMethods": []}])),
            format!("{in_method}.chains[0]"),
        ),
        (
            chain(json!([then(json!([step, step]))])),
            format!("{in_method}.chains[0]"),
        ),
        (
            chain(json!([then(json!([then(json!([then(json!([step]))]))]))])),
            format!("{in_method}.chains[0]"),
        ),
        (
            profile(
                json!({"access": "ALLOW", "unknownUserAction": "DENY", "targetGroupIds": ["a", "b"]}),
            ),
            "rules[0].actions.profileEnrollment.targetGroupIds".to_owned(),
        ),
        (
            profile(json!({"access": "ALLOW", "unknownUserAction": "REGISTER",
            "profileAttributes": [attribute("firstName")]})),
            "rules[0].actions.profileEnrollment.profileAttributes".to_owned(),
        ),
        (
            profile(json!({"access": "ALLOW", "unknownUserAction": "REGISTER",
            "profileAttributes": [attribute("email"), attribute("email")]})),
            "rules[0].actions.profileEnrollment.profileAttributes".to_owned(),
        ),
    ] {
        let flaw = read(policy)
            .expect("the right shape")
            .flaw()
            .expect("a flaw");
        assert_eq!(flaw.field, field);
    }
    let usable = chain(json!([then(json!([then(json!([step]))]))]));
    assert_eq!(read(usable).expect("a policy").flaw(), None);
}

#[test]
fn what_okta_writes_is_written_alike() {
    let given = json!({"appSignOn": {
        "access": "ALLOW",
        "verificationMethod": {
            "type": "ASSURANCE", "factorMode": "2FA", "reauthenticateIn": "PT12H",
            "constraints": [
                {"knowledge": {"types": ["PASSWORD"], "reauthenticateIn": "PT43800H"},
                 "possession": {"deviceBound": "REQUIRED", "required": true,
                    "excludedAuthenticationMethods": [{"key": "phone_number", "method": "sms"}]}}
            ]
        },
        "keepMeSignedIn": {"postAuth": "ALLOWED", "postAuthPromptFrequency": "PT2160H"}
    }});
    let actions: AppSignOnActions = serde_json::from_value(given.clone()).expect("actions");
    let mut expected = given;
    expected["appSignOn"]["verificationMethod"]["constraints"][0]["knowledge"]["types"] =
        json!(["password"]);
    assert_eq!(serde_json::to_value(actions).expect("json"), expected);
}

#[test]
fn a_draft_knows_its_type_and_name() {
    let draft = read(json!({"type": "PASSWORD", "name": "Mine"})).expect("a policy");
    assert_eq!(
        (draft.policy_type(), draft.name()),
        (PolicyType::Password, "Mine")
    );
}
