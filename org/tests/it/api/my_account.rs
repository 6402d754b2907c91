//! What people do about their own account.

use http::Method;
use serde_json::{Value, json};
use testkit::{ORG_URL, PASSWORD, TestOrg};

use super::Api;
use crate::support::{Authorize, JOHN, sign_in, sign_in_with};

fn john(org: &TestOrg, scope: &str) -> Api {
    john_with(org, &[scope])
}

fn john_with(org: &TestOrg, scopes: &[&str]) -> Api {
    let token = org.access_token(JOHN, scopes);
    Api::nobody(org).with_authorization(&format!("Bearer {token}"))
}

#[tokio::test]
async fn a_person_reads_and_changes_what_is_theirs_to_change() {
    let org = TestOrg::start().await;
    let mut api = john(&org, "okta.myAccount.profile.manage");
    let path = "/idp/myaccount/profile";
    let read = api.get(path).await;
    assert_eq!(read.status, 200, "{}", read.body);
    assert_eq!(read.body["profile"]["login"], JOHN);
    assert_eq!(read.body["createdAt"], "2026-01-05T09:00:00.000Z");
    assert_eq!(
        read.body["_links"]["describedBy"]["href"],
        format!("{ORG_URL}{path}/schema")
    );
    org.clock.advance_seconds(60);
    let mut profile = read.body["profile"].clone();
    profile["firstName"] = json!("Johnny");
    profile["mobilePhone"] = json!("+1 555 0100");
    let changed = api.put(path, json!({"profile": profile})).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(changed.body["profile"], profile);
    assert_eq!(changed.body["modifiedAt"], "2026-01-05T09:01:00.000Z");
    // What is left out goes, where it may.
    let less = json!({"profile": {"firstName": "J", "lastName": "Doe"}});
    let changed = api.put(path, less).await;
    assert_eq!(changed.body["profile"].get("mobilePhone"), None);
    assert_eq!(changed.body["profile"]["login"], JOHN);
    for (name, value) in [
        ("login", json!("other@example.com")),
        ("email", json!("other@example.com")),
        ("department", json!("Board")),
        ("unknown", json!("x")),
        ("firstName", json!("")),
        ("lastName", json!(1)),
    ] {
        let mut wrong = profile.clone();
        wrong[name] = value;
        let refused = api.put(path, json!({"profile": wrong})).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.body["errorCode"]),
            (400, &json!("E0000001")),
            "{name}"
        );
    }
    let query = "SELECT count(*) FROM events WHERE type = 'user.account.update_profile'";
    let told: i64 = org
        .database()
        .query_row(query, [], |row| row.get(0))
        .expect("a count");
    assert_eq!(told, 2);
}

#[tokio::test]
async fn reading_is_not_changing_and_a_scope_of_the_api_is_neither() {
    let org = TestOrg::start().await;
    let mut reader = john(&org, "okta.myAccount.profile.read");
    let path = "/idp/myaccount/profile";
    assert_eq!(reader.get(path).await.status, 200);
    let refused = reader.put(path, json!({"profile": {}})).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.body["errorCode"]),
        (403, &json!("E0000006"))
    );
    assert_eq!(john(&org, "okta.users.manage").get(path).await.status, 403);
    assert_eq!(Api::nobody(&org).get(path).await.status, 401);
    let schema = reader.get("/idp/myaccount/profile/schema").await.body;
    assert_eq!(
        schema["properties"]["login"]["permissions"]["SELF"],
        "READ_ONLY"
    );
    assert_eq!(
        schema["properties"]["firstName"]["permissions"]["SELF"],
        "READ_WRITE"
    );
    assert_eq!(schema["properties"]["login"]["maxLength"], 100);
}

#[tokio::test]
async fn a_person_signs_out_everywhere_and_sees_whose_org_it_is() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    drop(sign_in(&mut browser, &Authorize::portico(), JOHN).await);
    let mut api = john(&org, "okta.myAccount.sessions.manage");
    assert_eq!(api.delete("/idp/myaccount/sessions").await.status, 204);
    let me = browser.get(&format!("{ORG_URL}/api/v1/sessions/me")).await;
    assert_eq!(me.status, 404);
    let told = john(&org, "okta.myAccount.organization.read")
        .get("/idp/myaccount/organization")
        .await;
    assert_eq!(told.status, 200, "{}", told.body);
    assert_eq!(told.body["url"], ORG_URL);
    assert_eq!(told.body["name"], "Portico");
}

/// The first enrollment in an authenticator, of the list with everything in it.
async fn enrolled(api: &mut Api, key: &str) -> Value {
    let listed = api
        .get("/idp/myaccount/authenticators?expand=enrollments")
        .await;
    assert_eq!(listed.status, 200, "{}", listed.body);
    let all = listed.body.as_array().expect("a list");
    let one = all.iter().find(|one| one["key"] == key).expect(key);
    one["_embedded"]["enrollments"][0].clone()
}

#[tokio::test]
async fn a_call_says_which_version_it_understands() {
    let org = TestOrg::start().await;
    let mut api = john(&org, "okta.myAccount.authenticators.read");
    let path = "/idp/myaccount/authenticators";
    for (accept, code) in [
        ("application/json", "E0000149"),
        ("application/json; okta-version=2.0.0", "E0000122"),
    ] {
        let refused = api
            .call_with_header(Method::GET, path, ("accept", accept), None)
            .await;
        assert_eq!(
            (refused.status.as_u16(), &refused.body["errorCode"]),
            (406, &json!(code)),
            "{accept}"
        );
    }
    let answer = api.get(path).await;
    assert_eq!(
        answer.headers["content-type"],
        "application/json;okta-version=1.0.0"
    );
}

#[tokio::test]
async fn a_person_adds_names_and_removes_a_telephone() {
    let org = TestOrg::start().await;
    let mut api = john_with(
        &org,
        &[
            "okta.myAccount.phone.manage",
            "okta.myAccount.authenticators.manage",
        ],
    );
    assert_eq!(enrolled(&mut api, "phone_number").await, Value::Null);
    let new = json!({"profile": {"phoneNumber": "+1 (555) 123-4567"}, "method": "SMS"});
    let made = api.post("/idp/myaccount/phones", new.clone()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.body["status"], "UNVERIFIED");
    assert_eq!(made.body["profile"]["phoneNumber"], "+15551234567");
    let id = made.body["id"].as_str().expect("an id").to_owned();
    let one = format!("/idp/myaccount/phones/{id}");
    let soon = api
        .post(&format!("{one}/challenge"), json!({"method": "SMS"}))
        .await;
    assert_eq!(
        (soon.status.as_u16(), &soon.body["errorCode"]),
        (429, &json!("E0000109"))
    );
    org.clock.advance_seconds(31);
    let called = api
        .post(&format!("{one}/challenge"), json!({"method": "CALL"}))
        .await;
    assert_eq!(called.status, 200, "{}", called.body);
    let verify = format!("{one}/verify");
    let wrong = api
        .post(&verify, json!({"verificationCode": "000000"}))
        .await;
    assert_eq!(
        (wrong.status.as_u16(), &wrong.body["errorCode"]),
        (401, &json!("E0000004"))
    );
    let code = json!({"verificationCode": org.code_for("+15551234567")});
    assert_eq!(api.post(&verify, code.clone()).await.status, 204);
    let used = api.post(&verify, code).await;
    assert_eq!(
        (used.status.as_u16(), &used.body["errorCode"]),
        (409, &json!("E0000157"))
    );
    let again = api.post("/idp/myaccount/phones", new).await;
    assert_eq!(
        (again.status.as_u16(), &again.body["errorCode"]),
        (409, &json!("E0000157"))
    );

    let shown = enrolled(&mut api, "phone_number").await;
    assert_eq!(shown["id"], json!(id));
    assert_eq!(shown["profile"]["phoneNumber"], "+1 XXX-XXX-4567");
    assert_eq!(shown["canUnenroll"], json!(true));
    let path = shown["_links"]["self"]["href"].as_str().expect("a link");
    let named = api.patch(path, json!({"nickname": "Work"})).await;
    assert_eq!(
        (named.status.as_u16(), &named.body["name"]),
        (200, &json!("Work"))
    );
    assert_eq!(api.patch(path, json!({"name": "x"})).await.status, 400);
    let unnamed = api.patch(path, json!({"nickname": null})).await;
    assert_eq!(unnamed.body["name"], "Phone");

    assert_eq!(api.delete(&one).await.status, 204);
    assert_eq!(api.get(&one).await.status, 404);
    let told = org.newest_message(JOHN);
    assert_eq!(told.template, "AuthenticatorReset");
}

#[tokio::test]
async fn what_people_sign_in_with_is_changed_by_those_alone_who_signed_in_just_now() {
    let org = TestOrg::start().await;
    let mut api = john_with(
        &org,
        &[
            "okta.myAccount.phone.manage",
            "okta.myAccount.password.manage",
            "okta.myAccount.webauthn.manage",
        ],
    );
    org.clock.advance_seconds(15 * 60 + 1);
    for (method, path) in [
        (Method::POST, "/idp/myaccount/phones"),
        (Method::PUT, "/idp/myaccount/password"),
        (Method::POST, "/idp/myaccount/password/change-password"),
        (Method::POST, "/idp/myaccount/webauthn/registration"),
        (
            Method::DELETE,
            "/idp/myaccount/webauthn/fwfNobody00000000000",
        ),
    ] {
        let refused = api.call(method, path, Some(json!({}))).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.body["errorCode"]),
            (403, &json!("E0000006")),
            "{path}"
        );
        let challenge = refused.headers["www-authenticate"]
            .to_str()
            .expect("a text");
        assert!(
            challenge.contains("insufficient_user_authentication"),
            "{challenge}"
        );
    }
    assert_eq!(api.get("/idp/myaccount/phones").await.status, 200);
}

#[tokio::test]
async fn a_person_changes_their_password_with_the_old_one_and_without() {
    let org = TestOrg::start().await;
    let mut api = john(&org, "okta.myAccount.password.manage");
    let path = "/idp/myaccount/password";
    assert_eq!(api.get(path).await.body["status"], "ACTIVE");
    let asked = api
        .get("/idp/myaccount/password/complexity-requirements")
        .await;
    assert!(
        asked.body["complexity"]["minLength"].is_number(),
        "{}",
        asked.body
    );
    let change = "/idp/myaccount/password/change-password";
    let of = |old: &str, new: &str| json!({"oldPassword": old, "newPassword": new});
    let wrong = api.post(change, of("wrong", "Another-horse-2026")).await;
    assert_eq!(
        (wrong.status.as_u16(), &wrong.body["errorCode"]),
        (403, &json!("E0000014"))
    );
    let weak = api.post(change, of(PASSWORD, "x")).await;
    assert_eq!(
        (weak.status.as_u16(), &weak.body["errorCode"]),
        (400, &json!("E0000001"))
    );
    let changed = api.post(change, of(PASSWORD, "Another-horse-2026")).await;
    assert_eq!(changed.status, 204, "{}", changed.body);
    assert_eq!(org.newest_message(JOHN).template, "PasswordChanged");
    let given = |password: &str| json!({"profile": {"password": password}});
    assert_eq!(api.post(path, given("Third-horse-2026")).await.status, 409);
    assert_eq!(api.put(path, given("Third-horse-2026")).await.status, 201);
    let mut browser = org.browser();
    let answer = sign_in_with(
        &mut browser,
        &Authorize::portico(),
        JOHN,
        "Third-horse-2026",
    )
    .await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn a_registration_of_a_passkey_counts_once_and_a_passkey_can_be_removed() {
    let org = TestOrg::start().await;
    let mut api = john_with(
        &org,
        &[
            "okta.myAccount.webauthn.manage",
            "okta.myAccount.authenticators.read",
        ],
    );
    let begun = api
        .post("/idp/myaccount/webauthn/registration", json!({}))
        .await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    assert_eq!(begun.body["options"]["rp"]["id"], "localhost");
    let broken = json!({"clientData": "e30", "attestation": "oA", "transports": "[\"internal\"]"});
    let refused = api.post("/idp/myaccount/webauthn", broken.clone()).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.body["errorCode"]),
        (400, &json!("E0000001"))
    );
    let again = api.post("/idp/myaccount/webauthn", broken).await;
    assert_eq!(
        (again.status.as_u16(), &again.body["errorCode"]),
        (404, &json!("E0000007"))
    );

    let credential = json!({
        "id": "AAAA", "publicKey": "AAAA", "signCount": 0, "backupEligible": false,
        "backedUp": false, "transports": [],
    });
    org.execute(
        "INSERT INTO enrollments (id, user_id, authenticator_key, profile, credential_id, created_at, updated_at) \
         SELECT 'eaePasskey0000000000', id, 'webauthn', ?2, x'000000', 0, 0 FROM users WHERE login = ?1",
        (JOHN, credential.to_string()),
    );
    let shown = enrolled(&mut api, "webauthn").await;
    let one = format!(
        "/idp/myaccount/webauthn/{}",
        shown["id"].as_str().expect("an id")
    );
    let read = api.get(&one).await;
    assert_eq!(
        (read.status.as_u16(), &read.body["credentialId"]),
        (200, &json!("AAAA"))
    );
    assert_eq!(api.delete(&one).await.status, 204);
    assert_eq!(api.delete(&one).await.status, 404);
    assert_eq!(org.newest_message(JOHN).template, "AuthenticatorReset");
}

#[tokio::test]
async fn a_person_ends_everything_but_where_they_are() {
    let org = TestOrg::start().await;
    let mut api = john(&org, "okta.myAccount.sessions.manage");
    let other = org.access_token(JOHN, &["okta.myAccount.profile.read"]);
    let mut other = Api::nobody(&org).with_authorization(&format!("Bearer {other}"));
    let path = "/idp/myaccount/sessions?excludeCurrentAuthorizationContext=true";
    assert_eq!(api.delete(path).await.status, 204);
    assert_eq!(other.get("/idp/myaccount/profile").await.status, 401);
    let path = "/idp/myaccount/sessions?oauthTokens=false";
    assert_eq!(api.delete(path).await.status, 204);
    assert_eq!(api.delete("/idp/myaccount/sessions").await.status, 204);
    assert_eq!(api.delete("/idp/myaccount/sessions").await.status, 401);
}
