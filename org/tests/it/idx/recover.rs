use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::client::{
    FAY, IDA, ONE_FACTOR, PASSWORD_ONLY, SECRET, Step, WEB, begin, interact, interaction,
    introspect, start,
};
use crate::support::CHALLENGE;

const NEW_PASSWORD: &str = "Brand-new-horse-8";

fn new_password(end_sessions: bool) -> Value {
    json!({ "credentials": { "passcode": NEW_PASSWORD, "revokeSessions": end_sessions } })
}

/// To the question for the new password.
async fn to_reset(org: &testkit::TestOrg, login: &str) -> Step {
    let step = begin(org, PASSWORD_ONLY).await.identify(login).await;
    let step = step
        .press("/currentAuthenticatorEnrollment/value/recover")
        .await;
    assert_eq!(step.names(), ["challenge-authenticator"]);
    assert_eq!(
        step.body["currentAuthenticatorEnrollment"]["value"]["key"],
        "okta_email"
    );
    let code = org.code_for(login);
    step.answer(&code).await
}

#[tokio::test]
async fn a_code_by_email_allows_a_new_password_and_signs_in() {
    let org = start().await;
    let step = to_reset(&org, IDA).await;
    assert_eq!(step.names(), ["reset-authenticator"]);
    let recovery = &step.body["recoveryAuthenticator"]["value"];
    assert_eq!(recovery["key"], "okta_password");
    let weak = json!({ "credentials": { "passcode": "weak" } });
    let step = step.proceed("reset-authenticator", weak).await;
    assert_eq!(step.status, 400);
    assert_eq!(step.messages(), ["password.passwordRequirementsNotMet"]);
    let step = step
        .proceed("reset-authenticator", new_password(true))
        .await;
    assert!(step.code().is_some(), "{}", step.body);

    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    let step = step.answer(SECRET).await;
    assert_eq!(step.status, 401);
    assert!(step.answer(NEW_PASSWORD).await.code().is_some());
}

#[tokio::test]
async fn whoever_is_unknown_is_asked_for_a_code_that_never_comes() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await;
    let step = step.identify("nobody@example.com").await;
    let step = step
        .press("/currentAuthenticatorEnrollment/value/recover")
        .await;
    assert_eq!(step.names(), ["challenge-authenticator"]);
    assert!(org.whole_inbox().is_empty());
    assert_eq!(step.answer("123456").await.status, 401);
}

#[tokio::test]
async fn a_lock_is_lifted_by_a_code() {
    let org = start().await;
    org.set_user_status(FAY, "LOCKED_OUT");
    let step = begin(&org, ONE_FACTOR).await;
    let step = step.proceed("unlock-account", json!({})).await;
    assert_eq!(step.names(), ["select-authenticator-unlock-account"]);
    let form = "select-authenticator-unlock-account";
    let phone = step.option(form, "Phone")["value"]["form"]["value"][0]["value"].clone();
    let chosen =
        json!({ "identifier": FAY, "authenticator": { "id": phone, "methodType": "sms" } });
    let step = step.proceed(form, chosen).await;
    assert_eq!(step.names()[0], "challenge-authenticator");
    let code = org.code_for("+15551234567");
    let step = step.answer(&code).await;
    assert_eq!(step.status, 200, "{}", step.body);
    let status: String = org
        .database()
        .query_row("SELECT status FROM users WHERE login = ?1", [FAY], |row| {
            row.get(0)
        })
        .expect("a user");
    assert_eq!(status, "ACTIVE");
}

#[tokio::test]
async fn a_token_that_only_its_owner_got_begins_a_reset_or_an_activation_once() {
    let org = start().await;
    let link = |token: &str, login: &str, purpose: &str| {
        org.execute(
            "INSERT INTO user_links (token_hash, user_id, purpose, expires_at) \
             SELECT ?1, id, ?3, 9999999999999 FROM users WHERE login = ?2",
            (digest(&SHA256, token.as_bytes()).as_ref(), login, purpose),
        );
    };
    link("recover-me", IDA, "PASSWORD_RESET");
    let mut browser = org.browser();
    let mut fields = interaction(PASSWORD_ONLY);
    fields.push(("recovery_token", "recover-me"));
    let answer = interact(&mut browser, &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(interact(&mut browser, &fields).await.status, 400);
    let handle = answer.json()["interaction_handle"].clone();
    let step = introspect(browser, &json!({ "interactionHandle": handle })).await;
    assert_eq!(step.names(), ["reset-authenticator"]);
    let step = step
        .proceed("reset-authenticator", new_password(false))
        .await;
    assert!(step.code().is_some(), "{}", step.body);

    org.set_user_status(FAY, "PROVISIONED");
    link("activate-me", FAY, "ACTIVATION");
    let mut browser = org.browser();
    let fields = [
        ("client_id", WEB),
        ("client_secret", "web-secret"),
        ("scope", "openid"),
        ("redirect_uri", "https://web.example.com/cb"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "state-1"),
        ("activation_token", "activate-me"),
    ];
    let answer = interact(&mut browser, &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let handle = answer.json()["interaction_handle"].clone();
    let step = introspect(browser, &json!({ "interactionHandle": handle })).await;
    assert_eq!(step.names(), ["challenge-authenticator"]);
    assert!(step.answer(SECRET).await.code().is_some());
}
