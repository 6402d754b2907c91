use std::collections::BTreeMap;

use model::{ReturnTo, SignInErrorCode};
use testkit::provider::{CANARY, CLIENT_ID, Endpoint, Fault, Trouble};
use url::Url;

use crate::support::{Browser, World};

/// The session ends here first, and then at the org.
#[tokio::test]
async fn oidcc_client_test_rp_init_logout() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut copy = browser.clone();
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    browser.take(&sign_out.cookies);
    assert_eq!(
        browser.names("").len(),
        1,
        "only the way back is remembered"
    );
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

#[tokio::test]
async fn oidcc_client_test_rp_init_logout_other_state() {
    not_confirmed(&[
        "state=another",
        "state=STATE&state=STATE",
        "state=STATE&state=another",
    ])
    .await;
}

#[tokio::test]
async fn oidcc_client_test_rp_init_logout_no_state() {
    not_confirmed(&["", "state=", "state"]).await;
}

/// A return that does not belong to the sign-out is not confirmed, and the right one is only in the browser that it is of.
async fn not_confirmed(queries: &[&str]) {
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
    for query in queries {
        let query = &query.replace("STATE", &state);
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
        assert_eq!(browser.names(""), ["__Host-portico_out"]);
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
    assert_eq!(nobody.cookies.len(), 4, "whatever is there is taken away");
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

#[tokio::test]
async fn signing_out_ends_the_refresh_token_and_with_it_all_others() {
    let world = World::new().await;
    world.provider.offer_refresh(0);
    let browser = world.signed_in().await;
    world.bff.sign_out(&browser.headers()).await;
    assert_eq!(world.provider.revoked(), ["refresh-0-1"]);
}

fn prompt(location: &Url) -> Option<String> {
    let mut asked = location.query_pairs();
    asked
        .find(|(name, _)| name == "prompt")
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn until_the_org_has_confirmed_a_sign_out_the_next_sign_in_asks_for_a_new_proof() {
    let world = World::new().await;
    for trouble in [None, Some((Endpoint::Revocation, Trouble::Down))] {
        let mut browser = world.signed_in().await;
        world.provider.set_trouble(trouble);
        let sign_out = world.bff.sign_out(&browser.headers()).await;
        browser.take(&sign_out.cookies);
        world.provider.set_trouble(None);
        let location = world.begin(&mut browser, ReturnTo::default()).await;
        assert_eq!(prompt(&location).as_deref(), Some("login"), "{trouble:?}");
        let query = world.provider.authorize(&location);
        world
            .complete(&mut browser, &query)
            .await
            .expect("a new proof");
        let location = world.begin(&mut browser, ReturnTo::default()).await;
        assert_eq!(prompt(&location), None, "the new proof has been given");
    }
}

#[tokio::test]
async fn after_a_confirmed_sign_out_the_org_may_ask_what_it_wants() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    browser.take(&sign_out.cookies);
    let location = Url::parse(&sign_out.location).expect("an address");
    let mut pairs = location.query_pairs();
    let state = pairs.find(|(name, _)| name == "state").expect("a state").1;
    let query = format!("state={state}");
    let back = world.bff.confirm_signed_out(&browser.headers(), &query);
    browser.take(&back.cookies);
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    assert_eq!(prompt(&location), None);
}

#[tokio::test]
async fn an_old_session_of_the_org_is_not_taken_for_the_new_proof() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    browser.take(&sign_out.cookies);
    world.provider.set_fault(Fault::OldAuthTime);
    let error = world
        .sign_in(&mut browser)
        .await
        .expect_err("the org has not asked");
    assert_eq!(error.code, SignInErrorCode::AuthenticationInsufficient);
}

#[tokio::test]
async fn an_id_token_too_long_for_an_address_is_sent_to_nobody() {
    let world = World::with_fault(Fault::LongTokens).await;
    world.provider.change_payload(|mut claims| {
        let groups: Vec<_> = (0..200)
            .map(|number| format!("{number:04}-{}", "a long name of a group ".repeat(14)))
            .collect();
        claims.insert("groups".to_owned(), groups.into());
        serde_json::Value::Object(claims).to_string().into_bytes()
    });
    let mut browser = world.signed_in().await;
    assert!(browser.line().len() <= 8 * 1024);
    assert_eq!(world.session(&mut browser).await.groups().len(), 200);
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    assert_eq!(sign_out.location, "/signed-out");
    browser.take(&sign_out.cookies);
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    assert_eq!(prompt(&location).as_deref(), Some("login"));
}
