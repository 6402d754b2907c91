//! The shares of tokens and apps in the limits, by the management API.

use org::RateLimits;
use serde_json::{Value, json};
use testkit::{TEST_SEED, TestOrg};

use super::Api;
use super::written_events::WrittenEvents;

const ALL: &str = "/api/v1/principal-rate-limits";
const OF_TOKENS: &str =
    "/api/v1/principal-rate-limits?filter=principalType%20eq%20%22SSWS_TOKEN%22";
const OF_APPS: &str =
    "/api/v1/principal-rate-limits?filter=principalType%20eq%20%22OAUTH_CLIENT%22";

async fn token(api: &mut Api) -> Value {
    api.get("/api/v1/api-tokens").await.body[0]["id"].clone()
}

#[tokio::test]
async fn a_share_is_set_listed_and_changed() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let token = token(&mut api).await;
    let events = WrittenEvents::from_now(&org);
    let sent =
        json!({"principalId": token, "principalType": "SSWS_TOKEN", "defaultPercentage": 75});
    let made = api.post(ALL, sent.clone()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.body["id"].as_str().expect("an id");
    let author = &made.body["createdBy"];
    assert!(author.as_str().is_some_and(|id| id.starts_with("00u")));
    assert_eq!(
        made.body,
        json!({
            "id": id, "orgId": api.get("/api/v1/org").await.body["id"], "principalId": token, "principalType": "SSWS_TOKEN",
            "defaultPercentage": 75, "defaultConcurrencyPercentage": 50,
            "createdDate": "2026-01-05T09:00:00.000Z", "createdBy": author,
            "lastUpdate": "2026-01-05T09:00:00.000Z", "lastUpdatedBy": author,
        })
    );
    assert_eq!(api.get(OF_TOKENS).await.body, json!([made.body]));
    assert_eq!(api.get(OF_APPS).await.body, json!([]));
    let twice = api.post(ALL, sent.clone()).await;
    assert_eq!(twice.status, 400);
    org.clock.advance_seconds(60);
    let one = format!("{ALL}/{id}");
    let mut changed = sent.clone();
    changed["defaultConcurrencyPercentage"] = json!(100);
    let changed = api.put(&one, changed).await;
    assert_eq!(changed.body["defaultConcurrencyPercentage"], 100);
    assert_eq!(changed.body["lastUpdate"], "2026-01-05T09:01:00.000Z");
    assert_eq!(api.get(&one).await.body, changed.body);
    let kinds: Vec<Value> = events
        .all()
        .iter()
        .map(|event| event["eventType"].clone())
        .collect();
    assert_eq!(kinds, ["system.rate_limit.configuration.update"; 2]);
}

#[tokio::test]
async fn what_is_no_share_of_somebody_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let token = token(&mut api).await;
    let of = |kind: &str, share: Value| json!({"principalId": token, "principalType": kind, "defaultPercentage": share});
    for share in [json!(0), json!(-1), json!(101), json!("50"), json!(1.5)] {
        let refused = api.post(ALL, of("SSWS_TOKEN", share.clone())).await;
        assert_eq!(refused.status, 400, "{share}");
    }
    assert_eq!(api.post(ALL, of("USER", json!(50))).await.status, 400);
    assert_eq!(api.post(ALL, json!({})).await.status, 400);
    assert_eq!(
        api.post(ALL, of("OAUTH_CLIENT", json!(50))).await.status,
        404
    );
    let made = api.post(ALL, of("SSWS_TOKEN", json!(50))).await.body;
    let one = format!("{ALL}/{}", made["id"].as_str().expect("an id"));
    let other = json!({"principalId": "00T1", "principalType": "SSWS_TOKEN"});
    assert_eq!(api.put(&one, other.clone()).await.status, 400);
    assert_eq!(api.put(&format!("{ALL}/prl1"), other).await.status, 404);
    assert_eq!(api.get(&format!("{ALL}/prl1")).await.status, 404);
    assert_eq!(api.get(&one).await.body, made);
    for query in ["", "?filter=", "?filter=id%20eq%20%221%22", "?filter=x"] {
        let refused = api.get(&format!("{ALL}{query}")).await;
        assert_eq!(refused.status, 400, "{query}");
    }
}

#[tokio::test]
async fn a_token_with_a_small_share_comes_to_its_end_sooner() {
    let org = TestOrg::with_config(TEST_SEED, |config| {
        config.rate_limits = RateLimits::Developer;
    })
    .await;
    let mut api = Api::admin(&org).await;
    let before = api.get("/api/v1/features").await;
    assert_eq!(before.headers["x-rate-limit-limit"], "50");
    let token = token(&mut api).await;
    let share =
        json!({"principalId": token, "principalType": "SSWS_TOKEN", "defaultPercentage": 10});
    assert_eq!(api.post(ALL, share).await.status, 201);
    let after = api.get("/api/v1/features").await;
    assert_eq!(after.headers["x-rate-limit-limit"], "10");
}
