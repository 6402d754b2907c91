use std::collections::{BTreeMap, BTreeSet};

use bff::SignInRequest;
use model::{ReturnTo, SignInErrorCode};
use testkit::provider::{CLIENT_ID, Fault};
use url::Url;

use crate::support::{Browser, World};

fn parameters(location: &Url) -> BTreeMap<String, String> {
    location.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn the_request_says_everything_the_org_needs_and_nothing_more() {
    let world = World::new().await;
    let location = world
        .begin(&mut Browser::default(), ReturnTo::default())
        .await;
    assert!(
        location
            .as_str()
            .starts_with("https://op.example/authorize?")
    );
    let asked = parameters(&location);
    assert_eq!(
        asked.keys().map(String::as_str).collect::<Vec<_>>(),
        [
            "client_id",
            "code_challenge",
            "code_challenge_method",
            "nonce",
            "redirect_uri",
            "response_type",
            "scope",
            "state"
        ]
    );
    assert_eq!(asked["client_id"], CLIENT_ID);
    assert_eq!(asked["redirect_uri"], "https://app.example/login/callback");
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["scope"], "openid profile email groups");
}

#[tokio::test]
async fn groups_are_asked_for_only_where_the_org_offers_them() {
    let world = World::with_fault(Fault::DiscoveryMinimal).await;
    let location = world
        .begin(&mut Browser::default(), ReturnTo::default())
        .await;
    assert_eq!(parameters(&location)["scope"], "openid profile email");
}

#[tokio::test]
async fn configured_scopes_are_asked_for_as_they_are() {
    let world = World::new().await;
    let scopes = vec!["openid".to_owned(), "offline_access".to_owned()];
    let bff = world.reopen(|config| config.scopes = Some(scopes)).await;
    let begun = bff
        .begin_sign_in(&Browser::default().headers(), ReturnTo::default())
        .await
        .expect("the sign-in begins");
    assert_eq!(
        parameters(&begun.location)["scope"],
        "openid offline_access"
    );
}

#[tokio::test]
async fn state_nonce_and_challenge_never_repeat_and_have_256_bits() {
    let world = World::new().await;
    let mut seen = BTreeSet::new();
    for _ in 0..1_000 {
        let asked = parameters(
            &world
                .begin(&mut Browser::default(), ReturnTo::default())
                .await,
        );
        for name in ["state", "nonce", "code_challenge"] {
            assert_eq!(asked[name].len(), 43, "{name}");
            assert!(seen.insert(asked[name].clone()), "{name} repeats");
        }
    }
}

#[tokio::test]
async fn what_is_demanded_of_the_proof_is_asked_and_checked() {
    let strict = SignInRequest {
        max_age: Some(300),
        acr_values: vec!["urn:okta:loa:2fa:any".to_owned()],
        ..SignInRequest::default()
    };
    let world = World::new().await;
    let location = world.begin(&mut Browser::default(), strict.clone()).await;
    let asked = parameters(&location);
    assert_eq!(asked["max_age"], "300");
    assert_eq!(asked["acr_values"], "urn:okta:loa:2fa:any");
    world
        .sign_in_with(&mut Browser::default(), strict.clone())
        .await
        .expect("a recent and strong proof");
    for fault in [Fault::OldAuthTime, Fault::LowAcr] {
        world.provider.set_fault(fault);
        let outcome = world
            .sign_in_with(&mut Browser::default(), strict.clone())
            .await;
        let error = outcome.expect_err("the proof is not good enough");
        assert_eq!(
            error.code,
            SignInErrorCode::AuthenticationInsufficient,
            "{fault:?}"
        );
        world
            .sign_in(&mut Browser::default())
            .await
            .expect("nothing was demanded");
    }
}
