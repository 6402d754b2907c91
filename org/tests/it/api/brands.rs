//! Brands, API tokens and what is set about limits, by the management API.

use serde_json::{Value, json};
use testkit::{ORG_URL, TestOrg};

use super::Api;

fn theme(primary: &str, on_primary: &str) -> Value {
    json!({
        "primaryColorHex": primary, "primaryColorContrastHex": on_primary,
        "secondaryColorHex": "#ebebed", "secondaryColorContrastHex": "#000000",
        "signInPageTouchPointVariant": "OKTA_DEFAULT", "endUserDashboardTouchPointVariant": "OKTA_DEFAULT",
        "errorPageTouchPointVariant": "OKTA_DEFAULT", "emailTemplateTouchPointVariant": "OKTA_DEFAULT",
    })
}

async fn stylesheet(org: &TestOrg) -> String {
    let url = format!("{ORG_URL}/assets/theme.css");
    org.browser().get(&url).await.text()
}

#[tokio::test]
async fn a_changed_theme_is_on_the_hosted_page_at_once_and_can_be_read() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let brands = api.get("/api/v1/brands").await.body;
    assert_eq!(brands.as_array().map(Vec::len), Some(1));
    assert_eq!(brands[0]["isDefault"], true);
    let themes = format!(
        "/api/v1/brands/{}/themes",
        brands[0]["id"].as_str().expect("an id")
    );
    let fresh = api.get(&themes).await.body;
    assert_eq!(fresh[0]["primaryColorHex"], "#1662dd");
    let one = format!("{themes}/{}", fresh[0]["id"].as_str().expect("an id"));
    assert!(stylesheet(&org).await.contains("--brand:#1662dd"));
    let changed = api.put(&one, theme("#FFFF00", "#ffffff")).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(changed.body["primaryColorContrastHex"], "#000000");
    let css = stylesheet(&org).await;
    assert!(
        css.contains("--brand:#ffff00;--brand-contrast:#000000"),
        "{css}"
    );
    for colour in ["red", "#fff", "#ffff00;}body{}", "", "url(//x)"] {
        let refused = api.put(&one, theme(colour, "#ffffff")).await;
        assert_eq!(refused.status, 400, "{colour}");
    }
    assert_eq!(stylesheet(&org).await, css);
}

#[tokio::test]
async fn a_brand_is_made_renamed_and_deleted_and_the_default_one_stays() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = api.post("/api/v1/brands", json!({"name": "Shop"})).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let twice = api.post("/api/v1/brands", json!({"name": "shop"})).await;
    assert_eq!(
        (twice.status.as_u16(), &twice.body["errorCode"]),
        (409, &json!("E0000202"))
    );
    let one = format!(
        "/api/v1/brands/{}",
        made.body["id"].as_str().expect("an id")
    );
    let policy = json!({"name": "Shop 2", "customPrivacyPolicyUrl": "https://example.com/privacy"});
    assert_eq!(api.put(&one, policy).await.status, 400);
    let renamed = api.put(&one, json!({"name": "Shop 2"})).await;
    assert_eq!(renamed.body["name"], "Shop 2");
    assert_eq!(api.delete(&one).await.status, 204);
    let default = api.get("/api/v1/brands").await.body[0]["id"].clone();
    let default = format!("/api/v1/brands/{}", default.as_str().expect("an id"));
    assert_eq!(api.delete(&default).await.body["errorCode"], "E0000200");
}

#[tokio::test]
async fn tokens_are_listed_without_their_secret_renamed_and_ended() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mut other = Api::admin(&org).await;
    let tokens = api.get("/api/v1/api-tokens").await.body;
    assert_eq!(tokens.as_array().map(Vec::len), Some(2));
    assert_eq!(tokens[0]["tokenWindow"], "P30D");
    assert_eq!(tokens[0]["token"], json!(null));
    let one = format!(
        "/api/v1/api-tokens/{}",
        tokens[0]["id"].as_str().expect("an id")
    );
    let named = api.put(&one, json!({"name": "CI"})).await;
    assert_eq!(named.body["name"], "CI");
    assert_eq!(api.put(&one, json!({"name": ""})).await.status, 400);
    assert_eq!(other.delete("/api/v1/api-tokens/current").await.status, 204);
    assert_eq!(other.get("/api/v1/api-tokens").await.status, 401);
    let left = api.get("/api/v1/api-tokens").await.body;
    assert_eq!(left.as_array().map(Vec::len), Some(1));
    let last = left[0]["id"].as_str().expect("an id");
    assert_eq!(
        api.delete(&format!("/api/v1/api-tokens/{last}"))
            .await
            .status,
        204
    );
    assert_eq!(api.get("/api/v1/api-tokens").await.status, 401);
}

#[tokio::test]
async fn what_is_set_about_limits_comes_back() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (name, body) in [
        (
            "per-client",
            json!({"defaultMode": "PREVIEW", "useCaseModeOverrides": {"LOGIN_PAGE": "ENFORCE"}}),
        ),
        ("warning-threshold", json!({"warningThreshold": 60})),
        (
            "admin-notifications",
            json!({"notificationsEnabled": false}),
        ),
    ] {
        let path = format!("/api/v1/rate-limit-settings/{name}");
        assert_eq!(api.put(&path, body.clone()).await.body, body, "{name}");
        assert_eq!(api.get(&path).await.body, body, "{name}");
        assert_eq!(api.put(&path, json!({})).await.status, 400, "{name}");
    }
    let path = "/api/v1/rate-limit-settings/warning-threshold";
    for threshold in [json!(29), json!(91), json!(-1), json!("60")] {
        let body = json!({"warningThreshold": threshold});
        assert_eq!(api.put(path, body).await.status, 400);
    }
}
