//! Features, by the management API.

use serde_json::json;
use testkit::TestOrg;

use super::Api;

#[tokio::test]
async fn there_is_nothing_to_switch_on() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let listed = api.get("/api/v1/features").await;
    assert_eq!((listed.status.as_u16(), listed.body), (200, json!([])));
    let one = api.get("/api/v1/features/ftr1").await;
    assert_eq!(one.status, 404);
    assert_eq!(
        one.body["errorSummary"],
        "Not found: Resource not found: ftr1 (Feature)"
    );
}
