use std::collections::BTreeMap;

use testkit::provider::{CANARY, CLIENT_ID, Endpoint, Fault, Trouble};
use url::Url;

use crate::support::{Browser, World};

/// oidcc-client-test-rp-init-logout
#[tokio::test]
async fn the_session_ends_here_first_and_then_at_the_org() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut copy = browser.clone();
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    browser.take(&sign_out.cookies);
    assert_eq!(browser.cookies.len(), 1, "only the way back is remembered");
    assert!(
        !world.is_signed_in(&mut copy).await,
        "a copy of the cookies is dead"
    );
    assert_eq!(world.provider.revoked(), [CANARY]);
    let location = Url::parse(&sign_out.location).expect("an address");
    assert!(sign_out.location.starts_with("https://op.example/logout?"));
    let asked: BTreeMap<_, _> = location.query_pairs().into_owned().collect();
    assert_eq!(asked["client_id"], CLIENT_ID);
    assert_eq!(
        asked["post_logout_redirect_uri"],
        "https://app.example/signed-out"
    );
    assert_eq!(asked["id_token_hint"].split('.').count(), 3);
    assert_eq!(asked["state"].len(), 43);
    let back = world
        .bff
        .confirm_signed_out(&browser.headers(), &format!("state={}", asked["state"]));
    assert!(back.is_confirmed);
    browser.take(&back.cookies);
    assert!(browser.cookies.is_empty());
}

/// oidcc-client-test-rp-init-logout-other-state and -no-state
#[tokio::test]
async fn a_return_that_does_not_belong_to_the_sign_out_is_not_confirmed() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    browser.take(&sign_out.cookies);
    let location = Url::parse(&sign_out.location).expect("an address");
    let state = location
        .query_pairs()
        .find(|(name, _)| name == "state")
        .expect("a state")
        .1;
    let twice = format!("state={state}&state={state}");
    for query in ["", "state=", "state=another", &twice] {
        assert!(
            !world
                .bff
                .confirm_signed_out(&browser.headers(), query)
                .is_confirmed,
            "{query}"
        );
    }
    let stranger = Browser::default();
    let query = format!("state={state}");
    assert!(
        !world
            .bff
            .confirm_signed_out(&stranger.headers(), &query)
            .is_confirmed
    );
}

#[tokio::test(start_paused = true)]
async fn with_the_org_in_trouble_the_person_is_signed_out_here_and_stays_here() {
    let troubles = [
        Trouble::Down,
        Trouble::Hanging,
        Trouble::Status(500),
        Trouble::Status(429),
        Trouble::Redirect,
        Trouble::Huge,
    ];
    for trouble in troubles {
        let world = World::new().await;
        let mut browser = world.signed_in().await;
        let mut copy = browser.clone();
        world
            .provider
            .set_trouble(Some((Endpoint::Revocation, trouble)));
        let before = tokio::time::Instant::now();
        let sign_out = world.bff.sign_out(&browser.headers()).await;
        assert!(before.elapsed().as_secs() <= 2, "{trouble:?}");
        assert_eq!(sign_out.location, "/signed-out", "{trouble:?}");
        browser.take(&sign_out.cookies);
        assert!(browser.cookies.is_empty());
        assert!(!world.is_signed_in(&mut copy).await);
    }
}

#[tokio::test(start_paused = true)]
async fn an_org_in_trouble_since_the_app_started_does_not_hold_anybody() {
    for trouble in [Trouble::Down, Trouble::Hanging] {
        let world = World::new().await;
        let browser = world.signed_in().await;
        world
            .provider
            .set_trouble(Some((Endpoint::Discovery, trouble)));
        let restarted = world.reopen(|_| {}).await;
        let before = tokio::time::Instant::now();
        let sign_out = restarted.sign_out(&browser.headers()).await;
        assert_eq!(sign_out.location, "/signed-out", "{trouble:?}");
        assert!(before.elapsed().as_secs() <= 2, "{trouble:?}");
    }
}

#[tokio::test]
async fn an_org_without_a_sign_out_page_leads_to_ours() {
    let world = World::with_fault(Fault::DiscoveryMinimal).await;
    let browser = world.signed_in().await;
    assert_eq!(
        world.bff.sign_out(&browser.headers()).await.location,
        "/signed-out"
    );
}

#[tokio::test]
async fn signing_out_twice_or_without_a_session_is_harmless() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    world.bff.sign_out(&browser.headers()).await;
    let again = world.bff.sign_out(&browser.headers()).await;
    assert!(
        again.location.starts_with("https://op.example/logout?"),
        "the org may still know the person"
    );
    let nobody = world.bff.sign_out(&Browser::default().headers()).await;
    assert_eq!(nobody.location, "/signed-out");
    assert_eq!(nobody.cookies.len(), 3, "whatever is there is taken away");
}

#[tokio::test]
async fn after_signing_out_one_can_sign_in_again() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    browser.take(&sign_out.cookies);
    world.sign_in(&mut browser).await.expect("a session");
    assert!(world.is_signed_in(&mut browser).await);
}
