//! What goes wrong on the way, and what goes on at the org.

use super::{Person, asks_for, code, from_the_app, password, refusal};
use crate::support::World;
use bff::DirectAnswer;
use bff::DirectForm;
use model::{DirectStep, DirectWay, DirectWord, ReturnTo};
use testkit::provider::Endpoint;
use testkit::provider::Told;
use testkit::provider::Trouble;

#[tokio::test]
async fn an_org_that_does_not_answer_loses_nothing_of_what_was_done() {
    let world = World::new().await;
    let mut person = Person::at(&world);
    world
        .provider
        .set_trouble(Some((Endpoint::Token, Trouble::Down)));
    person.say(password()).await;
    let shown = person.shown().expect("a page");
    assert_eq!(shown.word, Some(DirectWord::OrgDown));
    assert_eq!(
        shown.identifier, "john.doe@example.com",
        "the name is not typed again"
    );

    world
        .provider
        .set_trouble(Some((Endpoint::Direct, Trouble::Status(503))));
    world.provider.tell([Told::MoreIsNeeded("mfa-1")]);
    person.say(password()).await;
    let shown = person.shown().expect("a page");
    assert_eq!(shown.step, DirectStep::Choose, "the password is proved");
    assert_eq!(shown.word, Some(DirectWord::OrgDown));
    world.provider.set_trouble(None);
    let shown = person
        .hears(from_the_app(), DirectAnswer::Way(Some(DirectWay::App)))
        .await;
    assert_eq!(shown, (asks_for(DirectWay::App, false), None));

    let world = World::new().await;
    world
        .provider
        .set_trouble(Some((Endpoint::Discovery, Trouble::Down)));
    let mut person = Person::at(&world);
    person.say(password()).await;
    assert_eq!(
        person.shown().expect("a page").word,
        Some(DirectWord::OrgDown)
    );
}

#[tokio::test]
async fn a_form_of_an_earlier_or_forgotten_sign_in_changes_nothing() {
    let world = World::new().await;
    let mut person = Person::at(&world);
    world
        .provider
        .tell([Told::MoreIsNeeded("mfa-1"), from_the_app()]);
    person.say(password()).await;
    let before = world.provider.told().len();
    person.send("another-one".to_owned(), code()).await;
    let shown = person.shown().expect("a page");
    assert_eq!(shown.step, asks_for(DirectWay::App, false));
    assert_eq!(shown.word, Some(DirectWord::OtherAttempt));

    let old = person.browser.clone();
    world.clock.advance_seconds(10 * 60 + 1);
    person.say(code()).await;
    let shown = person.shown().expect("a page");
    assert_eq!(
        (shown.step, shown.word),
        (DirectStep::Begin, Some(DirectWord::Expired))
    );

    let mut forger = Person::at(&world);
    for (name, value) in &old.cookies {
        let changed = value.replace(['a', 'b'], "c");
        forger.browser.cookies.insert(name.clone(), changed);
    }
    assert!(forger.shown().is_none());
    forger.say(code()).await;
    assert_eq!(
        forger.shown().expect("a page").word,
        Some(DirectWord::Expired)
    );
    assert_eq!(
        world.provider.told().len(),
        before,
        "the org hears of none of it"
    );
}

#[tokio::test]
async fn what_is_empty_or_too_long_is_not_sent() {
    let world = World::new().await;
    let named = |identifier: &str, password: &str| DirectAnswer::Password {
        identifier: identifier.to_owned(),
        password: password.into(),
    };
    for answer in [
        named(" ", "x"),
        named("john", ""),
        named(&"j".repeat(256), "x"),
        named("john", &"x".repeat(1025)),
        DirectAnswer::First {
            identifier: "john".to_owned(),
            way: None,
        },
    ] {
        let mut person = Person::at(&world);
        person.say(answer).await;
        let told = person.shown().expect("a page").word;
        assert_eq!(told, Some(DirectWord::Incomplete));
    }
    assert!(world.provider.told().is_empty());
}

fn asked(location: &url::Url, name: &str) -> Option<String> {
    let mut pairs = location.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn what_only_the_org_can_ask_goes_on_there_with_the_name_and_the_way_back() {
    let world = World::new().await;
    let mut person = Person::at(&world);
    let told = refusal(
        "invalid_grant",
        "The client's assurance requirements are not met.",
    );
    person.hears(told, password()).await;
    let form = DirectForm {
        attempt: String::new(),
        return_to: ReturnTo::default(),
        answer: DirectAnswer::Way(None),
    };
    let begun = world
        .bff
        .leave_direct(&person.browser.headers(), form)
        .await;
    let begun = begun.expect("the org can be asked");
    person.browser.take(&begun.cookies);
    let hint = asked(&begun.location, "login_hint");
    assert_eq!(hint.as_deref(), Some("john.doe@example.com"));
    assert!(person.shown().is_none(), "its tokens are forgotten");
    let query = world.provider.authorize(&begun.location);
    let completed = world.complete(&mut person.browser, &query).await;
    let go_to = completed.expect("a session").go_to;
    assert!(go_to.as_str().ends_with("%2Fprofile%3Ftab%3Dclaims%23part"));
}

/// The org's page took no part, so that a session of somebody else may still be open there.
#[tokio::test]
async fn a_sign_out_that_the_org_has_not_confirmed_is_still_remembered_afterwards() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let out = world.bff.sign_out(&browser.headers()).await;
    browser.take(&out.cookies);
    let mut person = Person {
        world: &world,
        browser,
    };
    world.provider.tell([Told::Tokens]);
    assert!(person.say(password()).await.is_signed_in);
    let begun = world
        .bff
        .begin_sign_in(&person.browser.headers(), ReturnTo::default())
        .await
        .expect("a sign-in");
    assert_eq!(asked(&begun.location, "prompt").as_deref(), Some("login"));
}
