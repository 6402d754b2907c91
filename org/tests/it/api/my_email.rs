//! How people prove that they read the address of their account.

use serde_json::{Value, json};
use testkit::{ORG_URL, TestOrg};

use super::Api;
use crate::support::JOHN;

const EMAILS: &str = "/idp/myaccount/emails";

fn john(org: &TestOrg) -> Api {
    let token = org.access_token(JOHN, &["okta.myAccount.email.manage"]);
    Api::nobody(org).with_authorization(&format!("Bearer {token}"))
}

/// Somebody whose address nobody has proved yet.
fn forget_email(org: &TestOrg) {
    let forgotten = org.execute(
        "DELETE FROM enrollments WHERE authenticator_key = 'okta_email' \
         AND user_id = (SELECT id FROM users WHERE login = ?1)",
        [JOHN],
    );
    assert_eq!(forgotten, 1);
}

async fn primary(api: &mut Api) -> Value {
    let listed = api.get(EMAILS).await;
    assert_eq!(listed.status, 200, "{}", listed.body);
    assert_eq!(listed.body.as_array().map(Vec::len), Some(1));
    listed.body[0].clone()
}

#[tokio::test]
async fn an_address_is_verified_by_the_code_that_was_sent_to_it() {
    let org = TestOrg::start().await;
    forget_email(&org);
    let mut api = john(&org);
    let email = primary(&mut api).await;
    assert_eq!(email["status"], "UNVERIFIED");
    assert_eq!(email["roles"], json!(["PRIMARY"]));
    assert_eq!(email["profile"]["email"], JOHN);
    let path = format!("{EMAILS}/{}", email["id"].as_str().expect("an id"));

    let sent = api
        .post(&format!("{path}/challenge"), json!({"state": "s"}))
        .await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    assert_eq!(sent.body["status"], "UNVERIFIED");
    let challenge = sent.body["_links"]["poll"]["href"]
        .as_str()
        .and_then(|href| href.strip_prefix(ORG_URL))
        .expect("a link to this org")
        .to_owned();
    let verify = format!("{challenge}/verify");
    assert_eq!(org.newest_message(JOHN).template, "EmailFactorVerification");

    let wrong = api
        .post(&verify, json!({"verificationCode": "000000"}))
        .await;
    assert_eq!(
        (wrong.status.as_u16(), &wrong.body["errorCode"]),
        (401, &json!("E0000004"))
    );
    let polled = api.get(&challenge).await;
    assert_eq!(polled.body["status"], "UNVERIFIED");

    let code = json!({"verificationCode": org.code_for(JOHN)});
    let right = api.post(&verify, code.clone()).await;
    assert_eq!(right.status, 200, "{}", right.body);
    assert_eq!(primary(&mut api).await["status"], "VERIFIED");
    assert_eq!(primary(&mut api).await["id"], email["id"], "the id stays");
    assert_eq!(api.get(&challenge).await.body["status"], "VERIFIED");
    assert_eq!(
        api.post(&verify, code).await.status,
        401,
        "a code counts once"
    );
    let told: i64 = org
        .database()
        .query_row(
            "SELECT count(*) FROM events WHERE type = 'user.mfa.factor.activate'",
            [],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(told, 1);
}

#[tokio::test]
async fn a_code_is_for_the_address_that_it_was_sent_to_and_for_a_few_minutes() {
    let org = TestOrg::start().await;
    forget_email(&org);
    let mut api = john(&org);
    let id = primary(&mut api).await["id"].clone();
    let path = format!("{EMAILS}/{}", id.as_str().expect("an id"));
    let challenge = format!("{path}/challenge");
    let sent = api.post(&challenge, json!({"state": "s"})).await;
    let verify = format!(
        "{challenge}/{}/verify",
        sent.body["id"].as_str().expect("an id")
    );
    let soon = api.post(&challenge, json!({"state": "s"})).await;
    assert_eq!(
        (soon.status.as_u16(), &soon.body["errorCode"]),
        (429, &json!("E0000118"))
    );

    org.execute(
        "UPDATE users SET profile = json_set(profile, '$.email', 'other@example.com') WHERE login = ?1",
        [JOHN],
    );
    let code = json!({"verificationCode": org.code_for(JOHN)});
    assert_eq!(api.post(&verify, code).await.status, 404);
    assert_eq!(primary(&mut api).await["status"], "UNVERIFIED");

    org.clock.advance_seconds(6);
    let sent = api.post(&challenge, json!({"state": "s"})).await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    let verify = format!(
        "{challenge}/{}/verify",
        sent.body["id"].as_str().expect("an id")
    );
    let code = json!({"verificationCode": org.code_for("other@example.com")});
    org.clock.advance_seconds(5 * 60);
    assert_eq!(api.post(&verify, code).await.status, 401);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let org = TestOrg::start().await;
    let mut api = john(&org);
    let id = primary(&mut api).await["id"].clone();
    let path = format!("{EMAILS}/{}", id.as_str().expect("an id"));
    assert_eq!(api.get(&path).await.body["status"], "VERIFIED");
    assert_eq!(api.get(&format!("{EMAILS}/x")).await.status, 404);
    for nowhere in [
        format!("{EMAILS}/x/challenge"),
        format!("{path}/challenge/x/verify"),
    ] {
        let body = json!({"state": "s", "verificationCode": "123456"});
        assert_eq!(api.post(&nowhere, body).await.status, 404, "{nowhere}");
    }
    let refused = api.post(&format!("{path}/challenge"), json!({})).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.body["errorCode"]),
        (400, &json!("E0000001")),
        "{}",
        refused.body
    );
    org.clock.advance_seconds(15 * 60 + 1);
    let stale = api
        .post(&format!("{path}/challenge"), json!({"state": "s"}))
        .await;
    assert_eq!(stale.status, 403, "{}", stale.body);
}
