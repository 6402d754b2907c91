use http::StatusCode;
use serde_json::json;
use testkit::TestOrg;

use super::{Stage, uri};
use crate::api::Api;
use crate::support::PORTICO;

#[tokio::test]
async fn an_app_takes_part_when_an_administrator_says_where_it_is_told() {
    let mut stage = Stage::new().await;
    let id = stage.app("app.example.com", StatusCode::NO_CONTENT).await;
    let path = format!("/local/apps/{id}/universal-logout");
    let shown = stage.admin.get(&path).await;
    assert_eq!(
        shown.body,
        json!({"globalTokenRevocationUri": uri("app.example.com"), "subjectFormat": "ISS_SUB"})
    );
    let app = stage.admin.get(&format!("/api/v1/apps/{id}")).await;
    assert_eq!(
        app.body["universalLogout"],
        json!({
            "status": "ENABLED", "supportType": "FULL", "identityStack": "NOT_SHARED",
            "protocol": "GLOBAL_TOKEN_REVOCATION",
        })
    );
    let off = stage
        .admin
        .put(&path, json!({"globalTokenRevocationUri": null}))
        .await;
    assert_eq!(off.status, 200, "{}", off.body);
    let app = stage.admin.get(&format!("/api/v1/apps/{id}")).await;
    assert_eq!(app.body["universalLogout"], json!(null));
}

#[tokio::test]
async fn an_address_that_no_request_may_go_to_is_refused_by_name() {
    let org = TestOrg::start().await;
    let mut admin = Api::admin(&org).await;
    let path = format!("/local/apps/{PORTICO}/universal-logout");
    for given in [
        "universal-logout",
        "http://app.example.com/universal-logout",
        "https://app.example.com/universal-logout?a=b",
        "https://me:secret@app.example.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ] {
        let refused = admin
            .put(&path, json!({"globalTokenRevocationUri": given}))
            .await;
        assert_eq!(refused.status, 400, "{given}");
        assert!(
            refused.causes()[0].starts_with("globalTokenRevocationUri: "),
            "{given}: {}",
            refused.body
        );
    }
    let missing = "/local/apps/0oaNobody00000000000/universal-logout";
    assert_eq!(admin.get(missing).await.status, 404);
}
