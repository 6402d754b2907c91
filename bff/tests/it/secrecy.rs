//! Nothing that could be printed by accident contains a secret.

use std::fmt::Debug;

use bff::{CallbackQuery, ClientAuthentication, ClientCredentials, SessionKeys};
use model::ReturnTo;
use testkit::provider::{CANARY, CLIENT_SECRET};

use crate::support::{Browser, FIRST_KEY, World};

fn assert_silent(value: &impl Debug, secrets: &[&str]) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn no_debug_text_shows_a_token_a_secret_or_a_claim() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    let completed = world
        .complete(&mut browser, &query)
        .await
        .expect("a session");
    let session = world.session(&mut browser).await;
    let secrets = [
        CANARY,
        CLIENT_SECRET,
        FIRST_KEY,
        "eyJ",
        "john.doe@example.com",
    ];
    assert_silent(&world.bff, &secrets);
    assert_silent(&session, &secrets);
    assert_silent(&completed, &secrets);
    assert_silent(&world.bff.sign_out(&browser.headers()).await, &secrets);
    assert_silent(&CallbackQuery::new(&query), &["code-2"]);
    assert_silent(&SessionKeys::parse(FIRST_KEY), &secrets);
    let credentials = ClientCredentials {
        client_id: "app".to_owned(),
        authentication: ClientAuthentication::SecretPost(CLIENT_SECRET.into()),
    };
    assert_silent(&credentials, &secrets);
}

#[tokio::test]
async fn what_the_browser_gets_contains_no_token_in_clear() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    assert!(!browser.line().contains(CANARY));
    assert!(!browser.line().contains("eyJ"));
}

#[tokio::test]
async fn the_store_knows_neither_tokens_nor_session_ids_nor_claims() {
    let world = World::with_fault(testkit::provider::Fault::LongTokens).await;
    let browser = world.signed_in().await;
    let cookie = &browser.cookies["__Host-portico_session"];
    let folder = world.store_path().parent().expect("a folder").to_owned();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let content = std::fs::read(entry.expect("a file").path()).expect("readable");
        for secret in [CANARY, "john.doe@example.com", cookie.as_str()] {
            let is_there = content
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!is_there, "{secret}");
        }
        assert!(!content.windows(12).any(begins_a_token), "a token");
    }
}

/// Sealed bytes have these three letters now and then; what makes a token of them is more of its alphabet.
fn begins_a_token(bytes: &[u8]) -> bool {
    let is_of_tokens = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    bytes.starts_with(b"eyJ") && bytes.iter().all(is_of_tokens)
}

#[tokio::test]
async fn a_failed_sign_in_shows_nothing_of_the_answer_of_the_org() {
    let world = World::new().await;
    world
        .provider
        .change_payload(|_| b"eyJ canary-access-token".to_vec());
    let error = world
        .sign_in(&mut Browser::default())
        .await
        .expect_err("no identity");
    assert_silent(&error, &[CANARY, "eyJ"]);
    assert_eq!(error.said_by_org, None);
}
