use crate::support::{Program, at, own_page, sign_in_from, signed_in};
use testkit::ORG_URL;

#[tokio::test]
async fn a_person_signs_in_and_the_first_html_of_each_page_already_knows_them() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;

    let home = browser.get(&at("/")).await;
    assert_eq!(home.status, 200);
    assert!(home.text().contains("Welcome back, John"));

    let profile = browser.get(&at("/profile")).await;
    let text = profile.text();
    for fact in [
        "John Doe",
        "john.doe@example.com",
        "Everyone",
        "password",
        "5 January 2026, 01:00 PST",
    ] {
        assert!(text.contains(fact), "{fact} in {text}");
    }
}

#[tokio::test]
async fn the_demo_passwords_are_shown_to_a_stranger_and_never_to_somebody_signed_in() {
    let program = Program::start().await;
    let stranger = program.browser().get(&at("/")).await;
    assert!(stranger.text().contains(testkit::PASSWORD));
    let mut browser = signed_in(&program).await;
    let home = browser.get(&at("/")).await;
    assert!(!home.text().contains(testkit::PASSWORD));
}

#[tokio::test]
async fn signing_out_ends_the_session_here_then_at_the_org() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let before = browser.clone();

    let sent_away = browser.post_with(&at("/sign-out"), own_page(), &[]).await;
    assert_eq!(sent_away.status, 303);
    assert!(
        sent_away
            .header("location")
            .starts_with(&format!("{ORG_URL}/oauth2/v1/logout?"))
    );
    let back = browser.follow(sent_away).await;
    assert!(back.text().contains("You are signed out"));
    assert!(
        back.text().contains("and at the org"),
        "the way back is confirmed"
    );
    assert_eq!(browser.cookie("127.0.0.1", "portico_out"), None);

    let mut copied_cookies = before;
    assert_eq!(copied_cookies.get(&at("/profile")).await.status, 401);
    let next = browser.visit(&at("/login")).await;
    assert!(next.text().contains("Username"), "the org asks again");
    let revoked = program
        .requests_to_the_org()
        .iter()
        .any(|request| request.contains("/revoke"));
    assert!(revoked, "the access token is revoked");
}

#[tokio::test]
async fn a_second_sign_in_goes_past_onboarding_to_where_the_person_chose_to_land() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let first = sign_in_from(&mut browser, &at("/login")).await;
    assert!(first.header("location").starts_with("/onboarding"));
    drop(signed_in(&program).await);

    let mut elsewhere = program.browser();
    let second = sign_in_from(&mut elsewhere, &at("/login")).await;
    assert_eq!(second.header("location"), "/");
}

#[tokio::test]
async fn no_page_and_no_cookie_shows_a_token() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    for path in ["/", "/profile", "/onboarding", "/sign-out"] {
        let page = browser.get(&at(path)).await;
        assert!(
            !page.text().contains("eyJ"),
            "{path} contains the beginning of a JWT"
        );
        for (name, value) in &page.headers {
            assert!(
                !String::from_utf8_lossy(value.as_bytes()).contains("eyJ"),
                "{path}: {name}"
            );
        }
    }
}
