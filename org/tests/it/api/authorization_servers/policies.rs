use serde_json::{Value, json};
use testkit::TestOrg;

use crate::api::{Answer, Api};
use crate::support::{Authorize, JANE, JOHN, PORTICO, claims, code_for, redeem_at, sign_in};

pub(super) const POLICIES: &str = "/api/v1/authorizationServers/default/policies";

/// The id of the default server's one policy, and the address and the body of its one rule.
async fn default_rule(api: &mut Api) -> (String, Value) {
    let policies = api.get(POLICIES).await.body;
    let policy = policies[0]["id"].as_str().expect("an id");
    let rules = api.get(&format!("{POLICIES}/{policy}/rules")).await.body;
    let rule = rules[0].clone();
    let id = rule["id"].as_str().expect("an id");
    (format!("{POLICIES}/{policy}/rules/{id}"), rule)
}

fn rule(name: &str) -> Value {
    json!({
        "type": "RESOURCE_ACCESS",
        "name": name,
        "conditions": {
            "people": {"groups": {"include": ["EVERYONE"]}},
            "grantTypes": {"include": ["authorization_code"]},
            "scopes": {"include": ["*"]},
        },
        "actions": {"token": {"accessTokenLifetimeMinutes": 15}},
    })
}

fn assert_refused(answer: &Answer, field: &str) {
    assert_eq!(answer.status, 400, "{field}: {}", answer.body);
    assert_eq!(
        answer.body["errorSummary"],
        format!("Api validation failed: {field}")
    );
}

#[tokio::test]
async fn the_default_server_begins_with_a_policy_and_a_rule_in_oktas_shape() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let policies = api.get(POLICIES).await;
    assert_eq!(policies.status, 200, "{}", policies.body);
    let policy = &policies.body[0];
    assert_eq!(policy["name"], "Default Policy");
    assert_eq!(policy["type"], "OAUTH_AUTHORIZATION_POLICY");
    assert_eq!(
        policy["conditions"],
        json!({"clients": {"include": ["ALL_CLIENTS"]}})
    );
    let (address, rule) = default_rule(&mut api).await;
    assert_eq!(rule["name"], "Default Policy Rule");
    assert_eq!(
        rule["conditions"],
        json!({
            "people": {
                "users": {"include": [], "exclude": []},
                "groups": {"include": ["EVERYONE"], "exclude": []},
            },
            "grantTypes": {"include": ["authorization_code", "interaction_code"]},
            "scopes": {"include": ["*"]},
        })
    );
    assert_eq!(
        rule["actions"],
        json!({"token": {
            "accessTokenLifetimeMinutes": 60,
            "refreshTokenLifetimeMinutes": 0,
            "refreshTokenWindowMinutes": 10080,
            "inlineHook": null,
        }})
    );
    assert_eq!(api.get(&address).await.body, rule);
    let same = api.put(&address, rule.clone()).await;
    assert_eq!(same.status, 200, "{}", same.body);
    assert_eq!(same.body, rule);
}

#[tokio::test]
async fn rules_keep_their_order_and_policies_theirs() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = api
        .post(
            POLICIES,
            json!({
                "type": "OAUTH_AUTHORIZATION_POLICY", "name": "First", "description": "First", "priority": 1,
                "conditions": {"clients": {"include": [PORTICO]}},
            }),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.body["priority"], 1);
    let priorities = |list: &Value| -> Vec<(String, i64)> {
        let list = list.as_array().expect("a list").iter();
        list.map(|item| {
            let name = item["name"].as_str().expect("a name").to_owned();
            (name, item["priority"].as_i64().expect("a number"))
        })
        .collect()
    };
    let named = |names: &[&str]| -> Vec<(String, i64)> {
        names.iter().map(|&name| name.to_owned()).zip(1..).collect()
    };
    let policies = api.get(POLICIES).await.body;
    assert_eq!(priorities(&policies), named(&["First", "Default Policy"]));

    let id = made.body["id"].as_str().expect("an id");
    let rules = format!("{POLICIES}/{id}/rules");
    for name in ["a", "b", "c"] {
        assert_eq!(api.post(&rules, rule(name)).await.status, 201);
    }
    let c = api.get(&rules).await.body[2]["id"].clone();
    let address = format!("{rules}/{}", c.as_str().expect("an id"));
    let mut first = rule("c");
    first["priority"] = json!(1);
    assert_eq!(api.put(&address, first).await.body["priority"], 1);
    assert_eq!(
        priorities(&api.get(&rules).await.body),
        named(&["c", "a", "b"])
    );
    assert_eq!(api.delete(&address).await.status, 204);
    assert_eq!(priorities(&api.get(&rules).await.body), named(&["a", "b"]));
    assert_eq!(api.delete(&format!("{POLICIES}/{id}")).await.status, 204);
    let policies = api.get(POLICIES).await.body;
    assert_eq!(priorities(&policies), named(&["Default Policy"]));
    assert_eq!(api.get(&rules).await.status, 404);
}

#[tokio::test]
async fn a_changed_rule_holds_for_the_next_token() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (address, whole) = default_rule(&mut api).await;
    let mut browser = org.browser();
    let request = Authorize::portico().at("default");
    let code = code_for(&mut browser, &request, JOHN).await;

    let mut short = whole.clone();
    short["actions"]["token"]["accessTokenLifetimeMinutes"] = json!(5);
    assert_eq!(api.put(&address, short).await.status, 200);
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    assert_eq!(tokens["expires_in"], 300);
    let claims = claims(&tokens["access_token"]);
    assert_eq!(
        claims["exp"].as_i64().expect("a time") - claims["iat"].as_i64().expect("a time"),
        300
    );

    let users = api.get(&format!("/api/v1/users/{JOHN}")).await.body;
    let mut without_john = whole.clone();
    without_john["conditions"]["people"]["users"]["exclude"] = json!([users["id"]]);
    assert_eq!(api.put(&address, without_john).await.status, 200);
    let refused = browser.get(&request.url()).await;
    assert_eq!(
        refused.location_parameter("error").as_deref(),
        Some("access_denied")
    );
    let other = sign_in(&mut org.browser(), &request, JANE).await;
    assert!(other.location_parameter("code").is_some());

    let off = format!("{address}/lifecycle/deactivate");
    assert_eq!(api.post(&off, json!({})).await.status, 204);
    let refused = sign_in(&mut org.browser(), &request, JANE).await;
    assert_eq!(
        refused.location_parameter("error").as_deref(),
        Some("access_denied")
    );
}

#[tokio::test]
async fn the_interaction_code_grant_needs_the_switch_of_the_org() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (address, whole) = default_rule(&mut api).await;
    let switch = |is_on: bool| json!({"embeddedSignInSupport": {"interactionCode": is_on}});
    assert_eq!(
        api.put("/local/org/settings", switch(false)).await.status,
        200
    );
    let refused = api.put(&address, whole.clone()).await;
    assert_refused(&refused, "conditions.grantTypes.include");
    assert_eq!(
        api.put("/local/org/settings", switch(true)).await.status,
        200
    );
    assert_eq!(api.put(&address, whole).await.status, 200);
}

#[tokio::test]
async fn a_rule_that_cannot_be_is_refused_and_names_the_field() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (address, _) = default_rule(&mut api).await;
    let change = |pointer: &str, value: Value| {
        let mut body = rule("Default Policy Rule");
        *body.pointer_mut(pointer).expect("a field") = value;
        body
    };
    for (pointer, value, field) in [
        ("/type", json!("SIGN_ON"), "type"),
        ("/name", json!("  "), "name"),
        ("/name", json!("x".repeat(101)), "name"),
        ("/conditions", json!(null), "conditions"),
        (
            "/conditions/grantTypes/include",
            json!([]),
            "conditions.grantTypes.include",
        ),
        (
            "/conditions/grantTypes/include",
            json!(["magic"]),
            "conditions.grantTypes.include",
        ),
        (
            "/conditions/scopes/include",
            json!(["nope"]),
            "conditions.scopes.include",
        ),
        (
            "/conditions/people/groups/include",
            json!(["00gNobody"]),
            "conditions.people.groups.include",
        ),
        (
            "/conditions/people/groups/include",
            json!("EVERYONE"),
            "conditions.people.groups.include",
        ),
        (
            "/actions/token/accessTokenLifetimeMinutes",
            json!(4),
            "actions.token.accessTokenLifetimeMinutes",
        ),
        (
            "/actions/token/accessTokenLifetimeMinutes",
            json!(1441),
            "actions.token.accessTokenLifetimeMinutes",
        ),
        (
            "/actions/token/accessTokenLifetimeMinutes",
            json!(-1),
            "actions.token.accessTokenLifetimeMinutes",
        ),
    ] {
        assert_refused(&api.put(&address, change(pointer, value)).await, field);
    }
    let empty = change("/conditions/scopes", json!({}));
    let answer = api.put(&address, empty).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["conditions"]["scopes"], json!({"include": []}));
}
