//! The user type, by the management API.

use serde_json::json;
use testkit::{ORG_URL, TestOrg};

use super::Api;

#[tokio::test]
async fn every_user_is_of_the_one_type_which_names_its_schema() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let listed = api.get("/api/v1/meta/types/user").await;
    assert_eq!(listed.body.as_array().map(Vec::len), Some(1));
    let only = &listed.body[0];
    let id = only["id"].as_str().expect("an id");
    let schema = only["_links"]["schema"]["href"]
        .as_str()
        .expect("a schema")
        .to_owned();
    let own = format!("{ORG_URL}/api/v1/meta/types/user/{id}");
    assert_eq!(
        *only,
        json!({
            "id": id,
            "name": "user",
            "displayName": "User",
            "description": "Okta user profile template with default permission settings",
            "default": true,
            "created": "2026-01-05T09:00:00.000Z",
            "lastUpdated": "2026-01-05T09:00:00.000Z",
            "_links": {
                "self": {"rel": "self", "href": own, "method": "GET"},
                "schema": {"rel": "schema", "href": schema, "method": "GET"},
            },
        })
    );
    let user = api.get("/api/v1/users/john.doe@example.com").await.body;
    assert_eq!(user["type"]["id"], only["id"]);
    for path in [
        user["_links"]["type"]["href"].as_str().expect("a type"),
        "/api/v1/meta/types/user/default",
    ] {
        assert_eq!(api.get(path).await.body, *only, "{path}");
    }
    assert_eq!(api.get(&schema).await.body["name"], "user");
}

#[tokio::test]
async fn there_is_no_other_type() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let other = api.get("/api/v1/meta/types/user/oty1").await;
    assert_eq!(other.status, 404);
    assert_eq!(
        other.body["errorSummary"],
        "Not found: Resource not found: oty1 (UserType)"
    );
}
