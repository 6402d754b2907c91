//! Setting something up on the org's page, as far as it is the app's part.

use bff::EnrollmentMethod;
use model::{ReturnTo, SignInErrorCode};
use testkit::provider::{Endpoint, ISSUER};
use url::Url;

use crate::support::{Browser, World};

async fn begin(world: &World, browser: &mut Browser) -> Url {
    let session = world.session(browser).await;
    let method = EnrollmentMethod::of_authenticator("security_question").expect("a method");
    let return_to = ReturnTo::parse("/security");
    let begun = world
        .bff
        .begin_enrollment(&browser.headers(), &session, method, return_to)
        .await
        .expect("the org can be reached");
    browser.take(&begun.cookies);
    begun.location
}

fn parameter(location: &Url, name: &str) -> Option<String> {
    let mut pairs = location.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn the_request_is_as_okta_wants_it_and_asks_for_nothing_to_redeem() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let location = begin(&world, &mut browser).await;
    for (name, value) in [
        ("response_type", "none"),
        ("prompt", "enroll_authenticator"),
        ("enroll_amr_values", "kba"),
        ("max_age", "0"),
        ("acr_values", "urn:okta:loa:2fa:any:ifpossible"),
        ("login_hint", "john.doe@example.com"),
    ] {
        assert_eq!(parameter(&location, name).as_deref(), Some(value), "{name}");
    }
    for name in ["scope", "nonce", "code_challenge"] {
        assert_eq!(parameter(&location, name), None, "{name}");
    }
}

#[tokio::test]
async fn the_way_back_leads_to_a_sign_in_of_the_same_person_once() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let location = begin(&world, &mut browser).await;
    let state = parameter(&location, "state").expect("a state");
    let query = format!("state={state}&iss={ISSUER}");
    let copy = browser.clone();
    let completed = world.complete(&mut browser, &query).await;
    let onward = completed.expect("nothing is wrong").onward;
    let query = world.provider.authorize(&onward.expect("a sign-in"));
    let completed = world.complete(&mut browser, &query).await;
    let go_to = completed.expect("the same person").go_to;
    assert!(go_to.as_str().contains("security"), "{go_to:?}");

    let again = format!("state={state}&iss={ISSUER}");
    let replayed = world.complete(&mut copy.clone(), &again).await;
    let error = replayed.expect_err("it was used before");
    assert_eq!(error.code, SignInErrorCode::TransactionUnknown);
}

#[tokio::test]
async fn whatever_else_comes_back_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let calls = world.provider.calls(Endpoint::Token);
    for (rest, code) in [
        (
            format!("iss={ISSUER}&code=code-1"),
            SignInErrorCode::CallbackMalformed,
        ),
        (
            "iss=https://evil.example".to_owned(),
            SignInErrorCode::CallbackIssuerMismatch,
        ),
    ] {
        let location = begin(&world, &mut browser).await;
        let state = parameter(&location, "state").expect("a state");
        let query = format!("state={state}&{rest}");
        let error = world.complete(&mut browser, &query).await;
        assert_eq!(error.expect_err("refused").code, code, "{rest}");
        assert!(world.is_signed_in(&mut browser).await, "{rest}");
    }
    assert_eq!(world.provider.calls(Endpoint::Token), calls);
}
