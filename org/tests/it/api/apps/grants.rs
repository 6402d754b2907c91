use serde_json::json;
use testkit::{ORG_URL, TestOrg};

use super::super::Api;
use super::{events_since, id_of, make, web_with};

fn service() -> serde_json::Value {
    web_with(&json!({
        "application_type": "service", "grant_types": ["client_credentials"], "redirect_uris": [],
    }))
}

#[tokio::test]
async fn a_scope_is_granted_read_and_revoked() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, service()).await);
    let path = format!("/api/v1/apps/{app}/grants");
    let (_, before) = events_since(&org, 0);
    let body = json!({"scopeId": "okta.users.read", "issuer": ORG_URL});
    let granted = api.post(&path, body.clone()).await;
    assert_eq!(granted.status, 201, "{}", granted.body);
    let id = granted.body["id"].as_str().expect("an id").to_owned();
    let at = |rest: &str| format!("{ORG_URL}/api/v1/apps/{app}{rest}");
    assert!(id.starts_with("oag"));
    assert_eq!(
        granted.body,
        json!({
            "id": id,
            "status": "ACTIVE",
            "created": "2026-01-05T09:00:00.000Z",
            "createdBy": {"id": granted.body["createdBy"]["id"], "type": "User"},
            "lastUpdated": "2026-01-05T09:00:00.000Z",
            "issuer": ORG_URL,
            "clientId": app,
            "scopeId": "okta.users.read",
            "source": "ADMIN",
            "_links": {
                "app": {"href": at("")},
                "client": {"href": at("")},
                "self": {"href": at(&format!("/grants/{id}")), "hints": {"allow": ["GET", "DELETE"]}},
            },
        })
    );
    assert_eq!(
        api.post(&path, body).await.body["id"],
        id,
        "a scope is granted once"
    );
    assert_eq!(api.get(&path).await.body, json!([granted.body]));
    let expanded = api.get(&format!("{path}/{id}?expand=scope")).await;
    assert_eq!(
        expanded.body["_embedded"],
        json!({"scope": {"id": "okta.users.read"}})
    );
    assert_eq!(api.delete(&format!("{path}/{id}")).await.status, 204);
    assert_eq!(api.get(&format!("{path}/{id}")).await.status, 404);
    let (events, _) = events_since(&org, before);
    assert_eq!(
        events,
        [
            "app.oauth2.admin.consent.grant",
            "app.oauth2.admin.consent.revoke"
        ]
    );
}

#[tokio::test]
async fn what_the_org_has_no_scope_of_is_not_granted() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let path = format!(
        "/api/v1/apps/{}/grants",
        id_of(&make(&mut api, service()).await)
    );
    for (scope, issuer) in [
        ("openid", ORG_URL),
        ("okta.users", ORG_URL),
        ("okta.users.own", ORG_URL),
        ("okta.unheardOf.read", ORG_URL),
        ("okta.users.read", "https://other.example.com"),
    ] {
        let answer = api
            .post(&path, json!({"scopeId": scope, "issuer": issuer}))
            .await;
        assert_eq!(answer.status, 400, "{scope} of {issuer}");
    }
    assert_eq!(
        api.post(&path, json!({"issuer": ORG_URL})).await.status,
        400
    );
}

#[tokio::test]
async fn an_app_administrator_gives_no_rights_away() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, service()).await);
    org.execute(
        "INSERT INTO admin_roles (user_id, role) SELECT id, 'APP_ADMIN' FROM users WHERE login LIKE 'john%'",
        [],
    );
    let mut other = Api::of_user(&org, "john.doe@example.com").await;
    let path = format!("/api/v1/apps/{app}/grants");
    assert_eq!(other.get(&path).await.status, 200);
    let body = json!({"scopeId": "okta.users.manage", "issuer": ORG_URL});
    assert_eq!(other.post(&path, body).await.status, 403);
}

#[tokio::test]
async fn an_app_administrator_does_not_get_hold_of_an_app_with_other_roles() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = id_of(&make(&mut api, service()).await);
    org.execute(
        "INSERT INTO app_roles (app_id, role, id, created_at) VALUES (?1, 'USER_ADMIN', 'x', 0)",
        [&app],
    );
    org.execute(
        "INSERT INTO admin_roles (user_id, role) SELECT id, 'APP_ADMIN' FROM users WHERE login LIKE 'john%'",
        [],
    );
    let mut other = Api::of_user(&org, "john.doe@example.com").await;
    let path = format!("/api/v1/apps/{app}");
    let secrets = format!("{path}/credentials/secrets");
    let seen = other.get(&path).await.body;
    assert_eq!(
        seen["credentials"]["oauthClient"].get("client_secret"),
        None
    );
    let list = other.get(&secrets).await.body;
    assert_eq!(list[0].get("client_secret"), None);
    let secret = list[0]["id"].as_str().expect("an id").to_owned();
    for (path, body) in [
        (secrets.clone(), json!({})),
        (
            format!("{secrets}/{secret}/lifecycle/deactivate"),
            json!({}),
        ),
        (
            format!("{path}/credentials/jwks"),
            json!({"kty": "EC", "crv": "P-256", "kid": "x",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}),
        ),
        (format!("{path}/lifecycle/deactivate"), json!({})),
    ] {
        assert_eq!(other.post(&path, body).await.status, 403, "{path}");
    }
    assert_eq!(other.put(&path, service()).await.status, 403);
    assert_eq!(other.delete(&path).await.status, 403);
    assert!(api.get(&path).await.body["credentials"]["oauthClient"]["client_secret"].is_string());
}

#[tokio::test]
async fn an_app_that_got_no_refresh_tokens_has_none() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let path = format!(
        "/api/v1/apps/{}/tokens",
        id_of(&make(&mut api, service()).await)
    );
    assert_eq!(api.get(&path).await.body, json!([]));
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(
        api.get(&format!("{path}/oarAAAAAAAAAAAAAAAAA"))
            .await
            .status,
        404
    );
    assert_eq!(
        api.delete(&format!("{path}/oarAAAAAAAAAAAAAAAAA"))
            .await
            .status,
        404
    );
    assert_eq!(
        api.get("/api/v1/apps/0oaAAAAAAAAAAAAAAAAA/tokens")
            .await
            .status,
        404
    );
}
