//! Authenticators by the management API.

use serde_json::{Value, json};
use testkit::TestOrg;

use super::Api;
use super::written_events::WrittenEvents;

const AUTHENTICATORS: &str = "/api/v1/authenticators";

async fn find(api: &mut Api, key: &str) -> Value {
    let list = api.get(AUTHENTICATORS).await;
    assert_eq!(list.status, 200, "{}", list.body);
    let all = list.body.as_array().expect("a list");
    all.iter()
        .find(|one| one["key"] == key)
        .expect("the authenticator")
        .clone()
}

async fn path(api: &mut Api, key: &str) -> String {
    let one = find(api, key).await;
    format!("{AUTHENTICATORS}/{}", one["id"].as_str().expect("an id"))
}

/// Lets no enrollment policy use the authenticator.
async fn free(api: &mut Api, key: &str) {
    let list = api.get("/api/v1/policies?type=MFA_ENROLL").await.body;
    for policy in list.as_array().expect("a list") {
        let mut body = policy.clone();
        let said = body["settings"]["authenticators"]
            .as_array_mut()
            .expect("a list");
        said.retain(|one| one["key"] != key);
        let path = format!("/api/v1/policies/{}", policy["id"].as_str().expect("an id"));
        let done = api.put(&path, body).await;
        assert_eq!(done.status, 200, "{}", done.body);
    }
}

#[tokio::test]
async fn email_is_for_what_an_administrator_says() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let path_of_email = path(&mut api, "okta_email").await;
    let back = json!({"settings": {"allowedFor": "recovery", "tokenLifetimeInMinutes": 5}});
    assert_eq!(api.put(&path_of_email, back).await.status, 200);
    let email = find(&mut api, "okta_email").await;
    let own = format!(
        "http://localhost:7000{}",
        path(&mut api, "okta_email").await
    );
    let mut expected = json!({
        "type": "email", "id": email["id"], "key": "okta_email", "status": "ACTIVE", "name": "Email",
        "created": "2026-01-05T09:00:00.000Z", "lastUpdated": "2026-01-05T09:00:00.000Z",
        "settings": {"allowedFor": "recovery", "tokenLifetimeInMinutes": 5},
        "_links": {
            "self": {"href": own, "hints": {"allow": ["GET", "PUT"]}},
            "deactivate": {"href": format!("{own}/lifecycle/deactivate"), "hints": {"allow": ["POST"]}},
            "methods": {"href": format!("{own}/methods"), "hints": {"allow": ["GET"]}},
        },
    });
    assert_eq!(email, expected);
    org.clock.advance_seconds(60);
    let body = json!({
        "id": email["id"], "key": "okta_email", "name": "Email", "type": "email",
        "settings": {"allowedFor": "any", "tokenLifetimeInMinutes": 10},
    });
    let own = path(&mut api, "okta_email").await;
    let changed = api.put(&own, body).await;
    expected["settings"] = json!({"allowedFor": "any", "tokenLifetimeInMinutes": 10});
    expected["lastUpdated"] = json!("2026-01-05T09:01:00.000Z");
    assert_eq!((changed.status.as_u16(), &changed.body), (200, &expected));
    assert_eq!(api.get(&own).await.body, expected);
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused_with_their_name() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (key, body) in [
        (
            "okta_email",
            json!({"settings": {"tokenLifetimeInMinutes": 7}}),
        ),
        (
            "okta_email",
            json!({"settings": {"tokenLifetimeInMinutes": 35}}),
        ),
        (
            "okta_email",
            json!({"settings": {"tokenLifetimeInMinutes": "x"}}),
        ),
        (
            "okta_email",
            json!({"settings": {"allowedFor": "everything"}}),
        ),
        ("okta_email", json!({"key": "phone_number"})),
        (
            "phone_number",
            json!({"settings": {"tokenLifetimeInMinutes": 5}}),
        ),
        ("okta_password", json!({"settings": {"allowedFor": "any"}})),
        (
            "okta_verify",
            json!({"settings": {"userVerification": "REQUIRED"}}),
        ),
    ] {
        let path = path(&mut api, key).await;
        let refused = api.put(&path, body.clone()).await;
        assert_eq!(refused.body["errorCode"], "E0000001", "{key} {body}");
        assert!(!refused.causes().is_empty(), "{key} {body}");
    }
    let nobody = api
        .get(&format!("{AUTHENTICATORS}/aut00000000000000000"))
        .await;
    assert_eq!(nobody.body["errorCode"], "E0000007");
}

#[tokio::test]
async fn one_that_a_policy_counts_on_stays_active() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let own = path(&mut api, "google_otp").await;
    let used = api
        .post(&format!("{own}/lifecycle/deactivate"), json!({}))
        .await;
    assert_eq!(used.status, 403);
    assert_eq!(used.body["errorCode"], "E0000148");
    assert_eq!(
        used.causes(),
        ["Authenticator Enrollment Policies: Default Policy"]
    );
    free(&mut api, "google_otp").await;
    let events = WrittenEvents::from_now(&org);
    let off = api
        .post(&format!("{own}/lifecycle/deactivate"), json!({}))
        .await;
    assert_eq!(
        (off.status.as_u16(), &off.body["status"]),
        (200, &json!("INACTIVE"))
    );
    assert!(off.body["_links"]["activate"].is_object());
    let required = json!({
        "type": "MFA_ENROLL", "name": "Mine", "settings": {"type": "AUTHENTICATORS", "authenticators": [
            {"key": "google_otp", "enroll": {"self": "REQUIRED"}},
        ]},
    });
    assert_eq!(api.post("/api/v1/policies", required).await.status, 400);
    let on = api
        .post(&format!("{own}/lifecycle/activate"), json!({}))
        .await;
    assert_eq!(on.body["status"], "ACTIVE");
    assert_eq!(
        events.told(),
        [
            "security.authenticator.lifecycle.deactivate: Google Authenticator",
            "security.authenticator.lifecycle.activate: Google Authenticator",
        ]
    );
    free(&mut api, "okta_password").await;
    let password = path(&mut api, "okta_password").await;
    let refused = api
        .post(&format!("{password}/lifecycle/deactivate"), json!({}))
        .await;
    assert_eq!(refused.body["errorCode"], "E0000006");
}

#[tokio::test]
async fn one_that_is_there_is_not_made_again_and_others_are_not_built() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let make = |key: &str| json!({"key": key, "name": "Mine"});
    let twice = api.post(AUTHENTICATORS, make("webauthn")).await;
    assert_eq!(twice.status, 409);
    assert_eq!(
        twice.body["errorSummary"],
        "Another authenticator with key: webauthn is already active."
    );
    assert_eq!(api.post(AUTHENTICATORS, make("duo")).await.status, 501);
    assert_eq!(api.post(AUTHENTICATORS, make("toaster")).await.status, 400);
    free(&mut api, "google_otp").await;
    let own = path(&mut api, "google_otp").await;
    api.post(&format!("{own}/lifecycle/deactivate"), json!({}))
        .await;
    let taken_up = api.post(AUTHENTICATORS, make("google_otp")).await;
    assert_eq!(
        (taken_up.status.as_u16(), &taken_up.body["status"]),
        (200, &json!("ACTIVE"))
    );
}

#[tokio::test]
async fn the_methods_of_the_phone_are_switched_one_by_one() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let own = path(&mut api, "phone_number").await;
    let methods = format!("{own}/methods");
    let list = api.get(&methods).await.body;
    let types: Vec<&Value> = (0..2).map(|at| &list[at]["type"]).collect();
    assert_eq!(types, [&json!("sms"), &json!("voice")]);
    let off = api
        .post(&format!("{methods}/voice/lifecycle/deactivate"), json!({}))
        .await;
    assert_eq!(
        (off.status.as_u16(), &off.body["status"]),
        (200, &json!("INACTIVE"))
    );
    assert_eq!(api.get(&format!("{methods}/voice")).await.body, off.body);
    let refused = api
        .post(&format!("{methods}/sms/lifecycle/deactivate"), json!({}))
        .await;
    assert_eq!(refused.body["errorCode"], "E0000001");
    let on = api
        .put(
            &format!("{methods}/voice"),
            json!({"type": "voice", "status": "ACTIVE"}),
        )
        .await;
    assert_eq!(on.body["status"], "ACTIVE", "{}", on.body);
    assert_eq!(api.get(&format!("{methods}/email")).await.status, 404);

    let passkeys = path(&mut api, "webauthn").await;
    let method = format!("{passkeys}/methods/webauthn");
    let settings = json!({"userVerification": "REQUIRED", "attachment": "ANY", "aaguidGroups": []});
    assert_eq!(api.get(&method).await.body["settings"], settings);
    let weaker = json!({"settings": {"userVerification": "DISCOURAGED"}});
    assert_eq!(api.put(&method, weaker).await.status, 400);
    assert_eq!(
        api.put(&method, json!({"settings": settings})).await.status,
        200
    );
}
