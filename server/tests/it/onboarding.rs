mod arrivals;
mod person;
mod way;

use crate::support::{Program, at, own_page, sign_in_from, signed_in};

#[tokio::test]
async fn a_name_that_cannot_be_kept_comes_back_with_its_field_named() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let _onboarding = sign_in_from(&mut browser, &at("/login")).await;
    let started = browser
        .post_with(&at("/api/onboarding/start"), own_page(), &[("then", "")])
        .await;
    assert_eq!(started.status, 303);
    let fields = [
        ("first_name", " \t "),
        ("last_name", "Doe"),
        ("locale", "en-US"),
        ("then", "/profile?a=1"),
    ];
    let sent_back = browser
        .post_with(&at("/api/onboarding/names"), own_page(), &fields)
        .await;
    assert_eq!(
        sent_back.header("location"),
        "/onboarding?return_to=%2Fprofile%3Fa%3D1&step=profile&problem=first_name"
    );
    let page = browser.get(&at(sent_back.header("location"))).await;
    assert!(page.text().contains("aria-invalid=\"true\""));
    assert!(page.text().contains("First name"));
}

#[tokio::test]
async fn names_are_shown_as_text_whatever_they_contain() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let _onboarding = sign_in_from(&mut browser, &at("/login")).await;
    let hostile = "<img src=x onerror=alert(1)>\"'&";
    let fields = [
        ("first_name", hostile),
        ("last_name", hostile),
        ("locale", "en-US"),
        ("then", ""),
    ];
    let saved = browser
        .post_with(&at("/api/onboarding/names"), own_page(), &fields)
        .await;
    assert_eq!(saved.header("location"), "/onboarding");
    let finish = [("landing", "home"), ("then", "")];
    let finished = browser
        .post_with(&at("/api/onboarding/finish"), own_page(), &finish)
        .await;
    assert_eq!(finished.status, 303);
    let page = browser.get(&at("/onboarding")).await.text();
    assert!(page.contains("&lt;img src=x"), "{page}");
    assert!(!page.contains("<img"), "{page}");
}

#[tokio::test]
async fn finishing_leads_to_the_deep_link_that_began_the_sign_in() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let first = sign_in_from(&mut browser, &at("/login?return_to=%2Fprofile%3Fa%3D1")).await;
    assert_eq!(
        first.header("location"),
        "/onboarding?return_to=%2Fprofile%3Fa%3D1"
    );
    let names = [
        ("first_name", "John"),
        ("last_name", "Doe"),
        ("locale", "de-DE"),
        ("then", "/profile?a=1"),
    ];
    let _saved = browser
        .post_with(&at("/api/onboarding/names"), own_page(), &names)
        .await;
    let finish = [("landing", "home"), ("then", "/profile?a=1")];
    let finished = browser
        .post_with(&at("/api/onboarding/finish"), own_page(), &finish)
        .await;
    assert_eq!(finished.header("location"), "/profile?a=1");
}

#[tokio::test]
async fn onboarding_that_is_done_does_not_ask_again() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let page = browser.get(&at("/onboarding")).await;
    assert!(page.text().contains("You are all set"), "{}", page.text());
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_leads_to_signing_in_and_back() {
    let program = Program::start().await;
    let fields = [
        ("first_name", "John"),
        ("last_name", "Doe"),
        ("locale", "en-US"),
        ("then", ""),
    ];
    let answer = program
        .browser()
        .post_with(&at("/api/onboarding/names"), own_page(), &fields)
        .await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), "/login?return_to=%2Fonboarding");
}
