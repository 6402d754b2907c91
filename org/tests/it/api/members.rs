//! Members of groups by the management API.

use serde_json::json;
use testkit::TestOrg;

use super::Api;
use super::users::{create, path};

#[tokio::test]
async fn a_user_joins_a_group_and_leaves_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "xenia").await;
    let id = made.body["id"].as_str().expect("an id");
    let group = api
        .post("/api/v1/groups", json!({"profile": {"name": "Choir"}}))
        .await;
    let group = format!(
        "/api/v1/groups/{}",
        group.body["id"].as_str().expect("an id")
    );
    let member = format!("{group}/users/{id}");
    org.clock.advance_seconds(60);
    for _ in 0..2 {
        assert_eq!(
            api.put(&member, json!({})).await.status,
            204,
            "who is in it stays in it"
        );
    }
    let members = api.get(&format!("{group}/users")).await;
    assert_eq!(members.body[0]["id"], id);
    assert_eq!(members.body.as_array().map(Vec::len), Some(1));
    assert_eq!(
        members.link("self"),
        Some(format!("http://localhost:7000{group}/users"))
    );
    let changed = api.get(&group).await.body["lastMembershipUpdated"].clone();
    assert_eq!(changed, "2026-01-05T09:01:00.000Z");
    let groups = api.get(&format!("{}/groups", path(&made))).await;
    assert_eq!(groups.body.as_array().map(Vec::len), Some(2));
    for _ in 0..2 {
        assert_eq!(api.delete(&member).await.status, 204);
    }
    assert_eq!(api.get(&format!("{group}/users")).await.body, json!([]));
    for unknown in [
        format!("{group}/users/00u1"),
        format!("/api/v1/groups/00g1/users/{id}"),
    ] {
        assert_eq!(api.put(&unknown, json!({})).await.status, 404);
    }
}

#[tokio::test]
async fn everyone_is_in_everyone_and_nobody_changes_that() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "yuri").await;
    let everyone = api.get("/api/v1/groups?q=Everyone").await.body[0]["id"].clone();
    let group = format!("/api/v1/groups/{}", everyone.as_str().expect("an id"));
    let mut count = 0;
    let mut next = Some(format!("{group}/users?limit=2"));
    while let Some(address) = next {
        let page = api.get(&address).await;
        count += page.body.as_array().map_or(0, Vec::len);
        next = page.link("next");
    }
    assert_eq!(count, 5, "four of the test org and one more");
    let member = format!("{group}/users/{}", made.body["id"].as_str().expect("an id"));
    assert_eq!(api.delete(&member).await.status, 403);
    assert_eq!(api.put(&member, json!({})).await.status, 403);
}
