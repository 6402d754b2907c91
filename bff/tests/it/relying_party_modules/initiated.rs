//! A sign-in that a third party suggests (OpenID Connect Core §4).

use std::collections::BTreeMap;

use model::SignInErrorCode;
use testkit::provider::{Endpoint, ISSUER};
use url::form_urlencoded;

use crate::support::{Browser, World};

fn link(parameters: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish()
}

#[tokio::test]
async fn oidcc_client_test_3rd_party_init_login() {
    let world = World::new().await;
    let link = link(&[
        ("iss", ISSUER),
        ("target_link_uri", "https://app.example/profile?tab=claims"),
        ("login_hint", "john.doe@example.com"),
        ("state", "a-state-of-the-link"),
    ]);
    let request = world.bff.read_login_link(&link).expect("a sign-in");
    let mut browser = Browser::default();
    let location = world.begin(&mut browser, request).await;
    let asked: BTreeMap<_, _> = location.query_pairs().into_owned().collect();
    assert_eq!(asked["login_hint"], "john.doe@example.com");
    assert_eq!(asked["state"].len(), 43, "the state is made here");
    let query = world.provider.authorize(&location);
    world
        .complete(&mut browser, &query)
        .await
        .expect("a session");
    let session = world.session(&mut browser).await;
    assert_eq!(session.issuer, ISSUER);
}

#[tokio::test]
async fn a_link_of_another_org_leads_nowhere() {
    let world = World::new().await;
    for issuers in [
        &["https://evil.example"][..],
        &["https://op.example/"],
        &[""],
        &[ISSUER, "https://evil.example"],
        &["https://evil.example", ISSUER],
    ] {
        let pairs: Vec<_> = issuers.iter().map(|issuer| ("iss", *issuer)).collect();
        let refused = world.bff.read_login_link(&link(&pairs));
        let error = refused.expect_err("another org");
        assert_eq!(
            error.code,
            SignInErrorCode::LinkIssuerMismatch,
            "{issuers:?}"
        );
    }
    assert_eq!(world.provider.calls(Endpoint::Discovery), 0);
}

#[tokio::test]
async fn a_link_leads_into_the_app_whatever_it_says() {
    let world = World::new().await;
    for (target, place) in [
        ("https://app.example/profile#top", "/profile#top"),
        ("https://APP.example:443/a/../b", "/b"),
        ("https://somebody@app.example/profile", "/profile"),
        ("/profile", "/profile"),
        ("https://evil.example/profile", "/"),
        ("http://app.example/profile", "/"),
        ("https://app.example.evil.example/", "/"),
        ("https://app.example//evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ] {
        let link = link(&[("iss", ISSUER), ("target_link_uri", target)]);
        let request = world.bff.read_login_link(&link).expect("a sign-in");
        assert_eq!(request.return_to.as_str(), place, "{target}");
    }
}

#[tokio::test]
async fn a_hint_that_is_no_name_is_left_out() {
    let world = World::new().await;
    for hint in ["", "a\r\nb", &"a".repeat(256)] {
        let link = link(&[("iss", ISSUER), ("login_hint", hint)]);
        let request = world.bff.read_login_link(&link).expect("a sign-in");
        assert_eq!(request.login_hint, None, "{hint:?}");
    }
    let own = world.bff.read_login_link("return_to=/profile&login_hint=x");
    let own = own.expect("a sign-in");
    assert_eq!((own.return_to.as_str(), own.login_hint), ("/profile", None));
}
