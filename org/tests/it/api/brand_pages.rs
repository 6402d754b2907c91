//! The pages of brands, by the management API.

use serde_json::json;
use testkit::TestOrg;

use super::Api;
use super::written_events::WrittenEvents;

async fn default_pages(api: &mut Api) -> String {
    let brands = api.get("/api/v1/brands").await.body;
    let id = brands[0]["id"].as_str().expect("an id");
    format!("/api/v1/brands/{id}/pages")
}

async fn other_pages(api: &mut Api) -> String {
    let made = api.post("/api/v1/brands", json!({"name": "Shop"})).await;
    let id = made.body["id"].as_str().expect("an id");
    format!("/api/v1/brands/{id}/pages")
}

#[tokio::test]
async fn the_pages_of_the_default_brand_stay_as_they_are() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let pages = default_pages(&mut api).await;
    let content = json!({"pageContent": "<html></html>"});
    for kind in ["sign-in", "error"] {
        let usual = api.get(&format!("{pages}/{kind}/default")).await;
        assert!(usual.body["pageContent"].is_string(), "{}", usual.body);
        for variant in ["customized", "preview"] {
            let page = format!("{pages}/{kind}/{variant}");
            let refused = [
                api.put(&page, content.clone()).await,
                api.delete(&page).await,
            ];
            for refused in refused {
                assert_eq!(refused.status, 403, "{page}");
                assert_eq!(refused.body["errorCode"], "E0000213", "{page}");
            }
            assert_eq!(api.get(&page).await.body["errorCode"], "E0000007");
        }
    }
    let sign_out = format!("{pages}/sign-out/customized");
    let own = json!({"type": "OKTA_DEFAULT"});
    assert_eq!(api.get(&sign_out).await.body, own);
    let elsewhere = json!({"type": "EXTERNALLY_HOSTED", "url": "https://example.com/bye"});
    let refused = api.put(&sign_out, elsewhere).await;
    assert_eq!(refused.body["errorCode"], "E0000213");
    assert_eq!(api.get(&sign_out).await.body, own);
}

#[tokio::test]
async fn a_page_of_another_brand_comes_back_as_it_went_until_it_is_deleted() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let pages = other_pages(&mut api).await;
    let events = WrittenEvents::from_now(&org);
    let sign_in = json!({
        "pageContent": "<html></html>", "widgetVersion": "^7",
        "widgetCustomizations": {"signInLabel": "Hello", "widgetGeneration": "G3", "showUserIdentifier": false},
        "contentSecurityPolicySetting": {"mode": "enforced", "srcList": ["https://example.com"]},
    });
    let page = format!("{pages}/sign-in/customized");
    assert_eq!(api.put(&page, sign_in.clone()).await.body, sign_in);
    assert_eq!(api.get(&page).await.body, sign_in);
    // A preview is another page.
    assert_eq!(
        api.get(&format!("{pages}/sign-in/preview")).await.status,
        404
    );
    let error = format!("{pages}/error/preview");
    let content = json!({"pageContent": "Oh"});
    assert_eq!(api.put(&error, content.clone()).await.body, content);
    assert_eq!(api.get(&error).await.body, content);
    for gone in [&page, &error] {
        assert_eq!(api.delete(gone).await.status, 204);
        assert_eq!(api.get(gone).await.status, 404);
        assert_eq!(api.delete(gone).await.status, 404);
    }
    assert_eq!(
        events.told(),
        [
            "system.custom_signin.update: Shop",
            "system.brand.update: Shop",
            "system.custom_signin.update: Shop",
            "system.brand.update: Shop",
        ]
    );
}

#[tokio::test]
async fn people_are_sent_elsewhere_after_sign_out_only_to_an_address_of_the_web() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let page = format!("{}/sign-out/customized", other_pages(&mut api).await);
    let elsewhere = json!({"type": "EXTERNALLY_HOSTED", "url": "https://example.com/bye"});
    assert_eq!(api.put(&page, elsewhere.clone()).await.body, elsewhere);
    for body in [
        json!({"type": "EXTERNALLY_HOSTED"}),
        json!({"type": "EXTERNALLY_HOSTED", "url": "javascript:alert(1)"}),
        json!({"type": "EXTERNALLY_HOSTED", "url": "bye"}),
        json!({"type": "ELSEWHERE", "url": "https://example.com/bye"}),
        json!({}),
    ] {
        assert_eq!(api.put(&page, body.clone()).await.status, 400, "{body}");
    }
    assert_eq!(api.get(&page).await.body, elsewhere);
    let own = json!({"type": "OKTA_DEFAULT"});
    assert_eq!(api.put(&page, own.clone()).await.body, own);
    assert_eq!(api.get(&page).await.body, own);
}

#[tokio::test]
async fn a_page_that_is_none_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let pages = other_pages(&mut api).await;
    let page = format!("{pages}/sign-in/customized");
    for body in [
        json!({"pageContent": 1}),
        json!({"widgetVersion": "latest"}),
        json!({"widgetVersion": "7."}),
        json!({"widgetVersion": "1.2.3.4"}),
        json!({"widgetCustomizations": {"widgetGeneration": "G4"}}),
        json!({"widgetCustomizations": {"helpUrl": ["x"]}}),
        json!({"contentSecurityPolicySetting": {"mode": "off"}}),
    ] {
        assert_eq!(api.put(&page, body.clone()).await.status, 400, "{body}");
    }
    assert_eq!(api.get(&page).await.status, 404);
    let none = api
        .get("/api/v1/brands/bnd1/pages/sign-in/customized")
        .await;
    assert_eq!(
        none.body["errorSummary"],
        "Not found: Resource not found: bnd1 (Brand)"
    );
}
