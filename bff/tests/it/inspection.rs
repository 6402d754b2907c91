//! What is told of tokens: everything that is in them, and never the tokens.

use bff::{SignatureState, TokenContent, TokenKind, TokenTrouble};
use model::Clock;
use serde_json::json;
use testkit::provider::{CANARY, Endpoint, Fault, SUBJECT, Trouble};

use crate::support::{Browser, World};

#[tokio::test]
async fn the_id_token_is_shown_with_its_claims_and_the_key_that_signed_it() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let inspection = world
        .bff
        .inspect_tokens(&browser.headers())
        .await
        .expect("tokens");
    let id_token = &inspection.tokens[0];
    assert_eq!(id_token.kind, TokenKind::Id);
    assert_eq!(id_token.fingerprint.len(), 16);
    let expires_at = id_token.expires_at.expect("an end").as_second();
    assert_eq!(expires_at, world.clock.now().as_second() + 3600);
    let TokenContent::Jwt(jwt) = &id_token.content else {
        panic!("an ID token is a JWT: {id_token:?}");
    };
    assert_eq!(jwt.algorithm, "RS256");
    assert_eq!(jwt.claims["sub"], SUBJECT);
    assert_eq!(jwt.claims["amr"], json!(["pwd"]));
    let SignatureState::Verified(Some(key)) = &jwt.signature else {
        panic!("the provider is honest: {:?}", jwt.signature);
    };
    assert_eq!(key.id, jwt.key_id);
    assert_eq!((key.bits, key.thumbprint.len()), (2048, 43));
}

#[tokio::test]
async fn an_access_token_of_an_org_server_is_not_read() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let inspection = world
        .bff
        .inspect_tokens(&browser.headers())
        .await
        .expect("tokens");
    let access = &inspection.tokens[1];
    assert_eq!(access.kind, TokenKind::Access);
    assert_eq!(access.length, CANARY.len());
    assert!(matches!(access.content, TokenContent::NotForTheApp));
    assert!(access.expires_at.is_some(), "the token response says when");
}

#[tokio::test]
async fn no_text_of_an_inspection_contains_a_token() {
    for fault in [Fault::None, Fault::LongTokens] {
        let world = World::with_fault(fault).await;
        let browser = world.signed_in().await;
        let headers = browser.headers();
        let inspection = world.bff.inspect_tokens(&headers).await.expect("tokens");
        let introspection = world.bff.introspect(&headers, TokenKind::Access).await;
        let text = format!("{inspection:?} {introspection:?}");
        for secret in [CANARY, "eyJ"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn a_key_that_the_org_has_withdrawn_no_longer_verifies() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    world.provider.rotate_keys();
    world.clock.advance_seconds(61 * 60);
    let inspection = world
        .bff
        .inspect_tokens(&browser.headers())
        .await
        .expect("tokens");
    let TokenContent::Jwt(jwt) = &inspection.tokens[0].content else {
        panic!("an ID token is a JWT");
    };
    assert_eq!(jwt.signature, SignatureState::NotVerified);
    assert_eq!(jwt.claims["sub"], SUBJECT, "what it says is still shown");
}

#[tokio::test]
async fn an_org_that_is_down_takes_nothing_away_but_its_own_word() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let bff = world.reopen(|_| {}).await;
    world
        .provider
        .set_trouble(Some((Endpoint::Discovery, Trouble::Down)));
    let inspection = bff
        .inspect_tokens(&browser.headers())
        .await
        .expect("tokens");
    assert_eq!(inspection.offers, None);
    let TokenContent::Jwt(jwt) = &inspection.tokens[0].content else {
        panic!("an ID token is a JWT");
    };
    assert_eq!(jwt.signature, SignatureState::CannotCheck);
    let asked = bff.introspect(&browser.headers(), TokenKind::Access).await;
    assert_eq!(asked.expect_err("no org"), TokenTrouble::OrgUnavailable);
    let revoked = bff.revoke_access_token(&browser.headers()).await;
    assert_eq!(revoked, Err(TokenTrouble::OrgUnavailable));
}

#[tokio::test]
async fn a_revoked_access_token_is_good_for_nothing_and_the_session_lives_on() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let headers = browser.headers();
    let before = world
        .bff
        .introspect(&headers, TokenKind::Access)
        .await
        .expect("an answer");
    assert!(before.is_active);
    assert_eq!(before.facts["scope"], "openid profile email");
    assert!(!before.facts.contains_key("active"));

    assert_eq!(world.bff.revoke_access_token(&headers).await, Ok(()));
    assert_eq!(world.provider.revoked(), [CANARY]);
    let after = world
        .bff
        .introspect(&headers, TokenKind::Access)
        .await
        .expect("an answer");
    assert!(!after.is_active);
    assert!(after.facts.is_empty());
    assert!(world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn an_org_that_cannot_say_or_revoke_is_not_asked_to() {
    let world = World::with_fault(Fault::DiscoveryMinimal).await;
    let browser = world.signed_in().await;
    let headers = browser.headers();
    let inspection = world.bff.inspect_tokens(&headers).await.expect("tokens");
    let offers = inspection.offers.expect("metadata");
    assert!(!offers.introspection && !offers.revocation);
    let asked = world.bff.introspect(&headers, TokenKind::Id).await;
    assert_eq!(asked.expect_err("no endpoint"), TokenTrouble::NotOffered);
    let revoked = world.bff.revoke_access_token(&headers).await;
    assert_eq!(revoked, Err(TokenTrouble::NotOffered));
}

#[tokio::test]
async fn an_answer_that_says_nothing_is_no_answer() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    for trouble in [Trouble::Html, Trouble::Status(401), Trouble::Status(404)] {
        world
            .provider
            .set_trouble(Some((Endpoint::Introspection, trouble)));
        let asked = world
            .bff
            .introspect(&browser.headers(), TokenKind::Access)
            .await;
        assert_eq!(
            asked.expect_err("nothing was said"),
            TokenTrouble::OrgRefused,
            "{trouble:?}"
        );
    }
}

#[tokio::test]
async fn who_is_not_signed_in_hears_nothing() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let copied = browser.clone();
    browser.take(&world.bff.sign_out(&browser.headers()).await.cookies);
    for headers in [Browser::default().headers(), copied.headers()] {
        let inspected = world.bff.inspect_tokens(&headers).await;
        assert_eq!(inspected.expect_err("nobody"), TokenTrouble::SignedOut);
        let asked = world.bff.introspect(&headers, TokenKind::Access).await;
        assert_eq!(asked.expect_err("nobody"), TokenTrouble::SignedOut);
    }
}

#[tokio::test]
async fn a_word_for_the_next_page_is_read_once_by_the_session_it_was_left_for() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let session = world.session(&mut browser).await;
    let left = world
        .bff
        .leave_notice(Some(&session), "done")
        .expect("a cookie");
    browser.take(&[left]);

    let mut other = world.signed_in().await;
    let other_session = world.session(&mut other).await;
    let by_other = world
        .bff
        .take_notice(&browser.headers(), Some(&other_session));
    assert_eq!(by_other, None);
    let by_nobody = world.bff.take_notice(&browser.headers(), None);
    assert_eq!(by_nobody, None);

    let (notice, gone) = world
        .bff
        .take_notice(&browser.headers(), Some(&session))
        .expect("the word");
    assert_eq!(notice, "done");
    let kept = browser.clone();
    browser.take(&[gone]);
    assert_eq!(
        world.bff.take_notice(&browser.headers(), Some(&session)),
        None
    );
    world.clock.advance_seconds(61);
    assert_eq!(world.bff.take_notice(&kept.headers(), Some(&session)), None);
    assert_eq!(
        world.bff.leave_notice(Some(&session), &"x".repeat(41)),
        None
    );
}
