use model::{AppId, Entropy, GroupId};
use serde_json::json;
use testkit::SeededEntropy;

use super::{Fixture, NOBODY};
use crate::authenticator::{AuthenticatorKey, Method};
use crate::policy::set::PolicySet;
use crate::policy::sign_on::PrimaryFactor;
use crate::policy::{Access, CheckResult, EnrollPrompt, EnrollmentRequirement, StepUp, Subject};

const DEFAULT: &str = "Default Policy: Default Rule";

fn for_testers(name: &str, rules: serde_json::Value) -> serde_json::Value {
    json!({
        "type": "OKTA_SIGN_ON",
        "name": name,
        "conditions": {"people": {"groups": {"include": ["Testers"]}}},
        "rules": rules
    })
}

fn rule(name: &str, conditions: serde_json::Value) -> serde_json::Value {
    json!({
        "type": "SIGN_ON",
        "name": name,
        "conditions": conditions,
        "actions": {"signon": {"access": "ALLOW"}}
    })
}

#[test]
fn a_new_org_decides_as_a_fresh_okta_org_does() {
    let fixture = Fixture::new();
    let session = fixture.set.global_session(NOBODY).outcome;
    assert_eq!(session.access, Access::Allow);
    assert_eq!(session.primary_factor, PrimaryFactor::PasswordIdpAnyFactor);
    assert!(!session.require_factor && !session.persistent_cookie);
    assert_eq!(session.max_idle.map(|idle| idle.as_mins()), Some(120));
    assert_eq!(session.max_lifetime, None);

    let enrollment = fixture.set.enrollment(NOBODY).outcome;
    assert_eq!(enrollment.prompt, EnrollPrompt::Challenge);
    for key in AuthenticatorKey::ALL {
        let expected = match key {
            AuthenticatorKey::OktaPassword => EnrollmentRequirement::Required,
            _ => EnrollmentRequirement::Optional,
        };
        assert_eq!(enrollment.of(key), expected, "{key:?}");
    }

    let password = fixture.set.password(NOBODY).outcome;
    assert_eq!(password.complexity.min_length, 8);
    assert_eq!(password.complexity.min_symbol, 0);
    assert_eq!(password.age.history_count, 5);
    assert_eq!(password.lockout.max_attempts, 10);
    assert_eq!(password.lockout.auto_unlock_minutes, 0);
    let reset = password.self_service_password_reset;
    assert_eq!(reset.methods, [Method::Email, Method::Sms, Method::Voice]);
    assert_eq!(reset.step_up, StepUp::NotRequired);
    assert_eq!(password.self_service_unlock, Access::Deny);

    let profile = fixture.set.profile_enrollment(&fixture.app).outcome;
    assert!(!profile.registration && profile.email_verification && !profile.progressive);
    assert_eq!(profile.attributes.len(), 3);
}

#[test]
fn a_policy_is_for_the_members_of_its_groups_and_the_default_for_everybody_else() {
    let mut fixture = Fixture::new();
    assert_eq!(fixture.sessions(), [DEFAULT; 3]);
    fixture.put(for_testers(
        "Lenient",
        json!([rule("Anything", json!(null))]),
    ));
    assert_eq!(fixture.sessions(), ["Lenient: Anything", DEFAULT, DEFAULT]);
}

#[test]
fn somebody_whom_every_rule_excludes_comes_to_the_next_policy() {
    let mut fixture = Fixture::new();
    let excluded = json!({"people": {"users": {"exclude": ["JANE@example.com"]}}});
    fixture.put(for_testers("Lenient", json!([rule("Not Jane", excluded)])));
    assert_eq!(fixture.sessions(), [DEFAULT; 3]);
    let checks = {
        let groups = fixture.groups_of_jane();
        let user = Some(&fixture.jane);
        fixture
            .set
            .global_session(Subject {
                user,
                groups: &groups,
            })
            .because
            .checks
    };
    let results: Vec<CheckResult> = checks.iter().map(|check| check.result).collect();
    assert_eq!(
        results,
        [
            CheckResult::Match,
            CheckResult::NoMatch,
            CheckResult::Match,
            CheckResult::Match
        ]
    );
    assert!(
        checks[1]
            .what
            .starts_with("Rule “Not Jane”: the person is none of ")
    );
}

#[test]
fn a_group_that_is_excluded_wins_over_one_that_is_included() {
    let mut fixture = Fixture::new();
    let both = json!({"people": {
        "users": {"include": ["jane@example.com"]},
        "groups": {"exclude": ["Testers"]}
    }});
    fixture.put(json!({
        "type": "OKTA_SIGN_ON", "name": "Everywhere", "rules": [rule("Both", both)]
    }));
    assert_eq!(fixture.sessions(), [DEFAULT; 3]);
}

#[test]
fn the_first_policy_and_the_first_rule_by_priority_decide() {
    let mut fixture = Fixture::new();
    fixture.put(for_testers(
        "Second",
        json!([rule("Late", json!(null)), rule("Later", json!(null))]),
    ));
    assert_eq!(fixture.sessions()[0], "Second: Late");
    let mut first = rule("Early", json!(null));
    first["priority"] = json!(1);
    fixture.put(for_testers("Second", json!([first])));
    assert_eq!(fixture.sessions()[0], "Second: Early");
    let mut policy = for_testers("First", json!([rule("Only", json!(null))]));
    policy["priority"] = json!(1);
    fixture.put(policy);
    assert_eq!(fixture.sessions()[0], "First: Only");
    let priorities: Vec<(&str, u32)> = fixture
        .set
        .sign_on
        .iter()
        .map(|policy| (policy.name.as_str(), policy.priority))
        .collect();
    assert_eq!(
        priorities,
        [("First", 1), ("Second", 2), ("Default Policy", 3)]
    );
}

#[test]
fn what_is_inactive_is_passed_over_and_a_default_cannot_be_that() {
    let mut fixture = Fixture::new();
    let mut inactive = rule("Off", json!(null));
    inactive["status"] = json!("INACTIVE");
    fixture.put(for_testers(
        "Lenient",
        json!([inactive, rule("On", json!(null))]),
    ));
    assert_eq!(fixture.sessions()[0], "Lenient: On");
    fixture.put(json!({"type": "OKTA_SIGN_ON", "name": "Lenient", "status": "INACTIVE"}));
    assert_eq!(fixture.sessions(), [DEFAULT; 3]);
    fixture.put(json!({"type": "OKTA_SIGN_ON", "name": "Default Policy", "status": "INACTIVE"}));
    assert_eq!(fixture.sessions(), [DEFAULT; 3]);
}

#[test]
fn an_org_without_policies_lets_nobody_do_anything() {
    let set = PolicySet::default();
    let app = AppId::generate(&SeededEntropy::new(1));
    assert_eq!(set.global_session(NOBODY).outcome.access, Access::Deny);
    let decision = set.app_sign_on(&app, NOBODY);
    assert_eq!(decision.outcome.access, Access::Deny);
    assert_eq!(
        (decision.because.policy_id, decision.because.rule_id),
        (None, None)
    );
    let nothing = set.enrollment(NOBODY).outcome;
    let allowed = |key: &AuthenticatorKey| nothing.of(*key) != EnrollmentRequirement::NotAllowed;
    assert!(!AuthenticatorKey::ALL.iter().any(allowed));
    let password = set.password(NOBODY).outcome;
    assert_eq!(password.self_service_password_reset.access, Access::Deny);
    assert_eq!(password.password_change, Access::Deny);
    assert!(!set.profile_enrollment(&app).outcome.registration);
}

#[test]
fn the_first_page_asks_for_the_password_when_every_session_begins_with_it() {
    let mut fixture = Fixture::new();
    assert!(!fixture.set.every_global_session_asks_password());
    let default = |factor: &str| {
        json!({
            "type": "OKTA_SIGN_ON",
            "name": "Default Policy",
            "rules": [{
                "name": "Default Rule",
                "actions": {"signon": {"access": "ALLOW", "primaryFactor": factor}}
            }]
        })
    };
    fixture.put(default("PASSWORD_IDP"));
    assert!(fixture.set.every_global_session_asks_password());
    let denied = json!({"name": "No", "actions": {"signon": {"access": "DENY"}}});
    fixture.put(for_testers("Lenient", json!([denied])));
    assert!(fixture.set.every_global_session_asks_password());
    fixture.put(for_testers(
        "Lenient",
        json!([rule("Anything", json!(null))]),
    ));
    assert!(!fixture.set.every_global_session_asks_password());
}

#[test]
fn an_authenticator_that_the_policy_leaves_out_is_not_allowed() {
    let mut fixture = Fixture::new();
    fixture.put(json!({
        "type": "MFA_ENROLL",
        "name": "Email alone",
        "settings": {"type": "AUTHENTICATORS", "authenticators": [
            {"key": "okta_email", "enroll": {"self": "REQUIRED"}}
        ]},
        "rules": [{"name": "All", "actions": {"enroll": {"self": "NEVER_INCLUDING_RECOVERY"}}}]
    }));
    let decision = fixture.set.enrollment(NOBODY);
    assert_eq!(decision.because.policy_name.as_deref(), Some("Email alone"));
    let policy = decision.outcome;
    assert_eq!(
        policy.of(AuthenticatorKey::OktaEmail),
        EnrollmentRequirement::Required
    );
    assert_eq!(
        policy.of(AuthenticatorKey::OktaPassword),
        EnrollmentRequirement::NotAllowed
    );
    assert_eq!(
        (policy.prompt, policy.in_recovery),
        (EnrollPrompt::Never, false)
    );
}

#[test]
fn the_same_draws_give_the_same_ids() {
    let ids = || {
        let entropy: &dyn Entropy = &SeededEntropy::new(3);
        PolicySet::of_new_org(&GroupId::generate(entropy), entropy)
    };
    assert_eq!(ids(), ids());
}
