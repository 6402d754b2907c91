use http::Method;
use serde_json::json;
use testkit::TestOrg;

use super::super::Api;
use super::{PASSWORD, create, path, profile};

#[tokio::test]
async fn a_partial_change_leaves_the_rest_and_a_full_one_does_not() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let path = path(&create(&mut api, "karl").await);
    org.clock.advance_seconds(60);
    let changed = api
        .post(
            &path,
            json!({"profile": {"city": "Bern", "mobilePhone": "+41 31 000 00 00"}}),
        )
        .await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(changed.body["profile"]["city"], "Bern");
    assert_eq!(changed.body["profile"]["login"], "karl@example.com");
    assert_eq!(changed.body["lastUpdated"], "2026-01-05T09:01:00.000Z");
    let replaced = api.put(&path, json!({"profile": profile("karl2")})).await;
    assert_eq!(replaced.status, 200, "{}", replaced.body);
    assert_eq!(replaced.body["profile"].get("city"), None);
    assert_eq!(replaced.body["profile"]["login"], "karl2@example.com");
    assert_eq!(api.get("/api/v1/users/karl").await.status, 404);
    assert_eq!(api.get("/api/v1/users/karl2").await.status, 200);
    // What the API shows can be sent back.
    let again = api.put(&path, replaced.body.clone()).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(again.body["credentials"], replaced.body["credentials"]);
}

#[tokio::test]
async fn a_change_that_cannot_be_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "laura").await;
    let path = path(&made);
    for body in [
        json!({"profile": {"login": "john.doe@example.com"}}),
        json!({"profile": {"login": null}}),
        json!({"profile": {"email": "no address"}}),
        json!({"profile": {"unknown": "x"}}),
        json!({"profile": "x"}),
        json!({"credentials": {"password": {"value": "laura"}}}),
        json!({"credentials": {"recovery_question": {"question": "Why?", "answer": "x"}}}),
        json!({"type": {"id": "oty0"}}),
    ] {
        let answer = api.post(&path, body.clone()).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    }
    let partial = api
        .put(&path, json!({"profile": {"login": "laura@example.com"}}))
        .await;
    assert_eq!(partial.status, 400, "{}", partial.body);
    assert_eq!(api.get(&path).await.body, made.body);
}

#[tokio::test]
async fn a_change_of_another_state_than_the_one_that_was_seen_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "mona").await;
    let path = path(&made);
    let seen = made.headers["etag"].to_str().expect("text").to_owned();
    assert!(seen.starts_with("W/\""), "{seen}");
    let body = json!({"profile": {"city": "Bern"}});
    let first = api
        .call_with_header(Method::POST, &path, ("if-match", &seen), Some(body.clone()))
        .await;
    assert_eq!(first.status, 200, "{}", first.body);
    let second = api
        .call_with_header(
            Method::POST,
            &path,
            ("if-match", &seen),
            Some(json!({"profile": {"city": "Chur"}})),
        )
        .await;
    assert_eq!(second.status, 412, "{}", second.body);
    assert_eq!(second.body["errorCode"], "E0000231");
    assert_eq!(api.get(&path).await.body["profile"]["city"], "Bern");
    let any = api
        .call_with_header(
            Method::PUT,
            &path,
            ("if-match", "*"),
            Some(json!({"profile": profile("mona")})),
        )
        .await;
    assert_eq!(any.status, 200, "{}", any.body);
}

#[tokio::test]
async fn a_password_that_an_administrator_sets_makes_the_account_ready() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = api
        .post("/api/v1/users", json!({"profile": profile("nils")}))
        .await;
    assert_eq!(made.body["status"], "PROVISIONED");
    let question = json!({"question": "Which tram?", "answer": "number nine"});
    let body =
        json!({"credentials": {"password": {"value": PASSWORD}, "recovery_question": question}});
    let set = api.post(&path(&made), body).await;
    assert_eq!(set.status, 200, "{}", set.body);
    assert_eq!(set.body["status"], "ACTIVE");
    assert_eq!(
        set.body["credentials"],
        json!({"password": {}, "recovery_question": {"question": "Which tram?"}, "provider": {"type": "OKTA", "name": "OKTA"}})
    );
}
