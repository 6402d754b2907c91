//! Signing out, as the provider tells of it.

use bff::{BackChannelLogout, FrontChannelLogout, SessionEvent, Watched};
use testkit::provider::Fault;

use crate::support::{Browser, World};

/// A person is signed in, and the provider says that its session has ended.
async fn back_channel(fault: Fault) -> (World, Browser, BackChannelLogout) {
    let world = World::new().await;
    let browser = world.signed_in().await;
    world.provider.set_fault(fault);
    if fault == Fault::LogoutWrongAlg {
        // The key of the other algorithm is in the set by the time that the token comes.
        world.clock.advance_seconds(3_700);
    }
    let form = world.provider.back_channel_logout();
    let outcome = world.bff.back_channel_logout(form.as_bytes()).await;
    (world, browser, outcome)
}

async fn refused(fault: Fault) {
    let (world, mut browser, outcome) = back_channel(fault).await;
    assert!(
        matches!(outcome, BackChannelLogout::Refused(_)),
        "{fault:?}: {outcome:?}"
    );
    assert!(world.is_signed_in(&mut browser).await, "{fault:?}");
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout() {
    let (world, mut browser, outcome) = back_channel(Fault::None).await;
    assert_eq!(outcome, BackChannelLogout::Done);
    assert!(!world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_alg_none() {
    refused(Fault::LogoutAlgNone).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_no_event() {
    refused(Fault::LogoutNoEvent).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_with_nonce() {
    refused(Fault::LogoutWithNonce).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_alg() {
    refused(Fault::LogoutWrongAlg).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_aud() {
    refused(Fault::LogoutWrongAud).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_event() {
    refused(Fault::LogoutWrongEvent).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_iss() {
    refused(Fault::LogoutWrongIss).await;
}

/// The provider's sign-out page, which the app had sent the browser to, shows the frame of the app.
#[tokio::test]
async fn oidcc_client_test_rp_frontchannel_rpinitlogout() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut elsewhere = world.signed_in().await;
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    assert!(sign_out.location.starts_with("https://op.example/logout?"));
    let query = world.provider.front_channel_logout();
    let outcome = world.bff.front_channel_logout(query.as_bytes()).await;
    assert_eq!(outcome, FrontChannelLogout::Done);
    assert!(!world.is_signed_in(&mut browser).await);
    assert!(
        !world.is_signed_in(&mut elsewhere).await,
        "of the same session of the provider"
    );
}

#[tokio::test]
async fn oidcc_client_test_rp_frontchannel_opinitlogout() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    world.provider.set_fault(Fault::LogoutOtherSession);
    let query = world.provider.front_channel_logout();
    world.bff.front_channel_logout(query.as_bytes()).await;
    assert!(world.is_signed_in(&mut browser).await, "another session");
    world.provider.set_fault(Fault::None);
    let query = world.provider.front_channel_logout();
    let outcome = world.bff.front_channel_logout(query.as_bytes()).await;
    assert_eq!(outcome, FrontChannelLogout::Done);
    assert!(!world.is_signed_in(&mut browser).await);
}

/// Okta has no `check_session_iframe`, and browsers keep its cookies from frames. Instead an open page is told by the app
/// when the session has ended, however it ended.
#[tokio::test]
async fn oidcc_client_test_session_management() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let Watched::Session(mut watch) = world.bff.watch_session(&browser.headers()).await else {
        panic!("a session to watch");
    };
    let first = watch.next().await;
    assert!(matches!(first, Some(SessionEvent::Person(_))), "{first:?}");
    let form = world.provider.back_channel_logout();
    world.bff.back_channel_logout(form.as_bytes()).await;
    let next = watch.next().await;
    assert_eq!(next, Some(SessionEvent::Changed));
    let again = world.bff.watch_session(&browser.headers()).await;
    assert!(matches!(again, Watched::SignedOut));
}

#[tokio::test]
async fn a_logout_token_counts_once() {
    let world = World::new().await;
    let _first = world.signed_in().await;
    let form = world.provider.back_channel_logout();
    let done = world.bff.back_channel_logout(form.as_bytes()).await;
    assert_eq!(done, BackChannelLogout::Done);
    let mut again = world.signed_in().await;
    let replayed = world.bff.back_channel_logout(form.as_bytes()).await;
    assert!(matches!(replayed, BackChannelLogout::Refused(_)));
    assert!(world.is_signed_in(&mut again).await);
}
