use bff::{Freshness, StepUp};
use model::{ReturnTo, SignInErrorCode};
use serde_json::{Value, json};
use testkit::provider::Fault;

use crate::support::{Browser, World};

const MINUTE: i64 = 60;

/// What an action demands: a proof of the last five minutes with two factors.
fn strict() -> Freshness {
    Freshness {
        acr_values: vec!["urn:okta:loa:2fa:any".to_owned()],
        ..Freshness::RECENT
    }
}

async fn demand(world: &World, browser: &mut Browser, wanted: &Freshness) -> StepUp {
    let session = world.session(browser).await;
    let return_to = ReturnTo::parse("/security");
    let step_up = world
        .bff
        .require_fresh(&browser.headers(), &session, wanted, return_to)
        .await
        .expect("the org can be asked");
    if let StepUp::Needed(begun) = &step_up {
        browser.take(&begun.cookies);
    }
    step_up
}

/// Demands a proof that is too old by now, and comes back from the org.
async fn prove_again(world: &World, browser: &mut Browser) -> Result<String, SignInErrorCode> {
    world.clock.advance_seconds(10 * MINUTE);
    let StepUp::Needed(begun) = demand(world, browser, &strict()).await else {
        panic!("ten minutes are too old");
    };
    let query = world.provider.authorize(&begun.location);
    let completed = world.complete(browser, &query).await;
    completed
        .map(|completed| completed.go_to.to_string())
        .map_err(|error| error.code)
}

#[tokio::test]
async fn a_fresh_and_strong_proof_is_enough() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let step_up = demand(&world, &mut browser, &strict()).await;
    assert!(matches!(step_up, StepUp::Fresh));
}

#[tokio::test]
async fn an_old_or_weak_proof_leads_to_the_org_with_what_is_demanded() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let stronger = Freshness {
        acr_values: vec!["phr".to_owned()],
        ..Freshness::RECENT
    };
    let StepUp::Needed(begun) = demand(&world, &mut browser, &stronger).await else {
        panic!("two factors are not resistant to phishing");
    };
    let asked = |name: &str| {
        let mut pairs = begun.location.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    assert_eq!(asked("acr_values").as_deref(), Some("phr"));
    assert_eq!(asked("max_age").as_deref(), Some("300"));
    world.clock.advance_seconds(7 * MINUTE);
    let old = demand(&world, &mut browser, &Freshness::RECENT).await;
    assert!(matches!(old, StepUp::Needed(_)));
}

#[tokio::test]
async fn after_the_proof_the_session_is_a_new_one_and_the_old_one_is_dead() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut before = browser.clone();
    let back_at = prove_again(&world, &mut browser).await;
    assert!(back_at.is_ok_and(|path| path.ends_with("security")));
    assert!(!world.is_signed_in(&mut before).await);
    assert!(world.is_signed_in(&mut browser).await);
    let now_fresh = demand(&world, &mut browser, &strict()).await;
    assert!(matches!(now_fresh, StepUp::Fresh), "nobody is asked twice");
}

#[tokio::test]
async fn an_org_that_answers_with_an_older_or_weaker_proof_is_not_believed() {
    for fault in [Fault::OldAuthTime, Fault::LowAcr] {
        let world = World::new().await;
        let mut browser = world.signed_in().await;
        world.provider.set_fault(fault);
        let refused = prove_again(&world, &mut browser).await;
        let code = SignInErrorCode::AuthenticationInsufficient;
        assert_eq!(refused, Err(code), "{fault:?}");
        assert!(
            world.is_signed_in(&mut browser).await,
            "the session goes on as it was"
        );
        let still_old = demand(&world, &mut browser, &strict()).await;
        assert!(matches!(still_old, StepUp::Needed(_)), "{fault:?}");
    }
}

#[tokio::test]
async fn somebody_else_cannot_prove_it_and_the_sessions_of_two_people_never_mix() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let subject = world.session(&mut browser).await.subject.clone();
    world.provider.set_fault(Fault::UserinfoForbidden);
    world.provider.change_payload(|mut claims| {
        claims.insert("sub".to_owned(), json!("00uSomebodyElse00001"));
        Value::Object(claims).to_string().into_bytes()
    });
    let refused = prove_again(&world, &mut browser).await;
    assert_eq!(refused, Err(SignInErrorCode::OtherPerson));
    let session = world.session(&mut browser).await;
    assert_eq!(session.subject, subject);
}
