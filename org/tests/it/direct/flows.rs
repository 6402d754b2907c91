//! What the calls of a flow say, member by member.

use serde_json::json;

use super::client::{App, MFA_OOB, MFA_OTP, PHONE, SECRET, outcome, start, text};
use crate::support::{claims, userinfo};

#[tokio::test]
async fn name_and_password_become_tokens_without_a_session_of_any_browser() {
    let org = start().await;
    let mut app = App::of_table(&org, "One");
    let fields = [
        ("grant_type", "password"),
        ("username", "ann@example.com"),
        ("password", SECRET),
        ("scope", "openid profile offline_access"),
    ];
    let answer = app.post("token", &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("set-cookie"), "");
    let tokens = answer.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert!(tokens["refresh_token"].is_string());
    let id_token = claims(&tokens["id_token"]);
    assert_eq!(id_token["amr"], json!(["pwd"]));
    assert_eq!(id_token["nonce"], json!(null));
    assert_eq!(id_token["sid"], json!(null));
    let access_token = text(&answer, "access_token");
    let person = userinfo(&mut org.browser(), &access_token).await;
    assert_eq!(person.json()["preferred_username"], "ann@example.com");
    let sessions: i64 = org
        .database()
        .query_row("SELECT count(*) FROM sessions", [], |row| row.get(0))
        .expect("a number");
    assert_eq!(sessions, 0);
}

#[tokio::test]
async fn a_second_factor_is_asked_for_by_a_token_and_nothing_is_sent_before_it_is_chosen() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let first = app.password("cat@example.com", SECRET).await;
    assert_eq!(first.status, 403);
    assert_eq!(text(&first, "error"), "mfa_required");
    assert_eq!(
        text(&first, "error_description"),
        "Verify with an additional authenticator to complete the sign-in process."
    );
    assert!(org.inbox(PHONE).is_empty());
    assert!(org.inbox("cat@example.com").is_empty());

    let token = text(&first, "mfa_token");
    let sent = app.challenge(&token, "sms").await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let body = sent.json();
    assert_eq!(body["challenge_type"], MFA_OOB);
    assert_eq!(body["channel"], "sms");
    assert_eq!(body["binding_method"], "prompt");
    assert_eq!(body["expires_in"], 300);
    let code = org.code_for(PHONE);
    let oob_code = text(&sent, "oob_code");
    let answer = app.mfa_oob(&token, &oob_code, &code).await;
    assert_eq!(outcome(&answer), "tokens[pwd,sms,mfa]");

    let again = app.mfa_oob(&token, &oob_code, &code).await;
    assert_eq!(again.status, 403, "{}", again.text());
}

#[tokio::test]
async fn a_call_may_be_asked_for_in_place_of_a_text_message() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let first = app.password("cat@example.com", SECRET).await;
    let sent = app.challenge(&text(&first, "mfa_token"), "voice").await;
    assert_eq!(sent.json()["channel"], "voice");
    assert_eq!(org.newest_message(PHONE).channel, "VOICE");
}

#[tokio::test]
async fn who_has_a_time_based_code_and_no_telephone_is_asked_for_that() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let first = app.password("dan@example.com", SECRET).await;
    let token = text(&first, "mfa_token");
    let asked = app.challenge(&token, "sms").await;
    assert_eq!(asked.json(), json!({ "challenge_type": MFA_OTP }));
    let code = app.shown("dan@example.com").await;
    let answer = app.mfa_otp(&token, &code).await;
    assert_eq!(outcome(&answer), "tokens[pwd,otp,mfa]");
}

#[tokio::test]
async fn a_code_by_telephone_may_come_first_where_the_policies_let_it() {
    let org = start().await;
    let mut app = App::of_table(&org, "One");
    let sent = app.primary("cat@example.com", "sms").await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    assert_eq!(sent.json()["challenge_type"], json!(null));
    assert_eq!(sent.json()["channel"], "sms");
    let code = org.code_for(PHONE);
    let oob_code = text(&sent, "oob_code");
    assert_eq!(outcome(&app.oob(&oob_code, "000000").await), "400 code");
    assert_eq!(outcome(&app.oob(&oob_code, &code).await), "tokens[sms]");

    let fields = [
        ("login_hint", "cat@example.com"),
        ("channel_hint", "voice"),
        ("scope", "openid"),
    ];
    let by_old_name = app.post("oob-authenticate", &fields).await;
    assert_eq!(by_old_name.json()["channel"], "voice");
}

#[tokio::test]
async fn a_later_call_may_repeat_the_scopes_and_not_change_them() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let first = app.password("dan@example.com", SECRET).await;
    let token = text(&first, "mfa_token");
    let code = app.shown("dan@example.com").await;
    let ask = |scope| {
        vec![
            ("grant_type", MFA_OTP),
            ("mfa_token", token.as_str()),
            ("otp", code.as_str()),
            ("scope", scope),
        ]
    };
    let wider = app.post("token", &ask("openid profile email")).await;
    assert_eq!(wider.status, 400);
    assert_eq!(text(&wider, "error"), "invalid_scope");
    assert_eq!(
        text(&wider, "error_description"),
        "The requested scopes 'openid profile email' do not match the scopes requested in the original request 'openid profile'."
    );
    assert_eq!(app.post("token", &ask("profile openid")).await.status, 200);
}
