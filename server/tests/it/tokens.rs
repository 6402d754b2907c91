//! The token inspector.

use http::HeaderMap;
use testkit::{Browser, Page};

use crate::support::{Program, at, other_site, own_page, signed_in};

/// Sends a form of the inspector and follows to what came of it.
async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let sent = browser.post_with(&at(path), own_page(), fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(sent.header("location"), "/tokens#outcome");
    browser.get(&at("/tokens")).await
}

#[tokio::test]
async fn the_inspector_tells_what_is_in_the_tokens_and_never_shows_one() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let page = browser.get(&at("/tokens")).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for told in [
        "ID token",
        "Signature verified",
        "RSA with 2048 bits, thumbprint",
        "auth_time",
        "pwd (password)",
        "Access token",
        "Opaque to this app.",
        "data-seconds=\"3600\"",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    assert!(!text.contains("eyJ"), "the beginning of a JWT");
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn what_the_org_says_of_a_token_is_shown_once() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let page = send(
        &mut browser,
        "/api/tokens/introspect",
        &[("kind", "access")],
    )
    .await;
    let text = page.text();
    assert!(text.contains("The org says: active"), "{text}");
    assert!(text.contains("role=\"status\""));
    assert!(text.contains("client_id"), "what the org knows of it");
    let again = browser.get(&at("/tokens")).await;
    assert!(!again.text().contains("The org says"), "said already");
}

#[tokio::test]
async fn a_revoked_access_token_is_told_and_the_session_lives_on() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let page = send(&mut browser, "/api/tokens/revoke", &[]).await;
    assert!(page.text().contains("The access token is revoked"));
    let page = send(
        &mut browser,
        "/api/tokens/introspect",
        &[("kind", "access")],
    )
    .await;
    assert!(page.text().contains("The org says: not active"));
    assert_eq!(browser.get(&at("/profile")).await.status, 200);
}

#[tokio::test]
async fn a_kind_of_token_that_there_is_not_is_told_so() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let page = send(&mut browser, "/api/tokens/introspect", &[("kind", "<b>")]).await;
    assert!(page.text().contains("There is no such token"));
    assert!(!page.text().contains("<b>"));
}

#[tokio::test]
async fn tokens_are_shown_while_the_org_is_down_and_said_not_to_be_checked() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    program.stop_org();
    program.org.clock.advance_seconds(2 * 60 * 60 - 60);
    let page = browser.get(&at("/tokens")).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Signature not checked"), "{text}");
    assert!(text.contains("The org cannot be reached right now"));
    assert!(text.contains(">expired<"), "an hour has passed");
}

#[tokio::test]
async fn the_inspector_belongs_to_a_person() {
    let program = Program::start().await;
    let page = program.browser().get(&at("/tokens")).await;
    assert_eq!(page.status, 401);
    assert!(page.text().contains("Sign in to continue"));
}

#[tokio::test]
async fn a_form_from_elsewhere_reveals_and_ends_nothing() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    for path in [
        "/api/tokens/inspect",
        "/api/tokens/refresh",
        "/api/tokens/revoke",
        "/api/tokens/introspect",
    ] {
        for headers in [other_site(), HeaderMap::new()] {
            let fields = [("kind", "access")];
            let answer = browser.post_with(&at(path), headers, &fields).await;
            assert_eq!(answer.status, 403, "{path}");
        }
    }
    let page = send(
        &mut browser,
        "/api/tokens/introspect",
        &[("kind", "access")],
    )
    .await;
    assert!(
        page.text().contains("The org says: active"),
        "it is still good"
    );
}
