use serde_json::json;
use std::collections::HashMap;

use super::{Conditions, Labels};
use crate::policy::{CheckResult, Subject};

const NOBODY: Subject<'_> = Subject {
    user: None,
    groups: &[],
};

/// Whether it applies, and what is said of it.
fn examine(conditions: serde_json::Value) -> (bool, Vec<(String, CheckResult)>) {
    let conditions: Conditions = serde_json::from_value(conditions).expect("conditions");
    let examined = conditions.examine(NOBODY, Labels(&HashMap::new()));
    let findings = examined.findings.iter();
    let said = findings.map(|finding| (finding.what.clone(), finding.result));
    (examined.applies(), said.collect())
}

#[test]
fn what_does_not_restrict_applies_and_says_so() {
    let unspecific = json!({
        "people": {"users": {"include": [], "exclude": []}, "groups": {"include": [], "exclude": []}},
        "userType": {"include": [], "exclude": []},
        "network": {"connection": "ANYWHERE"},
        "device": {"assurance": {"include": []}},
        "platform": {"include": [{"type": "ANY", "os": {"type": "ANY"}}], "exclude": []},
        "riskScore": {"level": "ANY"},
        "risk": {"behaviors": []},
        "elCondition": {"condition": ""},
        "authContext": {"authType": "ANY"},
        "identityProvider": {"provider": "ANY"},
        "authProvider": {"provider": "ANY"},
        "app": {"include": [], "exclude": []}
    });
    for conditions in [json!({}), unspecific] {
        let (applies, said) = examine(conditions);
        assert!(applies);
        assert_eq!(said, [("without condition".to_owned(), CheckResult::Match)]);
    }
}

#[test]
fn what_the_org_cannot_know_is_taken_as_for_a_client_that_nothing_is_known_of() {
    for (conditions, applies) in [
        (
            json!({"network": {"connection": "ZONE", "include": ["nzo1"]}}),
            false,
        ),
        (
            json!({"network": {"connection": "ZONE", "exclude": ["nzo1"]}}),
            true,
        ),
        (json!({"network": {"connection": "ON_NETWORK"}}), false),
        (json!({"network": {"connection": "OFF_NETWORK"}}), true),
        (json!({"device": {"registered": true}}), false),
        (
            json!({"device": {"registered": true, "managed": true}}),
            false,
        ),
        (json!({"device": {"registered": false}}), true),
        (
            json!({"device": {"assurance": {"include": ["dae1"]}}}),
            false,
        ),
        (
            json!({"platform": {"include": [{"type": "MOBILE", "os": {"type": "IOS"}}]}}),
            false,
        ),
        (
            json!({"platform": {"include": [{"type": "ANY", "os": {"type": "IOS"}}]}}),
            false,
        ),
        (json!({"platform": {"exclude": [{"type": "MOBILE"}]}}), true),
        (json!({"platform": {"exclude": [{"type": "ANY"}]}}), false),
        (json!({"riskScore": {"level": "LOW"}}), true),
        (json!({"riskScore": {"level": "MEDIUM"}}), false),
        (json!({"riskScore": {"level": "HIGH"}}), false),
        (json!({"risk": {"behaviors": ["New Device"]}}), false),
        (
            json!({"elCondition": {"condition": "user.status == 'ACTIVE'"}}),
            false,
        ),
        (json!({"userType": {"include": ["oty1"]}}), false),
        (json!({"userType": {"exclude": ["oty1"]}}), true),
        (
            json!({"app": {"include": [{"type": "APP_TYPE", "name": "oidc_client"}]}}),
            false,
        ),
        (
            json!({"app": {"exclude": [{"type": "APP", "id": "0oa1"}]}}),
            true,
        ),
    ] {
        let (does_apply, said) = examine(conditions.clone());
        assert_eq!(does_apply, applies, "{conditions}");
        assert_eq!(said.len(), 1, "{conditions}");
        assert_eq!(said[0].1, CheckResult::NotDecidable, "{conditions}");
        assert!(
            said[0].0.contains("not decidable here, taken as: "),
            "{said:?}"
        );
    }
}

#[test]
fn what_a_sign_in_at_the_org_is_not_does_not_apply() {
    for conditions in [
        json!({"authContext": {"authType": "RADIUS"}}),
        json!({"authContext": {"authType": "LDAP_INTERFACE"}}),
        json!({"identityProvider": {"provider": "SPECIFIC_IDP", "idpIds": ["0oa1"]}}),
        json!({"authProvider": {"provider": "ACTIVE_DIRECTORY"}}),
    ] {
        let (applies, said) = examine(conditions.clone());
        assert!(!applies, "{conditions}");
        assert_eq!(said[0].1, CheckResult::NoMatch, "{conditions}");
    }
    for conditions in [
        json!({"identityProvider": {"provider": "OKTA"}}),
        json!({"authProvider": {"provider": "OKTA"}}),
    ] {
        assert!(examine(conditions.clone()).0, "{conditions}");
    }
}

#[test]
fn each_condition_is_told_also_after_one_that_does_not_hold() {
    let (applies, said) = examine(json!({
        "people": {"users": {"include": ["00u1", "00u2", "00u3", "00u4", "00u5"]}},
        "riskScore": {"level": "LOW"}
    }));
    assert!(!applies);
    let what: Vec<&str> = said.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(
        what,
        [
            "the person is one of “00u1”, “00u2”, “00u3” and 2 more",
            "the risk is low (not decidable here, taken as: low)"
        ]
    );
}

#[test]
fn unknown_values_and_fields_are_refused() {
    for conditions in [
        json!({"network": {"connection": "SOMEWHERE"}}),
        json!({"riskScore": {"level": "NONE"}}),
        json!({"platform": {"include": [{"type": "TOASTER"}]}}),
        json!({"weather": {"include": ["rain"]}}),
        json!({"people": {"teams": {}}}),
    ] {
        let refused = serde_json::from_value::<Conditions>(conditions.clone());
        assert!(refused.is_err(), "{conditions}");
    }
}

#[test]
fn what_is_given_is_kept() {
    let given = json!({
        "device": {"registered": true, "managed": false},
        "platform": {"include": [{"type": "MOBILE", "os": {"type": "IOS", "version": {"value": "17"}}}], "exclude": []},
        "elCondition": {"condition": "true"}
    });
    let conditions: Conditions = serde_json::from_value(given.clone()).expect("conditions");
    assert_eq!(serde_json::to_value(conditions).expect("json"), given);
}
