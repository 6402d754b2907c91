//! Damages that an administrator does, by the management API.

use axum::http::Method;
use serde_json::json;

use crate::local::Local;

fn only(id: &str, severity: &str) -> [(String, String); 1] {
    [(id.to_owned(), severity.to_owned())]
}

async fn portico(local: &Local) -> serde_json::Value {
    let apps = local
        .call(Method::GET, "/api/v1/apps?q=Portico", &json!(null))
        .await;
    apps[0].clone()
}

#[tokio::test]
async fn an_app_that_need_not_use_pkce_is_found_by_its_registration_and_by_the_org_taking_the_request()
 {
    let local = Local::start().await;
    let before = local.found().await;
    let mut app = portico(&local).await;
    app["credentials"]["oauthClient"]["pkce_required"] = json!(false);
    let path = format!("/api/v1/apps/{}", app["id"].as_str().expect("an id"));
    local.call(Method::PUT, &path, &app).await;
    let found = local.new_since(&before).await;
    let [one] = only("SIGN-IN-PKCE", "warning");
    let [other] = only("REG-PKCE", "warning");
    assert_eq!(found, [one, other]);
}

#[tokio::test]
async fn a_redirect_uri_of_another_app_is_found_and_so_is_the_sign_in_that_it_ends() {
    let local = Local::start().await;
    let before = local.found().await;
    let mut app = portico(&local).await;
    app["settings"]["oauthClient"]["redirect_uris"] = json!(["http://127.0.0.1:3000/callback"]);
    let path = format!("/api/v1/apps/{}", app["id"].as_str().expect("an id"));
    local.call(Method::PUT, &path, &app).await;
    let found = local.new_since(&before).await;
    let [one] = only("SIGN-IN-PAGE", "error");
    let [other] = only("REG-REDIRECT-EXACT", "error");
    assert_eq!(found, [one, other]);
}

#[tokio::test]
async fn an_app_with_a_new_access_policy_whose_rule_nobody_changed_locks_everybody_out() {
    let local = Local::start().await;
    let before = local.found().await;
    let policy = json!({"type": "ACCESS_POLICY", "name": "Fresh", "status": "ACTIVE"});
    let policy = local.call(Method::POST, "/api/v1/policies", &policy).await;
    let app = portico(&local).await;
    let (app, policy) = (
        app["id"].as_str().expect("an id"),
        policy["id"].as_str().expect("an id"),
    );
    let path = format!("/api/v1/apps/{app}/policies/{policy}");
    local.call(Method::PUT, &path, &json!({})).await;
    let found = local.new_since(&before).await;
    assert_eq!(found, only("POLICY-SATISFIABLE", "error"));
}

#[tokio::test]
async fn a_trusted_origin_that_no_app_has_is_found_and_the_own_one_is_not() {
    let local = Local::start().await;
    let before = local.found().await;
    let origin =
        json!({"name": "Old", "origin": "http://127.0.0.1:3000", "scopes": [{"type": "CORS"}]});
    local
        .call(Method::POST, "/api/v1/trustedOrigins", &origin)
        .await;
    assert_eq!(local.new_since(&before).await, []);
    let origin =
        json!({"name": "Older", "origin": "https://old.example.com", "scopes": [{"type": "CORS"}]});
    local
        .call(Method::POST, "/api/v1/trustedOrigins", &origin)
        .await;
    assert_eq!(
        local.new_since(&before).await,
        only("ORIGIN-UNUSED", "warning")
    );
}
