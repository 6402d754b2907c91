//! What is refused, and in which words.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use testkit::{ORG_URL, TestOrg};
use tokio::task::JoinSet;

use super::client::{App, MFA_OOB, OOB, PHONE, SECRET, outcome, start, text};
use crate::support::oauth_error;

async fn told(
    org: &TestOrg,
    app: &str,
    path: &str,
    fields: &[(&str, &str)],
) -> (u16, String, String) {
    let answer = App::of_table(org, app).post(path, fields).await;
    let (error, description) = oauth_error(&answer);
    (answer.status.as_u16(), error, description)
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_name_are_answered_alike() {
    let org = start().await;
    let mut answers = Vec::new();
    for login in ["ann@example.com", "nobody@example.com", "ivy@example.com"] {
        let answer = App::of_table(&org, "One").password(login, "wrong").await;
        answers.push((answer.status, answer.text()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(
        answers[0].1,
        r#"{"error":"invalid_grant","error_description":"The credentials provided were invalid."}"#
    );
}

#[tokio::test]
async fn wrong_passwords_lock_the_account_as_everywhere() {
    let org = start().await;
    for _ in 0..10 {
        let mut app = App::of_table(&org, "One");
        let answer = app.password("ann@example.com", "wrong").await;
        assert_eq!(outcome(&answer), "400 credentials");
    }
    let answer = App::of_table(&org, "One")
        .password("ann@example.com", SECRET)
        .await;
    assert_eq!(outcome(&answer), "400 credentials");
}

/// An address, what is sent there, and what that lacks.
type Missing<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[tokio::test]
async fn what_is_missing_or_unknown_is_named() {
    let org = start().await;
    let missing = |name: &str| {
        let text = format!("The required parameter '{name}' is missing.");
        (400, "invalid_request".to_owned(), text)
    };
    let calls: [Missing<'_>; 5] = [
        (
            "token",
            &[("grant_type", "password"), ("password", "x")],
            "username",
        ),
        (
            "token",
            &[("grant_type", "password"), ("username", "x")],
            "password",
        ),
        ("token", &[("grant_type", OOB)], "oob_code"),
        (
            "challenge",
            &[("challenge_types_supported", MFA_OOB)],
            "mfa_token",
        ),
        (
            "primary-authenticate",
            &[("login_hint", "x")],
            "channel_hint",
        ),
    ];
    for (path, fields, name) in calls {
        assert_eq!(
            told(&org, "One", path, fields).await,
            missing(name),
            "{path}"
        );
    }
    let pigeon = [("login_hint", "x"), ("channel_hint", "pigeon")];
    assert_eq!(
        told(&org, "One", "primary-authenticate", &pigeon).await.2,
        "'pigeon' is not supported as a 'channel_hint'. Try again with another value."
    );
    let types = [("mfa_token", "x"), ("challenge_types_supported", "magic")];
    assert_eq!(
        told(&org, "One", "challenge", &types).await.2,
        "'magic' is not supported as a 'challenge_type'. Try again with another value."
    );
}

#[tokio::test]
async fn a_token_is_good_for_five_minutes_and_for_the_app_that_got_it() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let token = text(&app.password("dan@example.com", SECRET).await, "mfa_token");
    let code = app.shown("dan@example.com").await;
    let stranger = App::of_table(&org, "Two").mfa_otp(&token, &code).await;
    assert_eq!(stranger.status, 403);
    assert_eq!(
        text(&stranger, "error_description"),
        format!("'{token}' has expired. Use a new 'oob_code' or 'mfa_token' and try again.")
    );
    org.clock.advance_seconds(300);
    let code = app.shown("dan@example.com").await;
    assert_eq!(app.mfa_otp(&token, &code).await.status, 403);
}

#[tokio::test]
async fn a_code_of_one_sign_in_does_not_go_with_the_token_of_another() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let first = text(&app.password("cat@example.com", SECRET).await, "mfa_token");
    let other = text(&app.password("cat@example.com", SECRET).await, "mfa_token");
    let sent = text(&app.challenge(&first, "sms").await, "oob_code");
    let answer = app.mfa_oob(&other, &sent, &org.code_for(PHONE)).await;
    assert_eq!(
        oauth_error(&answer),
        (
            "invalid_request".to_owned(),
            "The 'oob_code' and the 'mfa_token' provided are not associated with each other."
                .to_owned()
        )
    );
}

#[tokio::test]
async fn nobody_gets_in_by_a_second_factor_alone() {
    let org = start().await;
    let mut app = App::of_table(&org, "One");
    let sent = app.primary("cat@example.com", "sms").await;
    let oob_code = text(&sent, "oob_code");
    let answer = app
        .mfa_oob(&oob_code, &oob_code, &org.code_for(PHONE))
        .await;
    assert_eq!(answer.status, 403, "{}", answer.text());
}

#[tokio::test]
async fn a_handle_of_the_token_endpoint_is_none_of_the_interaction_code_flow() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let token = text(&app.password("dan@example.com", SECRET).await, "mfa_token");
    let url = format!("{ORG_URL}/idp/idx/introspect");
    let json = HeaderValue::from_static("application/json; okta-version=1.0.0");
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, json.clone()), (ACCEPT, json)]);
    let body = Bytes::from(format!(r#"{{"stateHandle":"{token}"}}"#));
    let page = org.browser().send(Method::POST, &url, headers, body).await;
    assert_eq!(page.status, 401, "{}", page.text());
}

#[tokio::test]
async fn push_is_refused_for_no_device_of_the_org_can_take_it() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let token = text(&app.password("cat@example.com", SECRET).await, "mfa_token");
    let types = [
        ("mfa_token", token.as_str()),
        ("challenge_types_supported", MFA_OOB),
        ("channel_hint", "push"),
    ];
    assert_eq!(
        outcome(&app.post("challenge", &types).await),
        "403 unusable"
    );
    assert_eq!(
        outcome(&app.primary("cat@example.com", "push").await),
        "403 unusable"
    );
}

#[tokio::test]
async fn another_text_message_too_soon_is_too_many() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let token = text(&app.password("cat@example.com", SECRET).await, "mfa_token");
    assert_eq!(app.challenge(&token, "sms").await.status, 200);
    let again = app.challenge(&token, "sms").await;
    assert!(outcome(&again).starts_with("429"), "{}", again.text());
    org.clock.advance_seconds(31);
    assert_eq!(app.challenge(&token, "sms").await.status, 200);
    assert_eq!(org.inbox(PHONE).len(), 2);
}

#[tokio::test]
async fn of_many_that_bring_the_same_code_one_gets_tokens() {
    let org = start().await;
    let mut app = App::of_table(&org, "Mfa");
    let token = text(&app.password("dan@example.com", SECRET).await, "mfa_token");
    let code = app.shown("dan@example.com").await;
    let mut tries = JoinSet::new();
    for _ in 0..50 {
        let (org, token, code) = (org.clone(), token.clone(), code.clone());
        tries.spawn(async move {
            let mut app = App::of_table(&org, "Mfa");
            app.mfa_otp(&token, &code).await.status
        });
    }
    let answers = tries.join_all().await;
    let winners = answers.iter().filter(|status| **status == 200).count();
    assert_eq!(winners, 1, "{answers:?}");
}

#[tokio::test]
async fn an_app_without_the_grant_hears_which_grants_it_has() {
    let org = TestOrg::with_seed(include_str!("../table/seed.json")).await;
    let answer = App::of_table(&org, "One")
        .password("ann@example.com", SECRET)
        .await;
    assert_eq!(
        oauth_error(&answer),
        (
            "unauthorized_client".to_owned(),
            "The client is not authorized to use the provided grant type. Configured grant types: [authorization_code, \
             interaction_code]."
                .to_owned()
        )
    );
}
