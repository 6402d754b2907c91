//! Secrets and keys.

use serde_json::{Value, json};
use testkit::TestOrg;

use super::super::Api;
use super::{events_since, id_of, make, web, web_with};

#[tokio::test]
async fn a_second_secret_follows_the_first_and_no_third() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = make(&mut api, web()).await;
    let id = id_of(&made);
    let path = format!("/api/v1/apps/{id}/credentials/secrets");
    let (_, before) = events_since(&org, 0);

    let first = api.get(&path).await.body[0].clone();
    let own = |one: &Value| format!("{path}/{}", one["id"].as_str().expect("an id"));
    let at = |one: &Value, rest: &str| format!("http://localhost:7000{}{rest}", own(one));
    assert_eq!(
        first,
        json!({
            "id": first["id"],
            "created": "2026-01-05T09:00:00.000Z",
            "lastUpdated": "2026-01-05T09:00:00.000Z",
            "status": "ACTIVE",
            "client_secret": made["credentials"]["oauthClient"]["client_secret"],
            "secret_hash": first["secret_hash"],
            "_links": {"deactivate": {
                "href": at(&first, "/lifecycle/deactivate"), "hints": {"allow": ["POST"]},
            }},
        })
    );
    assert!(first["id"].as_str().is_some_and(|id| id.starts_with("ocs")));
    assert_eq!(first["secret_hash"].as_str().map(str::len), Some(22));
    assert_eq!(api.get(&own(&first)).await.body, first);

    let refused = api
        .post(&format!("{}/lifecycle/deactivate", own(&first)), json!({}))
        .await;
    assert_eq!(refused.status, 400, "the last one that counts stays");
    let second = api.post(&path, json!({})).await;
    assert_eq!(second.status, 201, "{}", second.body);
    assert_eq!(
        second.body["client_secret"].as_str().map(str::len),
        Some(64)
    );
    assert_eq!(api.post(&path, json!({})).await.status, 400);
    assert_eq!(
        api.delete(&own(&first)).await.status,
        400,
        "it still counts"
    );
    let off = api
        .post(&format!("{}/lifecycle/deactivate", own(&first)), json!({}))
        .await;
    assert_eq!(
        (off.status.as_u16(), &off.body["status"]),
        (200, &json!("INACTIVE"))
    );
    assert!(off.body["_links"]["activate"].is_object() && off.body["_links"]["delete"].is_object());
    let app = api.get(&format!("/api/v1/apps/{id}")).await.body;
    assert_eq!(
        app["credentials"]["oauthClient"]["client_secret"],
        second.body["client_secret"]
    );
    let on = api
        .post(&format!("{}/lifecycle/activate", own(&first)), json!({}))
        .await;
    assert_eq!(on.body["status"], "ACTIVE");
    api.post(&format!("{}/lifecycle/deactivate", own(&first)), json!({}))
        .await;
    assert_eq!(api.delete(&own(&first)).await.status, 204);
    assert_eq!(api.get(&own(&first)).await.status, 404);
    let (events, _) = events_since(&org, before);
    let named: Vec<&str> = events
        .iter()
        .map(|event| event.trim_start_matches("app.oauth2.client.lifecycle."))
        .collect();
    assert_eq!(
        named,
        [
            "new.client.secret",
            "deactivate.client.secret",
            "activate.client.secret",
            "deactivate.client.secret",
            "delete.client.secret",
        ]
    );
}

#[tokio::test]
async fn a_secret_may_be_brought_when_it_is_long_enough() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let id = id_of(&make(&mut api, web()).await);
    let path = format!("/api/v1/apps/{id}/credentials/secrets");
    for bad in [
        "short",
        "with a space in it",
        &"x".repeat(101),
        "gänsefüßchen-gänse",
    ] {
        let answer = api.post(&path, json!({"client_secret": bad})).await;
        assert_eq!(answer.status, 400, "{bad}");
    }
    let own = "one-that-somebody-brings";
    let made = api
        .post(&path, json!({"client_secret": own, "status": "INACTIVE"}))
        .await;
    assert_eq!(made.body["client_secret"], own);
    assert_eq!(made.body["status"], "INACTIVE");
}

#[tokio::test]
async fn an_app_without_secrets_gets_none() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mut app = web_with(&json!({"application_type": "browser"}));
    app["credentials"] = json!({"oauthClient": {"token_endpoint_auth_method": "none"}});
    let path = format!(
        "/api/v1/apps/{}/credentials/secrets",
        id_of(&make(&mut api, app).await)
    );
    assert_eq!(api.get(&path).await.body, json!([]));
    assert_eq!(api.post(&path, json!({})).await.status, 400);
    assert_eq!(
        api.get(&format!("{path}/ocsAAAAAAAAAAAAAAAAA"))
            .await
            .status,
        404
    );
}

/// A point on P-256, from RFC 7515, appendix A.3.
fn ec_key(kid: &str) -> Value {
    json!({
        "kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "alg": "ES256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    })
}

/// The key of RFC 7515, appendix A.2.
fn rsa_key(kid: &str) -> Value {
    json!({
        "kty": "RSA", "kid": kid, "e": "AQAB",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    })
}

fn service(keys: &Value) -> Value {
    let mut app = web_with(&json!({
        "application_type": "service", "grant_types": ["client_credentials"], "redirect_uris": [],
        "jwks": {"keys": keys},
    }));
    app["credentials"]["oauthClient"] = json!({"token_endpoint_auth_method": "private_key_jwt"});
    app
}

#[tokio::test]
async fn the_keys_of_a_service_are_added_set_aside_and_deleted() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = make(&mut api, service(&json!([ec_key("one")]))).await;
    assert_eq!(
        made["credentials"]["oauthClient"].get("client_secret"),
        None
    );
    let first = made["settings"]["oauthClient"]["jwks"]["keys"][0].clone();
    assert_eq!(first["kid"], "one");
    assert_eq!(first["status"], "ACTIVE");
    assert!(first["id"].as_str().is_some_and(|id| id.starts_with("pks")));
    let app = format!("/api/v1/apps/{}", id_of(&made));
    let path = format!("{app}/credentials/jwks");
    let (_, before) = events_since(&org, 0);
    assert_eq!(api.get(&path).await.body, json!([first]));
    let own = |one: &Value| format!("{path}/{}", one["id"].as_str().expect("an id"));
    assert_eq!(api.get(&own(&first)).await.body, first);

    let refused = api
        .post(&format!("{}/lifecycle/deactivate", own(&first)), json!({}))
        .await;
    assert_eq!(refused.status, 400, "the last one that the app needs stays");
    assert_eq!(
        api.post(&path, ec_key("one")).await.status,
        400,
        "a kid is given once"
    );
    let second = api.post(&path, rsa_key("two")).await;
    assert_eq!(second.status, 201, "{}", second.body);
    assert_eq!(second.body["use"], "sig");
    assert_eq!(
        api.delete(&own(&first)).await.status,
        400,
        "it still counts"
    );
    let off = api
        .post(&format!("{}/lifecycle/deactivate", own(&first)), json!({}))
        .await;
    assert_eq!(off.body["status"], "INACTIVE");
    assert_eq!(api.delete(&own(&first)).await.status, 204);

    let mut again = api.get(&app).await.body;
    again["label"] = json!("Renamed");
    let replaced = api.put(&app, again).await;
    assert_eq!(
        replaced.body["settings"]["oauthClient"]["jwks"]["keys"][0]["id"], second.body["id"],
        "a key that is sent back keeps its id"
    );
    let (events, _) = events_since(&org, before);
    assert_eq!(events.len(), 4, "{events:?}");
}

#[tokio::test]
async fn a_key_that_is_private_weak_or_none_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = make(&mut api, service(&json!([ec_key("one")]))).await;
    let path = format!("/api/v1/apps/{}/credentials/jwks", id_of(&made));
    let with = |mut key: Value, name: &str, value: Value| {
        key[name] = value;
        key
    };
    for key in [
        with(ec_key("x"), "d", json!("AAAA")),
        with(ec_key("x"), "crv", json!("P-192")),
        with(ec_key("x"), "y", json!("AAAA")),
        with(ec_key("x"), "use", json!("enc")),
        with(ec_key("x"), "kid", Value::Null),
        with(ec_key("x"), "status", json!("MAYBE")),
        with(rsa_key("x"), "n", json!("AQAB")),
        with(rsa_key("x"), "e", json!("AQ")),
        json!({"kty": "oct", "k": "AAAA"}),
        json!({}),
    ] {
        let answer = api.post(&path, key.clone()).await;
        assert_eq!(answer.status, 400, "{key}");
    }
    let twice = json!([ec_key("one"), rsa_key("one")]);
    assert_eq!(api.post("/api/v1/apps", service(&twice)).await.status, 400);
    assert_eq!(
        api.post("/api/v1/apps", service(&json!([]))).await.status,
        400
    );
}
