//! Simulations by the management API.

use serde_json::{Value, json};
use testkit::TestOrg;

use super::Api;

const SIMULATE: &str = "/api/v1/policies/simulate";

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The evaluations of one simulation.
async fn simulate(api: &mut Api, query: &str, body: Value) -> Value {
    let answer = api.post(&format!("{SIMULATE}{query}"), json!([body])).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["evaluation"].clone()
}

#[tokio::test]
async fn members_meet_their_policy_and_those_whom_its_rule_excludes_the_default() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let john = text(&api.get("/api/v1/users/john.doe@example.com").await.body["id"]);
    let retailers = api.get("/api/v1/groups?q=Retailers").await;
    let group = text(&retailers.body[0]["id"]);
    let policy = json!({"type": "OKTA_SIGN_ON", "name": "Mine",
        "conditions": {"people": {"groups": {"include": [group]}}}});
    let policy = text(&api.post("/api/v1/policies", policy).await.body["id"]);
    let rules = format!("/api/v1/policies/{policy}/rules");
    let rule = json!({"name": "One", "actions": {"signon": {"access": "ALLOW"}}});
    let rule = api.post(&rules, rule).await.body;
    let rule_path = format!("{rules}/{}", text(&rule["id"]));

    let of_john = json!({"policyType": ["OKTA_SIGN_ON"], "policyContext": {"user": {"id": john}}});
    let included = json!({"type": "people.groups.include", "status": "MATCH"});
    assert_eq!(
        simulate(&mut api, "?expand=EVALUATED", of_john.clone()).await,
        json!([{
            "status": null, "policyType": "OKTA_SIGN_ON",
            "result": {"policies": [{
                "id": policy, "name": "Mine", "status": "MATCH", "conditions": [included],
                "rules": [{"id": rule["id"], "name": "One", "status": "MATCH", "conditions": []}],
            }]},
            "undefined": {"policies": []}, "evaluated": {"policies": []},
        }])
    );

    let mut excluding = rule.clone();
    excluding["conditions"] = json!({"people": {"users": {"exclude": [john]}}});
    assert_eq!(api.put(&rule_path, excluding).await.status, 200);
    let passed = simulate(&mut api, "?expand=EVALUATED", of_john.clone()).await;
    let decided = &passed[0]["result"]["policies"][0];
    assert_eq!(
        (&decided["name"], &decided["rules"][0]["name"]),
        (&json!("Default Policy"), &json!("Default Rule"))
    );
    let over = &passed[0]["evaluated"]["policies"][0];
    assert_eq!(
        (&over["name"], &over["status"]),
        (&json!("Mine"), &json!("NOT_MATCH"))
    );
    assert_eq!(
        over["rules"][0]["conditions"],
        json!([{"type": "people.users.exclude", "status": "NOT_MATCH"}])
    );
    let unexpanded = simulate(&mut api, "", of_john).await;
    assert_eq!(unexpanded[0]["evaluated"]["policies"], json!([]));

    let of_group =
        json!({"policyTypes": ["OKTA_SIGN_ON"], "policyContext": {"groups": {"ids": [group]}}});
    let met = simulate(&mut api, "", of_group).await;
    assert_eq!(met[0]["result"]["policies"][0]["name"], "Mine");
}

#[tokio::test]
async fn a_condition_on_what_the_org_cannot_know_is_undefined() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let john = text(&api.get("/api/v1/users/john.doe@example.com").await.body["id"]);
    let made = api
        .post(
            "/api/v1/policies",
            json!({"type": "OKTA_SIGN_ON", "name": "Mine"}),
        )
        .await;
    let rules = format!("/api/v1/policies/{}/rules", text(&made.body["id"]));
    let rule = json!({"name": "Risky", "conditions": {"riskScore": {"level": "HIGH"}},
        "actions": {"signon": {"access": "DENY"}}});
    assert_eq!(api.post(&rules, rule).await.status, 200);
    let asked = json!({"policyType": ["OKTA_SIGN_ON"], "policyContext": {"user": {"id": john}}});
    let told = simulate(&mut api, "?expand=EVALUATED", asked).await;
    let undefined = &told[0]["undefined"]["policies"][0];
    assert_eq!(
        (&undefined["name"], &undefined["status"]),
        (&json!("Mine"), &json!("UNDEFINED"))
    );
    assert_eq!(
        undefined["rules"][0]["conditions"],
        json!([{"type": "riskScore.level", "status": "UNDEFINED"}])
    );
}

#[tokio::test]
async fn all_four_types_are_simulated_for_an_app_unless_it_is_said_which() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let john = text(&api.get("/api/v1/users/john.doe@example.com").await.body["id"]);
    let app = text(&api.get("/api/v1/apps?limit=1").await.body[0]["id"]);
    let asked = json!({"appInstance": app, "policyContext": {"user": {"id": john}}});
    let told = simulate(&mut api, "", asked).await;
    let types: Vec<&Value> = (0..4).map(|at| &told[at]["policyType"]).collect();
    assert_eq!(
        types,
        [
            "OKTA_SIGN_ON",
            "MFA_ENROLL",
            "ACCESS_POLICY",
            "PROFILE_ENROLLMENT"
        ]
    );
    for at in 0..4 {
        assert_eq!(
            told[at]["result"]["policies"].as_array().map(Vec::len),
            Some(1),
            "{at}"
        );
    }
    for (body, status) in [
        (json!([{"policyContext": {"user": {"id": john}}}]), 400),
        (json!([{"appInstance": app, "policyContext": {}}]), 400),
        (json!([{"appInstance": app}]), 400),
        (
            json!([{"appInstance": "0oa1", "policyContext": {"user": {"id": john}}}]),
            404,
        ),
        (
            json!([{"appInstance": app, "policyContext": {"user": {"id": "00u1"}}}]),
            404,
        ),
        (
            json!([{"appInstance": app, "policyContext": {"groups": {"ids": ["x"]}}}]),
            404,
        ),
        (json!({}), 400),
    ] {
        let refused = api.post(SIMULATE, body.clone()).await;
        assert_eq!(refused.status, status, "{body}: {}", refused.body);
    }
}
