//! Administrator roles that are limited to some groups or apps.

mod apps;
mod people;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::TestOrg;

use super::Api;
use super::users::{create, path};

/// A new group, by its id.
async fn group(api: &mut Api, name: &str) -> String {
    let body = json!({"profile": {"name": name}});
    let made = api.post("/api/v1/groups", body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    made.body["id"].as_str().expect("an id").to_owned()
}

/// A new user in a group, by their path.
async fn member(api: &mut Api, name: &str, group: &str) -> String {
    let made = create(api, name).await;
    let id = made.body["id"].as_str().expect("an id");
    let put = api
        .put(&format!("/api/v1/groups/{group}/users/{id}"), json!({}))
        .await;
    assert_eq!(put.status, 204, "{}", put.body);
    path(&made)
}

/// Gives a role to whomever `path` names, and says where its targets are.
async fn give(api: &mut Api, path: &str, role: &str) -> String {
    let given = api
        .post(&format!("{path}/roles"), json!({"type": role}))
        .await;
    assert!(given.status.is_success(), "{}", given.body);
    let id = given.body["id"].as_str().expect("an id");
    format!("{path}/roles/{id}/targets")
}

/// The texts at `field` of the items of a list.
async fn texts(api: &mut Api, path: &str, field: &str) -> Vec<String> {
    let list = api.get(path).await;
    assert_eq!(list.status, 200, "{path}: {}", list.body);
    let items = list.body.as_array().expect("a list");
    items
        .iter()
        .map(|item| item.pointer(field).and_then(Value::as_str))
        .map(|text| text.expect("a text").to_owned())
        .collect()
}

/// Makes calls and holds their statuses against what is expected.
async fn expect(api: &mut Api, calls: &[(Method, &str, Option<Value>, u16)]) {
    for (method, path, body, status) in calls {
        let answer = api.call(method.clone(), path, body.clone()).await;
        assert_eq!(answer.status, *status, "{method} {path}: {}", answer.body);
        if answer.status == StatusCode::FORBIDDEN {
            assert_eq!(answer.body["errorCode"], "E0000006");
        }
    }
}

#[tokio::test]
async fn groups_are_put_to_a_role_and_taken_from_it_but_for_the_last() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (first, second) = (
        group(&mut api, "First").await,
        group(&mut api, "Second").await,
    );
    let desk = group(&mut api, "Desk").await;
    let user = path(&create(&mut api, "vera").await);
    for holder in [user.clone(), format!("/api/v1/groups/{desk}")] {
        let targets = give(&mut api, &holder, "HELP_DESK_ADMIN").await;
        let groups = format!("{targets}/groups");
        assert_eq!(api.get(&groups).await.body, json!([]));
        for one in [&first, &second, &first] {
            let put = api.put(&format!("{groups}/{one}"), json!({})).await;
            assert_eq!(put.status, 204, "{}", put.body);
        }
        assert_eq!(texts(&mut api, &groups, "/id").await.len(), 2);
        let page = texts(&mut api, &format!("{groups}?limit=1"), "/id").await;
        let rest = format!("{groups}?limit=1&after={}", page[0]);
        assert_eq!(texts(&mut api, &rest, "/id").await.len(), 1);
        assert_ne!(texts(&mut api, &rest, "/id").await, page);
        let roles = format!("{holder}/roles?expand=targets/groups");
        let embedded = api.get(&roles).await.body[0]["_embedded"]["targets"]["groups"].clone();
        assert_eq!(embedded, api.get(&groups).await.body);
        let one = format!("{groups}/{first}");
        assert_eq!(api.delete(&one).await.status, 204);
        assert_eq!(api.delete(&one).await.status, 404);
        let last = api.delete(&format!("{groups}/{second}")).await;
        assert_eq!(last.status, 400, "{}", last.body);
        assert_eq!(
            texts(&mut api, &groups, "/profile/name").await,
            ["Second"],
            "what is refused changes nothing"
        );
        let kind = format!("{targets}/catalog/apps/oidc_client");
        assert_eq!(api.put(&kind, json!({})).await.status, 400);
        let unknown = api.put(&format!("{groups}/00gnobody"), json!({})).await;
        assert_eq!(unknown.status, 404);
    }
    let log = api
        .get("/api/v1/logs?filter=eventType%20co%20%22privilege.grant%22")
        .await;
    let events = log.body.as_array().expect("a list");
    let change = "/debugContext/debugData/targetChange";
    let of = |kind: &str| {
        let told = events.iter().filter(|event| event["eventType"] == kind);
        told.filter(|event| event.pointer(change).is_some()).count()
    };
    assert_eq!(of("user.account.privilege.grant"), 3, "{events:?}");
    assert_eq!(of("group.privilege.grant"), 3, "{events:?}");
}

#[tokio::test]
async fn what_a_role_was_limited_to_goes_with_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let only = group(&mut api, "Only").await;
    let user = path(&create(&mut api, "wim").await);
    let targets = give(&mut api, &user, "HELP_DESK_ADMIN").await;
    api.put(&format!("{targets}/groups/{only}"), json!({}))
        .await;
    let mut wim = Api::of_user(&org, "wim@example.com").await;
    let john = "/api/v1/users/john.doe";
    assert_eq!(wim.get(john).await.status, 403);
    let role = targets.trim_end_matches("/targets");
    assert_eq!(api.delete(role).await.status, 204);
    give(&mut api, &user, "HELP_DESK_ADMIN").await;
    assert_eq!(
        api.get(&format!("{targets}/groups")).await.body,
        json!([]),
        "the role is a new one"
    );
    assert_eq!(wim.get(john).await.status, 200);
}

#[tokio::test]
async fn a_role_does_not_grow_when_its_last_group_is_deleted() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let only = group(&mut api, "Only").await;
    let user = path(&create(&mut api, "xaver").await);
    let targets = give(&mut api, &user, "USER_ADMIN").await;
    api.put(&format!("{targets}/groups/{only}"), json!({}))
        .await;
    assert_eq!(
        api.delete(&format!("/api/v1/groups/{only}")).await.status,
        204
    );
    assert_eq!(api.get(&format!("{targets}/groups")).await.body, json!([]));
    let mut xaver = Api::of_user(&org, "xaver@example.com").await;
    assert_eq!(xaver.get("/api/v1/users").await.body, json!([]));
    assert_eq!(xaver.get("/api/v1/users/john.doe").await.status, 403);
    assert_eq!(xaver.get("/api/v1/users/me").await.status, 200);
}

#[tokio::test]
async fn the_targets_of_a_user_are_told_with_the_way_they_came() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (first, second) = (
        group(&mut api, "First").await,
        group(&mut api, "Second").await,
    );
    let desk = group(&mut api, "Desk").await;
    let user = member(&mut api, "yara", &desk).await;
    let own = give(&mut api, &user, "USER_ADMIN").await;
    let shared = give(&mut api, &format!("/api/v1/groups/{desk}"), "USER_ADMIN").await;
    api.put(&format!("{own}/groups/{first}"), json!({})).await;
    api.put(&format!("{shared}/groups/{second}"), json!({}))
        .await;
    let ways = |query: &str| format!("{own}{query}");
    let by = "/assignmentType";
    assert_eq!(
        texts(&mut api, &ways("?assignmentType=USER"), by).await,
        ["USER"]
    );
    assert_eq!(
        texts(&mut api, &ways("?assignmentType=GROUP"), by).await,
        ["GROUP"]
    );
    let orns = texts(&mut api, &ways(""), "/orn").await;
    assert_eq!(orns.len(), 2);
    for id in [&first, &second] {
        let end = format!(":groups:{id}");
        assert!(orns.iter().any(|orn| orn.ends_with(&end)), "{orns:?}");
    }
    assert_eq!(
        api.get(&ways("?assignmentType=ALL")).await.status,
        400,
        "there is no such way"
    );
    let unknown = format!("{user}/roles/IFIFAX2BIRGUSTQ/targets");
    assert_eq!(api.get(&unknown).await.status, 404);
}
