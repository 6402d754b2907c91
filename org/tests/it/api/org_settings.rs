//! The org's own settings by the management API.

use serde_json::json;
use testkit::TestOrg;

use super::Api;

const LOCAL: &str = "/local/org/settings";

#[tokio::test]
async fn the_interaction_code_flow_is_switched_by_an_administrator() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let settings = |is_on: bool| json!({"embeddedSignInSupport": {"interactionCode": is_on}});
    assert_eq!(api.get(LOCAL).await.body, settings(true));
    let off = api.put(LOCAL, settings(false)).await;
    assert_eq!((off.status.as_u16(), off.body), (200, settings(false)));
    assert_eq!(api.get(LOCAL).await.body, settings(false));
    for body in [
        json!({}),
        json!({"embeddedSignInSupport": {"interactionCode": "yes"}}),
        json!({"embeddedSignInSupport": {"interactionCode": true, "other": 1}}),
        json!([]),
    ] {
        assert_eq!(api.put(LOCAL, body.clone()).await.status, 400, "{body}");
    }
    let mut nobody = Api::nobody(&org);
    assert_eq!(nobody.get(LOCAL).await.status, 401);
    assert_eq!(nobody.put(LOCAL, settings(true)).await.status, 401);
    assert_eq!(api.get(LOCAL).await.body, settings(false));
}

#[tokio::test]
async fn the_org_says_of_itself_what_it_was_told() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let fresh = api.get("/api/v1/org").await;
    assert_eq!(fresh.status, 200, "{}", fresh.body);
    assert_eq!(fresh.body["companyName"], "Portico");
    assert_eq!(fresh.body["website"], json!(null));
    assert_eq!(fresh.body["subdomain"], "localhost");
    assert_eq!(fresh.body["status"], "ACTIVE");
    let partly = api.post("/api/v1/org", json!({"city": "Bern"})).await;
    assert_eq!(partly.body["companyName"], "Portico");
    assert_eq!(partly.body["city"], "Bern");
    let whole = api.put("/api/v1/org", json!({"companyName": "Acme"})).await;
    assert_eq!(whole.body["companyName"], "Acme");
    assert_eq!(whole.body["city"], json!(null));
    for body in [
        json!({"companyName": ""}),
        json!({"companyName": "x".repeat(256)}),
        json!({"companyName": 1}),
    ] {
        assert_eq!(
            api.put("/api/v1/org", body.clone()).await.status,
            400,
            "{body}"
        );
    }
    assert_eq!(api.get("/api/v1/org").await.body, whole.body);
}
