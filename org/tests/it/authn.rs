//! Transactions of the authentication API after the password.

use serde_json::{Value, json};
use testkit::{PASSWORD, TestOrg};

use crate::api::{Answer, Api};
use crate::support::{Authorize, JOHN};

const NEW_PASSWORD: &str = "Another-horse-battery-1";

/// An org whose global session policy asks for a second factor.
async fn with_factors() -> TestOrg {
    let org = TestOrg::start().await;
    let changed = org.execute(
        "UPDATE policy_rules SET actions = json_set(actions, '$.signon.requireFactor', json('true')) \
         WHERE json_extract(actions, '$.signon') IS NOT NULL",
        [],
    );
    assert!(changed > 0);
    org.restart().await
}

async fn with_expired_password() -> TestOrg {
    let org = TestOrg::start().await;
    org.set_user_status(JOHN, "PASSWORD_EXPIRED");
    org
}

async fn post(org: &TestOrg, step: &str, body: Value) -> Answer {
    Api::nobody(org)
        .post(&format!("/api/v1/authn{step}"), body)
        .await
}

async fn begin(org: &TestOrg, password: &str) -> Value {
    let answer = post(org, "", json!({"username": JOHN, "password": password})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn assert_refused(answer: &Answer, status: u16, code: &str) {
    let seen = (answer.status.as_u16(), answer.body["errorCode"].as_str());
    assert_eq!(seen, (status, Some(code)), "{}", answer.body);
}

/// The step that a link leads to.
fn step_of(link: &Value) -> String {
    let href = link["href"].as_str().expect("a link");
    href.split("/api/v1/authn")
        .nth(1)
        .expect("a step")
        .to_owned()
}

/// The code that was sent last.
async fn sent_code(org: &TestOrg) -> String {
    let inbox = Api::nobody(org).get("/dev/inbox.json").await;
    let messages = inbox.body.to_string();
    let digits: Vec<&str> = messages
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 6)
        .collect();
    (*digits.first().expect("a code")).to_owned()
}

#[tokio::test]
async fn a_factor_completes_a_sign_in_and_its_token_opens_a_session_with_both_proofs() {
    let org = with_factors().await;
    let begun = begin(&org, PASSWORD).await;
    assert_eq!(begun["status"], "MFA_REQUIRED");
    assert_eq!(begun["expiresAt"], "2026-01-05T09:05:00.000Z");
    assert_eq!(begun["_embedded"]["user"]["profile"]["login"], JOHN);
    let factor = &begun["_embedded"]["factors"][0];
    assert_eq!(factor["factorType"], "email");
    assert_eq!(factor["profile"]["email"], "j...@example.com");
    let token = text(&begun["stateToken"]);
    let verify = step_of(&factor["_links"]["verify"]);

    let challenge = post(&org, &verify, json!({"stateToken": token})).await;
    assert_eq!(
        challenge.body["status"], "MFA_CHALLENGE",
        "{}",
        challenge.body
    );
    assert_eq!(challenge.body["factorResult"], "CHALLENGE");
    assert_eq!(step_of(&challenge.body["_links"]["next"]), verify);
    let asked = post(&org, "", json!({"stateToken": token})).await;
    assert_eq!(
        asked.body["status"], "MFA_CHALLENGE",
        "it stands so for whoever asks"
    );

    let wrong = post(
        &org,
        &verify,
        json!({"stateToken": token, "passCode": "000000"}),
    )
    .await;
    assert_refused(&wrong, 403, "E0000068");
    let code = sent_code(&org).await;
    let done = post(
        &org,
        &verify,
        json!({"stateToken": token, "passCode": code}),
    )
    .await;
    assert_eq!(done.body["status"], "SUCCESS", "{}", done.body);
    assert_eq!(done.body.get("stateToken"), None);
    let session_token = text(&done.body["sessionToken"]);
    let session = Api::nobody(&org)
        .post("/api/v1/sessions", json!({"sessionToken": session_token}))
        .await;
    assert_eq!(session.status, 200, "{}", session.body);
    assert!(
        session.body["amr"].to_string().contains("mfa"),
        "{}",
        session.body
    );
    assert_ne!(session.body["lastFactorVerification"], Value::Null);
    // The transaction is over.
    let over = post(&org, "", json!({"stateToken": token})).await;
    assert_refused(&over, 401, "E0000011");
}

#[tokio::test]
async fn of_many_right_answers_at_once_one_signs_in() {
    let org = with_factors().await;
    let begun = begin(&org, PASSWORD).await;
    let token = text(&begun["stateToken"]);
    let verify = step_of(&begun["_embedded"]["factors"][0]["_links"]["verify"]);
    let _ = post(&org, &verify, json!({"stateToken": token})).await;
    let code = sent_code(&org).await;
    let mut attempts = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let body = json!({"stateToken": token, "passCode": code});
        let (org, verify) = (org.clone(), verify.clone());
        attempts.spawn(async move { post(&org, &verify, body).await.status.as_u16() });
    }
    let statuses = attempts.join_all().await;
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_person_goes_back_to_the_choice_or_gives_up() {
    let org = with_factors().await;
    let begun = begin(&org, PASSWORD).await;
    let token = text(&begun["stateToken"]);
    let early = post(&org, "/previous", json!({"stateToken": token})).await;
    assert_refused(&early, 403, "E0000079");
    let verify = step_of(&begun["_embedded"]["factors"][0]["_links"]["verify"]);
    let challenge = post(&org, &verify, json!({"stateToken": token})).await;
    let previous = step_of(&challenge.body["_links"]["prev"]);
    let back = post(&org, &previous, json!({"stateToken": token})).await;
    assert_eq!(back.body["status"], "MFA_REQUIRED");
    let cancel = step_of(&back.body["_links"]["cancel"]);
    let ended = post(&org, &cancel, json!({"stateToken": token})).await;
    assert_eq!((ended.status.as_u16(), &ended.body), (200, &json!({})));
    for step in [
        "",
        "/cancel",
        "/previous",
        &verify,
        "/credentials/change_password",
    ] {
        let late = post(&org, step, json!({"stateToken": token})).await;
        assert_refused(&late, 401, "E0000011");
    }
}

#[tokio::test]
async fn a_state_token_ends_after_five_minutes_and_with_its_user() {
    let org = with_factors().await;
    let token = text(&begin(&org, PASSWORD).await["stateToken"]);
    let suspended = text(&begin(&org, PASSWORD).await["stateToken"]);
    org.clock.advance_seconds(299);
    assert_eq!(
        post(&org, "", json!({"stateToken": token})).await.status,
        200
    );
    org.clock.advance_seconds(1);
    assert_refused(
        &post(&org, "", json!({"stateToken": token})).await,
        401,
        "E0000011",
    );
    org.clock.advance_seconds(-1);
    org.set_user_status(JOHN, "SUSPENDED");
    assert_refused(
        &post(&org, "", json!({"stateToken": suspended})).await,
        401,
        "E0000011",
    );
}

#[tokio::test]
async fn an_expired_password_is_changed_by_whoever_knows_it_and_the_sign_in_goes_on() {
    let org = with_expired_password().await;
    let begun = begin(&org, PASSWORD).await;
    assert_eq!(begun["status"], "PASSWORD_EXPIRED");
    assert!(begun["_embedded"]["policy"]["complexity"]["minLength"].is_number());
    let token = text(&begun["stateToken"]);
    assert_eq!(begun["_links"]["next"]["name"], "changePassword");
    let change = step_of(&begun["_links"]["next"]);
    let body =
        |old: &str, new: &str| json!({"stateToken": token, "oldPassword": old, "newPassword": new});
    for (old, new) in [
        ("wrong", NEW_PASSWORD),
        (PASSWORD, "short"),
        (PASSWORD, "password1234"),
    ] {
        let refused = post(&org, &change, body(old, new)).await;
        assert_refused(&refused, 403, "E0000014");
    }
    let blank = post(
        &org,
        &change,
        json!({"stateToken": token, "oldPassword": PASSWORD}),
    )
    .await;
    assert_refused(&blank, 400, "E0000001");
    let done = post(&org, &change, body(PASSWORD, NEW_PASSWORD)).await;
    assert_eq!(done.body["status"], "SUCCESS", "{}", done.body);
    let session_token = text(&done.body["sessionToken"]);
    let request = Authorize::portico()
        .with("prompt", "none")
        .with("sessionToken", &session_token);
    let answer = org.browser().get(&request.url()).await;
    assert!(
        answer.location_parameter("code").is_some(),
        "{}",
        answer.header("location")
    );
    let again = post(&org, &change, body(PASSWORD, "A-third-horse-battery-2")).await;
    assert_refused(&again, 401, "E0000011");
    let old = post(&org, "", json!({"username": JOHN, "password": PASSWORD})).await;
    assert_refused(&old, 401, "E0000004");
}

#[tokio::test]
async fn a_step_that_is_not_the_next_is_refused_and_one_that_is_not_built_says_so() {
    let org = with_expired_password().await;
    let token = text(&begin(&org, PASSWORD).await["stateToken"]);
    let verify = post(&org, "/factors/emf1/verify", json!({"stateToken": token})).await;
    assert_refused(&verify, 403, "E0000079");
    for step in [
        "/skip",
        "/factors",
        "/factors/emf1/lifecycle/activate",
        "/recovery/password",
        "/recovery/unlock",
        "/credentials/reset_password",
    ] {
        let answer = post(&org, step, json!({"stateToken": token})).await;
        assert_refused(&answer, 501, "E0000060");
        let summary = answer.body["errorSummary"].as_str().unwrap_or_default();
        assert!(summary.contains("/api/v1/authn/"), "{summary}");
    }
    let other = with_factors().await;
    let token = text(&begin(&other, PASSWORD).await["stateToken"]);
    let body = json!({"stateToken": token, "oldPassword": PASSWORD, "newPassword": NEW_PASSWORD});
    let change = post(&other, "/credentials/change_password", body).await;
    assert_refused(&change, 403, "E0000079");
    let unknown = post(
        &other,
        "/factors/emfNobody00000000000/verify",
        json!({"stateToken": token}),
    )
    .await;
    assert_refused(&unknown, 404, "E0000007");
}

#[tokio::test]
async fn hostile_state_tokens_are_nobodys() {
    let org = with_factors().await;
    let real = text(&begin(&org, PASSWORD).await["stateToken"]);
    for token in [
        json!(""),
        json!("x"),
        json!("' OR 1=1 --"),
        json!("z".repeat(5000)),
        json!(format!("{real} ")),
    ] {
        for step in [
            "",
            "/cancel",
            "/previous",
            "/factors/x/verify",
            "/credentials/change_password",
        ] {
            let answer = post(&org, step, json!({"stateToken": token})).await;
            assert_refused(&answer, 401, "E0000011");
        }
    }
    for token in [json!(1), json!([]), json!({"a": 1})] {
        let answer = post(&org, "/cancel", json!({"stateToken": token})).await;
        assert_refused(&answer, 400, "E0000001");
    }
}

#[tokio::test]
async fn too_many_wrong_codes_lock_here_as_everywhere() {
    let org = with_factors().await;
    let begun = begin(&org, PASSWORD).await;
    let token = text(&begun["stateToken"]);
    let verify = step_of(&begun["_embedded"]["factors"][0]["_links"]["verify"]);
    let _ = post(&org, &verify, json!({"stateToken": token})).await;
    let code = sent_code(&org).await;
    for _ in 0..10 {
        let _ = post(
            &org,
            &verify,
            json!({"stateToken": token, "passCode": "000000"}),
        )
        .await;
    }
    let right = post(
        &org,
        &verify,
        json!({"stateToken": token, "passCode": code}),
    )
    .await;
    assert_ne!(right.status, 200, "{}", right.body);
}

#[tokio::test]
async fn clearing_the_sessions_of_a_person_ends_sign_ins_that_were_begun() {
    let org = with_factors().await;
    let begun = begin(&org, PASSWORD).await;
    let user = text(&begun["_embedded"]["user"]["id"]);
    let cleared = Api::admin(&org)
        .await
        .delete(&format!("/api/v1/users/{user}/sessions"))
        .await;
    assert_eq!(cleared.status, 204);
    let token = &begun["stateToken"];
    assert_refused(
        &post(&org, "", json!({"stateToken": token})).await,
        401,
        "E0000011",
    );
}
