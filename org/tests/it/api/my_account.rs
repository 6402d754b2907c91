//! What people do about their own account.

use serde_json::json;
use testkit::{ORG_URL, TestOrg};

use super::Api;
use crate::support::{Authorize, JOHN, sign_in};

fn john(org: &TestOrg, scope: &str) -> Api {
    let token = org.access_token(JOHN, &[scope]);
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
