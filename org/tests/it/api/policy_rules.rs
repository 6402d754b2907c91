//! The rules of policies by the management API.

use serde_json::{Value, json};
use testkit::TestOrg;

use super::Api;
use super::written_events::WrittenEvents;

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The path of the rules of a new policy.
async fn rules_of_new(api: &mut Api, policy_type: &str) -> String {
    let body = json!({"type": policy_type, "name": "Mine"});
    let made = api.post("/api/v1/policies", body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    format!("/api/v1/policies/{}/rules", text(&made.body["id"]))
}

/// The path of the rules of the default policy of a type.
async fn rules_of_default(api: &mut Api, policy_type: &str) -> String {
    let list = api
        .get(&format!("/api/v1/policies?type={policy_type}"))
        .await;
    let policy = list.body.as_array().and_then(|all| all.last());
    format!(
        "/api/v1/policies/{}/rules",
        text(&policy.expect("a policy")["id"])
    )
}

fn user_id(org: &TestOrg, login: &str) -> String {
    let path = org.dir().path().join("org.sqlite3");
    let database = rusqlite::Connection::open(path).expect("a database");
    database
        .query_row("SELECT id FROM users WHERE login = ?1", [login], |row| {
            row.get(0)
        })
        .expect("a user of the seed")
}

#[tokio::test]
async fn a_global_session_rule_comes_back_with_what_it_left_out() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let rules = rules_of_new(&mut api, "OKTA_SIGN_ON").await;
    let body = json!({
        "type": "SIGN_ON", "name": "One",
        "conditions": {"network": {"connection": "ANYWHERE"}},
        "actions": {"signon": {"access": "ALLOW", "requireFactor": false}},
    });
    let made = api.post(&rules, body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let id = text(&made.body["id"]);
    assert!(id.starts_with("0pr"), "{id}");
    let own = format!("http://localhost:7000{rules}/{id}");
    assert_eq!(
        made.body,
        json!({
            "id": id, "status": "ACTIVE", "name": "One", "priority": 1, "system": false,
            "created": "2026-01-05T09:00:00.000Z", "lastUpdated": "2026-01-05T09:00:00.000Z",
            "conditions": {
                "people": {"users": {"exclude": []}}, "network": {"connection": "ANYWHERE"},
                "authContext": {"authType": "ANY"}, "identityProvider": {"provider": "ANY"},
                "riskScore": {"level": "ANY"}, "risk": {"behaviors": []},
            },
            "actions": {"signon": {
                "access": "ALLOW", "primaryFactor": "PASSWORD_IDP_ANY_FACTOR", "requireFactor": false,
                "rememberDeviceByDefault": false,
                "session": {"maxSessionIdleMinutes": 120, "maxSessionLifetimeMinutes": 0, "usePersistentCookie": false},
            }},
            "_links": {
                "self": {"href": own, "hints": {"allow": ["GET", "PUT", "DELETE"]}},
                "deactivate": {"href": format!("{own}/lifecycle/deactivate"), "hints": {"allow": ["POST"]}},
            },
            "type": "SIGN_ON",
        })
    );
    let path = format!("{rules}/{id}");
    assert_eq!(api.get(&path).await.body, made.body);
    assert_eq!(
        api.put(&path, made.body.clone()).await.body,
        made.body,
        "it can be sent back"
    );
}

#[tokio::test]
async fn rules_of_each_type_are_made_and_exclude_people() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let john = user_id(&org, "john.doe@example.com");
    for (policy_type, rule_type, actions) in [
        (
            "MFA_ENROLL",
            "MFA_ENROLL",
            json!({"enroll": {"self": "CHALLENGE"}}),
        ),
        (
            "PASSWORD",
            "PASSWORD",
            json!({
                "passwordChange": {"access": "ALLOW"},
                "selfServicePasswordReset": {"access": "ALLOW", "requirement": {
                    "accessControl": "LEGACY", "primary": {"methods": ["email"]}, "stepUp": {"required": false},
                }},
                "selfServiceUnlock": {"access": "DENY"},
            }),
        ),
        (
            "ACCESS_POLICY",
            "ACCESS_POLICY",
            json!({"appSignOn": {
                "access": "ALLOW", "verificationMethod": {
                    "type": "ASSURANCE", "factorMode": "1FA", "reauthenticateIn": "PT2H",
                    "constraints": [{"knowledge": {"types": ["PASSWORD"]}}],
                },
                "keepMeSignedIn": {"postAuth": "NOT_ALLOWED"},
            }}),
        ),
    ] {
        let rules = rules_of_new(&mut api, policy_type).await;
        let body = json!({
            "type": rule_type, "name": "Mine", "status": "ACTIVE",
            "conditions": {"people": {"users": {"exclude": [john]}}},
            "actions": actions,
        });
        let made = api.post(&rules, body).await;
        assert_eq!(made.status, 200, "{policy_type}: {}", made.body);
        assert_eq!(made.body["type"], rule_type);
        let people = &made.body["conditions"]["people"];
        assert_eq!(people["users"]["exclude"], json!([john]), "{policy_type}");
        assert_eq!(made.body["conditions"]["network"]["connection"], "ANYWHERE");
        let mut expected = actions;
        if policy_type == "ACCESS_POLICY" {
            assert_eq!(made.body["priority"], 0);
            expected["appSignOn"]["verificationMethod"]["constraints"] =
                json!([{"knowledge": {"types": ["password"]}}]);
        } else {
            assert_eq!(made.body["priority"], 1);
        }
        assert_eq!(made.body["actions"], expected);
    }
}

#[tokio::test]
async fn rules_move_where_they_are_put_and_never_behind_the_systems() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let rules = rules_of_new(&mut api, "ACCESS_POLICY").await;
    let rule = |name: &str, priority: Value| json!({"name": name, "priority": priority, "actions": {"appSignOn": {"access": "DENY"}}});
    for (name, priority, expected) in [
        ("A", Value::Null, 0),
        ("B", Value::Null, 1),
        ("Far", json!(999), 98),
        ("First", json!(0), 0),
    ] {
        let made = api.post(&rules, rule(name, priority)).await;
        assert_eq!(made.body["priority"], expected, "{name}: {}", made.body);
    }
    let list = api.get(&rules).await.body;
    let order: Vec<(String, u64)> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|rule| {
            (
                text(&rule["name"]),
                rule["priority"].as_u64().expect("a number"),
            )
        })
        .collect();
    let expected = [
        ("First", 0),
        ("A", 1),
        ("B", 2),
        ("Far", 98),
        ("Catch-all Rule", 99),
    ];
    assert_eq!(
        order,
        expected.map(|(name, priority)| (name.to_owned(), priority))
    );
    let twice = api.post(&rules, rule("first", Value::Null)).await;
    assert_eq!(twice.body["errorSummary"], "Api validation failed: name");
}

#[tokio::test]
async fn a_system_rule_is_changed_but_neither_deleted_nor_narrowed() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let rules = rules_of_default(&mut api, "ACCESS_POLICY").await;
    let rule = api.get(&rules).await.body[0].clone();
    let path = format!("{rules}/{}", text(&rule["id"]));
    org.clock.advance_seconds(60);
    let action = json!({"appSignOn": {
        "access": "ALLOW",
        "verificationMethod": {"type": "ASSURANCE", "factorMode": "2FA", "reauthenticateIn": "PT12H",
            "constraints": [{"knowledge": {"types": ["password"]}}]},
        "keepMeSignedIn": {"postAuth": "NOT_ALLOWED"},
    }});
    let body = json!({"type": "ACCESS_POLICY", "name": "Catch-all Rule", "conditions": null, "actions": action});
    let changed = api.put(&path, body.clone()).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(changed.body["actions"], action);
    assert_eq!(changed.body["conditions"], Value::Null);
    assert_eq!(
        (&changed.body["priority"], &changed.body["system"]),
        (&json!(99), &json!(true))
    );
    assert_eq!(changed.body["lastUpdated"], "2026-01-05T09:01:00.000Z");

    assert_eq!(api.delete(&path).await.status, 403);
    assert_eq!(
        api.post(&format!("{path}/lifecycle/deactivate"), json!({}))
            .await
            .status,
        403
    );
    for (field, value) in [
        ("name", json!("Mine")),
        ("status", json!("INACTIVE")),
        ("conditions", json!({"riskScore": {"level": "HIGH"}})),
        (
            "conditions",
            json!({"people": {"users": {"exclude": ["00u1"]}}}),
        ),
        ("type", json!("SIGN_ON")),
        ("actions", json!({"signon": {"access": "ALLOW"}})),
        ("actions", json!({"appSignOn": {"access": "MAYBE"}})),
    ] {
        let mut wrong = body.clone();
        wrong[field] = value;
        let refused = api.put(&path, wrong.clone()).await;
        assert_eq!(refused.body["errorCode"], "E0000001", "{wrong}");
    }
    assert_eq!(api.get(&path).await.body, changed.body);
}

#[tokio::test]
async fn each_change_of_a_rule_writes_one_event_about_the_policy_and_the_rule() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let rules = rules_of_new(&mut api, "OKTA_SIGN_ON").await;
    let events = WrittenEvents::from_now(&org);
    let body = json!({"name": "One", "actions": {"signon": {"access": "ALLOW"}}});
    let made = api
        .post(&format!("{rules}?activate=false"), body.clone())
        .await;
    assert_eq!(made.body["status"], "INACTIVE");
    let path = format!("{rules}/{}", text(&made.body["id"]));
    let kept = api.put(&path, body).await;
    assert_eq!(kept.body["status"], "INACTIVE", "what is not said stays");
    for step in ["activate", "deactivate"] {
        let done = api
            .post(&format!("{path}/lifecycle/{step}"), json!({}))
            .await;
        assert_eq!(done.status, 204);
    }
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.get(&path).await.body["errorCode"], "E0000007");
    let step = |step: &str| format!("policy.rule.{step}: Mine, One");
    assert_eq!(
        events.told(),
        ["add", "update", "activate", "deactivate", "delete"].map(step)
    );
}

#[tokio::test]
async fn a_user_profile_policy_is_opened_and_not_denied_after_it_was_made() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let rules = rules_of_default(&mut api, "PROFILE_ENROLLMENT").await;
    let rule = api.get(&rules).await.body[0].clone();
    let path = format!("{rules}/{}", text(&rule["id"]));
    let mut open = rule.clone();
    open["actions"]["profileEnrollment"]["unknownUserAction"] = json!("REGISTER");
    let changed = api.put(&path, open).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let mut closed = rule;
    closed["actions"]["profileEnrollment"]["access"] = json!("DENY");
    assert_eq!(
        api.put(&path, closed).await.status,
        400,
        "not after it was made"
    );
}
