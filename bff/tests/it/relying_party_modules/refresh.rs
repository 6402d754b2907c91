//! Renewed tokens.

use bff::{Demand, Renewal, TokensState};
use secrecy::ExposeSecret;
use testkit::provider::{CANARY, Endpoint, Fault, SUBJECT};

use crate::support::{Browser, World};

/// Somebody is signed in at a provider that hands out refresh tokens, and does this wrong from now on.
async fn world(fault: Fault) -> (World, Browser) {
    let world = World::new().await;
    world.provider.offer_refresh(0);
    let browser = world.signed_in().await;
    world.provider.set_fault(fault);
    (world, browser)
}

async fn renewed(world: &World, browser: &mut Browser) -> TokensState {
    let check = world.bff.tokens(&browser.headers(), Demand::New).await;
    browser.take(&check.cookies);
    check.state
}

/// The session ends with tokens that may be somebody else's, and those are not kept.
async fn refused(fault: Fault) {
    let (world, mut browser) = world(fault).await;
    let state = renewed(&world, &mut browser).await;
    assert!(
        matches!(state, TokensState::SignedOut),
        "{fault:?}: {state:?}"
    );
    assert!(!world.is_signed_in(&mut browser).await, "{fault:?}");
}

#[tokio::test]
async fn oidcc_client_test_refresh_token() {
    let (world, mut browser) = world(Fault::None).await;
    let TokensState::Held(held) = renewed(&world, &mut browser).await else {
        panic!("tokens");
    };
    assert_eq!(held.renewal, Renewal::Done);
    assert_eq!(held.session.subject, SUBJECT);
    assert_eq!(
        held.tokens.access_token().expose_secret(),
        format!("{CANARY}-1")
    );
    assert_eq!(world.provider.calls(Endpoint::Token), 2);
    assert_eq!(world.session(&mut browser).await.subject, SUBJECT);
}

#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_issuer() {
    refused(Fault::RefreshInvalidIss).await;
}

#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_sub() {
    refused(Fault::RefreshInvalidSub).await;
}

#[tokio::test]
async fn renewed_tokens_of_another_app_are_refused() {
    refused(Fault::RefreshInvalidAud).await;
}
