use http::Method;
use serde_json::{Value, json};
use testkit::TestOrg;

use super::super::Api;
use super::{events_since, id_of, make, web};

fn one(org: &TestOrg, sql: &str) -> String {
    org.database()
        .query_row(sql, [], |row| row.get(0))
        .expect("an id")
}

fn john(org: &TestOrg) -> String {
    one(org, "SELECT id FROM users WHERE login LIKE 'john%'")
}

fn retailers(org: &TestOrg) -> String {
    one(org, "SELECT id FROM groups WHERE name = 'Retailers'")
}

#[tokio::test]
async fn a_group_gets_an_app_and_loses_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, web()).await);
    let group = retailers(&org);
    let path = format!("/api/v1/apps/{app}/groups/{group}");
    let (_, before) = events_since(&org, 0);
    assert_eq!(api.get(&path).await.status, 404);

    let assigned = api.call(Method::PUT, &path, None).await;
    assert_eq!(assigned.status, 200, "{}", assigned.body);
    let at = |rest: &str| format!("http://localhost:7000/api/v1{rest}");
    assert_eq!(
        assigned.body,
        json!({
            "id": group,
            "lastUpdated": "2026-01-05T09:00:00.000Z",
            "priority": 0,
            "profile": {},
            "_links": {
                "app": {"href": at(&format!("/apps/{app}"))},
                "self": {"href": at(&format!("/apps/{app}/groups/{group}"))},
                "group": {"href": at(&format!("/groups/{group}"))},
            },
        })
    );
    assert_eq!(api.get(&path).await.body, assigned.body);
    let changed = api
        .put(&path, json!({"priority": 7, "profile": {"tier": "gold"}}))
        .await;
    assert_eq!(changed.body["priority"], 7);
    let operations = json!([
        {"op": "replace", "path": "/priority", "value": 3},
        {"op": "replace", "path": "/profile/tier", "value": "silver"},
    ]);
    let patched = api.call(Method::PATCH, &path, Some(operations)).await;
    assert_eq!(patched.status, 200, "{}", patched.body);
    assert_eq!(patched.body["priority"], 3);
    assert_eq!(patched.body["profile"], json!({"tier": "silver"}));

    let list = format!("/api/v1/apps/{app}/groups");
    let all = api.get(&format!("{list}?expand=group")).await;
    assert_eq!(
        all.body[0]["_embedded"]["group"]["profile"]["name"],
        "Retailers"
    );
    assert_eq!(
        api.get(&format!("{list}?q=ret"))
            .await
            .body
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(api.get(&format!("{list}?q=etail")).await.body, json!([]));
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.get(&list).await.body, json!([]));
    assert_eq!(api.delete(&path).await.status, 404);
    let (events, _) = events_since(&org, before);
    assert_eq!(
        events,
        [
            "group.application_assignment.add",
            "application.lifecycle.update",
            "group.application_assignment.remove",
        ]
    );
}

#[tokio::test]
async fn an_assignment_that_cannot_be_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, web()).await);
    let group = retailers(&org);
    let path = format!("/api/v1/apps/{app}/groups/{group}");
    for body in [
        json!({"priority": -1}),
        json!({"priority": 100_001}),
        json!({"priority": "1"}),
        json!({"profile": []}),
    ] {
        assert_eq!(api.put(&path, body.clone()).await.status, 400, "{body}");
    }
    let unknown = format!("/api/v1/apps/{app}/groups/00gAAAAAAAAAAAAAAAAA");
    assert_eq!(api.put(&unknown, json!({})).await.status, 404);
    assert_eq!(
        api.put(
            &format!("/api/v1/apps/0oaAAAAAAAAAAAAAAAAA/groups/{group}"),
            json!({})
        )
        .await
        .status,
        404
    );
    api.put(&path, json!({})).await;
    for patch in [
        json!([{"op": "move", "path": "/priority"}]),
        json!([{"op": "replace", "path": "/id", "value": "x"}]),
        json!([{"op": "replace", "path": "/priority", "value": "x"}]),
        json!({}),
    ] {
        let answer = api.call(Method::PATCH, &path, Some(patch.clone())).await;
        assert_eq!(answer.status, 400, "{patch}");
    }
}

#[tokio::test]
async fn a_user_gets_an_app_and_loses_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, web()).await);
    let user = john(&org);
    let list = format!("/api/v1/apps/{app}/users");
    let path = format!("{list}/{user}");
    let (_, before) = events_since(&org, 0);

    let body = json!({"id": user, "scope": "USER", "credentials": {"userName": "jd"}});
    let assigned = api.post(&list, body.clone()).await;
    assert_eq!(assigned.status, 200, "{}", assigned.body);
    let shape = &assigned.body;
    assert_eq!(shape["id"], user);
    assert_eq!(shape["externalId"], Value::Null);
    assert_eq!(shape["scope"], "USER");
    assert_eq!(shape["status"], "ACTIVE");
    assert_eq!(shape["syncState"], "DISABLED");
    assert_eq!(shape["credentials"], json!({"userName": "jd"}));
    assert_eq!(shape["profile"]["given_name"], "John");
    assert_eq!(shape["profile"]["email"], "john.doe@example.com");
    assert_eq!(shape["profile"]["street_address"], Value::Null);
    assert_eq!(shape["profile"]["zoneinfo"], "America/Los_Angeles");
    assert_eq!(
        shape["_links"],
        json!({
            "app": {"href": format!("http://localhost:7000/api/v1/apps/{app}")},
            "user": {"href": format!("http://localhost:7000/api/v1/users/{user}")},
        })
    );
    let twice = api.post(&list, body).await;
    assert_eq!(
        (twice.status.as_u16(), &twice.body["errorCode"]),
        (409, &json!("E0000062"))
    );
    assert_eq!(api.get(&path).await.body, assigned.body);
    let changed = api
        .post(&path, json!({"profile": {"nickname": "Jo"}}))
        .await;
    assert_eq!(changed.body["profile"]["nickname"], "Jo");
    assert_eq!(changed.body["credentials"]["userName"], "jd");
    for (q, found) in [("jd", 1), ("Doe", 1), ("john.doe@", 1), ("ohn", 0)] {
        let page = api.get(&format!("{list}?q={q}")).await;
        assert_eq!(page.body.as_array().map(Vec::len), Some(found), "{q}");
    }
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.get(&path).await.status, 404);
    let (events, _) = events_since(&org, before);
    assert_eq!(
        events,
        [
            "application.user_membership.add",
            "application.user_membership.update",
            "application.user_membership.remove",
        ]
    );
}

#[tokio::test]
async fn what_a_group_gives_is_listed_and_not_taken_from_one_alone() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, web()).await);
    let (user, group) = (john(&org), retailers(&org));
    api.put(&format!("/api/v1/apps/{app}/groups/{group}"), json!({}))
        .await;
    let list = format!("/api/v1/apps/{app}/users");
    let path = format!("{list}/{user}");
    let held = api.get(&list).await;
    assert_eq!(held.body[0]["scope"], "GROUP");
    assert_eq!(
        held.body[0]["_links"]["group"]["href"],
        format!("http://localhost:7000/api/v1/groups/{group}")
    );
    assert_eq!(api.delete(&path).await.status, 400);
    assert_eq!(
        api.post(&path, json!({"profile": {"x": 1}})).await.status,
        400
    );
    let own = api.post(&path, json!({"scope": "USER"})).await;
    assert_eq!(own.body["scope"], "USER", "{}", own.body);
    assert_eq!(
        api.get(&list).await.body.as_array().map(Vec::len),
        Some(1),
        "once"
    );
}

#[tokio::test]
async fn the_pages_of_the_users_of_an_app_are_the_whole_of_them() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = org.org().portico_client().client_id;
    let all = api.get(&format!("/api/v1/apps/{app}/users")).await;
    let count = all.body.as_array().map_or(0, Vec::len);
    assert!(count >= 3);
    let mut walked = Vec::new();
    let mut next = Some(format!("/api/v1/apps/{app}/users?limit=1"));
    while let Some(address) = next {
        let page = api.get(&address).await;
        walked.extend(page.body.as_array().expect("a list").clone());
        next = page.link("next");
    }
    assert_eq!(Some(&walked), all.body.as_array());
}

#[tokio::test]
async fn somebody_who_is_not_there_yet_or_no_longer_gets_no_app() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, web()).await);
    let user = john(&org);
    let list = format!("/api/v1/apps/{app}/users");
    for status in ["STAGED", "DEPROVISIONED"] {
        org.set_user_status("john.doe@example.com", status);
        let refused = api.post(&list, json!({"id": user})).await;
        assert_eq!(refused.body["errorCode"], "E0000117", "{status}");
    }
    for (body, status) in [
        (json!({}), 400),
        (json!({"id": "00uAAAAAAAAAAAAAAAAA"}), 404),
        (json!({"id": "x"}), 404),
        (json!({"id": user, "scope": "GROUP"}), 400),
        (json!({"id": user, "credentials": {"userName": ""}}), 400),
        (
            json!({"id": user, "credentials": {"password": {"value": "secret"}}}),
            400,
        ),
    ] {
        assert_eq!(api.post(&list, body.clone()).await.status, status, "{body}");
    }
}
