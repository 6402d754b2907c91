//! Single sign-on: what the session of the browser answers when an app begins.

use http::header::{CONTENT_TYPE, ORIGIN};
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use testkit::{Browser, ORG_URL, TestOrg};

use super::client::{
    IDA, ION, ONE_FACTOR, PASSWORD_ONLY, TWO_FACTORS, UNA, begin, begin_in, interact, interaction,
    introspect, start, with,
};
use crate::support::claims;

/// A browser in which somebody is signed in.
async fn signed_in(org: &TestOrg, app: &str, login: &str) -> Browser {
    let step = begin(org, app).await.with_password(login).await;
    assert!(step.code().is_some(), "{}", step.body);
    step.browser
}

#[tokio::test]
async fn whoever_is_signed_in_is_asked_nothing_and_the_app_gets_its_tokens() {
    let org = start().await;
    let browser = signed_in(&org, PASSWORD_ONLY, IDA).await;
    let cookie = browser.cookie("localhost", "idx").map(str::to_owned);
    org.clock.advance_seconds(60);
    let mut step = begin_in(browser, &interaction(ONE_FACTOR)).await;
    assert_eq!((step.status, step.names()), (200, vec![]));
    assert_eq!(step.body["user"]["value"]["identifier"], IDA);
    assert_eq!(
        step.browser.cookie("localhost", "idx").map(str::to_owned),
        cookie
    );

    let tokens = step.redeem().await.json();
    let id_token = claims(&tokens["id_token"]);
    assert_eq!(id_token["preferred_username"], IDA);
    assert_eq!(id_token["amr"], json!(["pwd"]));
    let age = id_token["iat"].as_i64().zip(id_token["auth_time"].as_i64());
    assert_eq!(age.map(|(issued, signed_in)| issued - signed_in), Some(60));
}

#[tokio::test]
async fn an_interaction_that_a_session_answered_is_over() {
    let org = start().await;
    let mut browser = signed_in(&org, PASSWORD_ONLY, IDA).await;
    let answer = interact(&mut browser, &interaction(PASSWORD_ONLY)).await;
    let body = json!({ "interactionHandle": answer.json()["interaction_handle"] });
    let step = introspect(browser, &body).await;
    assert!(step.code().is_some());
    let step = introspect(step.browser, &body).await;
    assert_eq!(step.messages(), ["idx.session.expired"]);
}

#[tokio::test]
async fn what_a_session_does_not_show_is_asked_for_and_nothing_else() {
    let org = start().await;
    let browser = signed_in(&org, PASSWORD_ONLY, IDA).await;
    let step = begin_in(browser, &interaction(TWO_FACTORS)).await;
    assert_eq!(step.names(), ["challenge-authenticator"]);
    let asked = &step.body["currentAuthenticatorEnrollment"]["value"]["key"];
    assert_eq!(*asked, "okta_email");
    let code = org.code_for(IDA);
    let mut step = step.answer(&code).await;
    let id_token = claims(&step.redeem().await.json()["id_token"]);
    assert_eq!(id_token["amr"], json!(["pwd", "otp", "mfa"]));
}

#[tokio::test]
async fn beginning_again_asks_who_it_is_whoever_is_signed_in() {
    let org = start().await;
    let browser = signed_in(&org, PASSWORD_ONLY, IDA).await;
    let step = begin_in(browser, &interaction(TWO_FACTORS)).await;
    let step = step.press("/cancel").await;
    assert_eq!(step.names()[0], "identify");
    let handle: Value = step.body["stateHandle"].clone();
    let step = introspect(step.browser, &json!({ "stateHandle": handle })).await;
    assert_eq!(step.names()[0], "identify");
}

#[tokio::test]
async fn a_session_that_is_too_old_for_the_app_answers_nothing() {
    let org = start().await;
    let browser = signed_in(&org, PASSWORD_ONLY, IDA).await;
    org.clock.advance_seconds(30);
    let step = begin_in(browser, &with(PASSWORD_ONLY, "max_age", "29")).await;
    assert_eq!(step.names()[0], "identify");
    let step = begin_in(step.browser, &with(PASSWORD_ONLY, "max_age", "31")).await;
    assert!(step.code().is_some());
}

#[tokio::test]
async fn a_session_that_was_ended_answers_nothing() {
    let org = start().await;
    let browser = signed_in(&org, PASSWORD_ONLY, IDA).await;
    org.set_user_status(IDA, "SUSPENDED");
    let step = begin_in(browser, &interaction(PASSWORD_ONLY)).await;
    assert_eq!(step.names()[0], "identify");
}

#[tokio::test]
async fn a_session_of_somebody_without_the_app_gets_no_code() {
    let org = start().await;
    let browser = signed_in(&org, ONE_FACTOR, UNA).await;
    let step = begin_in(browser, &interaction(PASSWORD_ONLY)).await;
    assert_eq!(step.status, 400);
    assert_eq!(step.messages(), ["idx.error.user.not.assigned.to.app"]);
    assert_eq!(step.code(), None);
}

#[tokio::test]
async fn a_script_of_another_app_gets_nothing_of_the_session() {
    let org = start().await;
    let mut browser = signed_in(&org, PASSWORD_ONLY, IDA).await;
    for (origin, is_answered) in [
        ("https://web.example.com", false),
        ("https://stranger.example.com", false),
        ("null", false),
        ("https://spa.example.com", true),
    ] {
        let answer = interact(&mut browser, &interaction(PASSWORD_ONLY)).await;
        let body = json!({ "interactionHandle": answer.json()["interaction_handle"] });
        let headers = HeaderMap::from_iter([
            (ORIGIN, HeaderValue::from_static(origin)),
            (CONTENT_TYPE, HeaderValue::from_static(ION)),
        ]);
        let url = format!("{ORG_URL}/idp/idx/introspect");
        let body = body.to_string().into();
        let answer = browser.send(Method::POST, &url, headers, body).await;
        let has_code = answer.json().get("successWithInteractionCode").is_some();
        assert_eq!(has_code, is_answered, "{origin}");
    }
}
