//! Group rules by the management API.

use http::Method;
use serde_json::{Value, json};
use testkit::TestOrg;

use super::Api;
use super::users::{path, profile};

fn rule(name: &str, expression: &str, group: &str) -> Value {
    json!({
        "type": "group_rule",
        "name": name,
        "conditions": {"expression": {"type": "urn:okta:expression:1.0", "value": expression}},
        "actions": {"assignUserToGroups": {"groupIds": [group]}},
    })
}

async fn group(api: &mut Api, name: &str) -> String {
    let made = api
        .post("/api/v1/groups", json!({"profile": {"name": name}}))
        .await;
    made.body["id"].as_str().expect("an id").to_owned()
}

async fn worker(api: &mut Api, name: &str, department: &str) -> String {
    let mut profile = profile(name);
    profile["department"] = department.into();
    let made = api
        .post("/api/v1/users?activate=false", json!({"profile": profile}))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    path(&made)
}

async fn members(api: &mut Api, group: &str) -> Vec<String> {
    let list = api.get(&format!("/api/v1/groups/{group}/users")).await;
    let mut names: Vec<String> = list
        .body
        .as_array()
        .expect("a list")
        .iter()
        .map(|user| {
            user["profile"]["login"]
                .as_str()
                .expect("a login")
                .replace("@example.com", "")
        })
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_rule_fills_its_group_with_those_whom_it_describes_and_no_others() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let sales = group(&mut api, "Sales").await;
    let ana = worker(&mut api, "ana-s", "Sales EU").await;
    worker(&mut api, "ben-s", "Law").await;
    let text = r#"String.startsWith(user.department, "Sales")"#;
    let made = api
        .post("/api/v1/groups/rules", rule("Sellers", text, &sales))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(made.body["status"], "INACTIVE");
    let id = made.body["id"].as_str().expect("an id").to_owned();
    assert!(id.starts_with("0pr") && id.len() == 20, "{id}");
    let own = format!("/api/v1/groups/rules/{id}");
    assert_eq!(members(&mut api, &sales).await, Vec::<String>::new());
    for _ in 0..2 {
        let answer = api
            .call(Method::POST, &format!("{own}/lifecycle/activate"), None)
            .await;
        assert_eq!(answer.status, 204, "{}", answer.body);
    }
    assert_eq!(
        members(&mut api, &sales).await,
        ["ana-s"],
        "those who are there"
    );
    worker(&mut api, "cleo-s", "Sales US").await;
    assert_eq!(
        members(&mut api, &sales).await,
        ["ana-s", "cleo-s"],
        "and those who come"
    );
    api.post(&ana, json!({"profile": {"department": "Law"}}))
        .await;
    assert_eq!(
        members(&mut api, &sales).await,
        ["cleo-s"],
        "until it is not true of them"
    );
    // Whom somebody put there stays, whatever the rule says; whom somebody took out stays out.
    let by_hand = format!("/api/v1/groups/{sales}/users");
    assert_eq!(
        api.put(&format!("{by_hand}/ben-s"), json!({})).await.status,
        204
    );
    api.post("/api/v1/users/ben-s", json!({"profile": {"city": "Bern"}}))
        .await;
    assert_eq!(api.delete(&format!("{by_hand}/cleo-s")).await.status, 204);
    api.post("/api/v1/users/cleo-s", json!({"profile": {"city": "Bern"}}))
        .await;
    assert_eq!(members(&mut api, &sales).await, ["ben-s"]);

    let active = api.get(&own).await;
    assert_eq!(active.body["status"], "ACTIVE");
    assert_eq!(
        api.put(&own, rule("Other", text, &sales)).await.status,
        400,
        "not while it is active"
    );
    let answer = api
        .call(Method::POST, &format!("{own}/lifecycle/deactivate"), None)
        .await;
    assert_eq!(answer.status, 204);
    let changed = api.put(&own, rule("Other", text, &sales)).await;
    assert_eq!(changed.body["name"], "Other", "{}", changed.body);
    let listed = api
        .get("/api/v1/groups/rules?search=oth&expand=groupIdToGroupNameMap")
        .await;
    assert_eq!(
        listed.body[0]["_embedded"]["groupIdToGroupNameMap"][&sales],
        "Sales"
    );
    assert_eq!(api.delete(&own).await.status, 202);
    assert_eq!(api.get(&own).await.status, 404);
}

#[tokio::test]
async fn a_rule_that_cannot_be_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let plain = group(&mut api, "Plain").await;
    let admins = group(&mut api, "Admins").await;
    api.post(
        &format!("/api/v1/groups/{admins}/roles"),
        json!({"type": "APP_ADMIN"}),
    )
    .await;
    let everyone = api.get("/api/v1/groups?q=Everyone").await.body[0]["id"].clone();
    let everyone = everyone.as_str().expect("an id");
    let fine = r#"user.city == "Bern""#;
    let made = api
        .post("/api/v1/groups/rules", rule("Taken", fine, &plain))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    let mut other_type = rule("A", fine, &plain);
    other_type["type"] = "policy".into();
    for body in [
        json!({}),
        other_type,
        rule("", fine, &plain),
        rule(&"x".repeat(51), fine, &plain),
        rule("taken", fine, &plain),
        rule("A", "user.city ==", &plain),
        rule("A", "user.secret == 'x'", &plain),
        rule("A", "T(java.lang.Runtime).getRuntime()", &plain),
        rule("A", fine, &admins),
        rule("A", fine, everyone),
    ] {
        let answer = api.post("/api/v1/groups/rules", body.clone()).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    }
    let unknown = api
        .post("/api/v1/groups/rules", rule("A", fine, "00g1"))
        .await;
    assert_eq!(unknown.status, 404);
    // The other way round: nobody becomes an administrator by what stands in their profile.
    let role = api
        .post(
            &format!("/api/v1/groups/{plain}/roles"),
            json!({"type": "APP_ADMIN"}),
        )
        .await;
    assert_eq!(role.status, 400, "{}", role.body);
}
