use bff::{NamesField, NamesForm, Onboarding, OnboardingError};
use model::{Clock, Landing, ReturnTo};
use rusqlite::Connection;

use crate::support::{Browser, World};

fn form(first: &str, last: &str, locale: &str) -> NamesForm {
    NamesForm {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        locale: locale.to_owned(),
    }
}

#[tokio::test]
async fn the_first_sign_in_leads_to_onboarding_and_keeps_the_deep_link() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let wanted = ReturnTo::parse("/profile?tab=claims#email");
    let completed = world
        .sign_in_with(&mut browser, wanted)
        .await
        .expect("a session");
    assert_eq!(
        completed.go_to.as_str(),
        "/onboarding?return_to=%2Fprofile%3Ftab%3Dclaims%23email"
    );
}

#[tokio::test]
async fn a_deep_link_too_long_for_an_address_is_dropped_rather_than_onboarding() {
    let world = World::new().await;
    let wanted = ReturnTo::parse(&format!("/{}", "%2F".repeat(600)));
    let completed = world.sign_in_with(&mut Browser::default(), wanted).await;
    assert_eq!(completed.expect("a session").go_to.as_str(), "/onboarding");
}

#[tokio::test]
async fn onboarding_happens_once_and_is_remembered_for_the_account() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let session = world.session(&mut browser).await;
    assert_eq!(
        world.bff.onboarding(&session).await,
        Ok(Onboarding::NotStarted)
    );
    let saved = world
        .bff
        .save_names(&session, form(" John ", "Doe", "en-US"))
        .await;
    let Ok(Onboarding::NamesSaved(names)) = saved else {
        panic!("{saved:?}")
    };
    assert_eq!(names.first_name.as_str(), "John");
    let finished = world
        .bff
        .finish_onboarding(&session, Landing::Profile)
        .await;
    let expected = Onboarding::Finished {
        names,
        landing: Landing::Profile,
        finished_at: model::Timestamp::from_second(world.clock.now().as_second()).expect("a time"),
    };
    assert_eq!(finished, Ok(expected.clone()));

    let again = world.bff.finish_onboarding(&session, Landing::Home).await;
    assert_eq!(
        again,
        Ok(expected.clone()),
        "finishing twice changes nothing"
    );
    let renamed = world
        .bff
        .save_names(&session, form("Jim", "Doe", "en"))
        .await;
    assert_eq!(renamed, Ok(expected), "nor does saving names afterwards");

    let mut elsewhere = Browser::default();
    let home = world.sign_in(&mut elsewhere).await.expect("a session");
    assert_eq!(home.go_to.as_str(), "/profile", "the chosen landing");
    let deep = world
        .sign_in_with(&mut elsewhere, ReturnTo::parse("/a?b#c"))
        .await;
    assert_eq!(deep.expect("a session").go_to.as_str(), "/a?b#c");
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let world = World::new().await;
    let session = world.session(&mut world.signed_in().await).await;
    let outcome = world
        .bff
        .save_names(&session, form("  ", "a\u{1}", "klingon!"))
        .await;
    let Err(OnboardingError::Invalid(errors)) = outcome else {
        panic!("{outcome:?}")
    };
    let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
    assert_eq!(
        fields,
        [
            NamesField::FirstName,
            NamesField::LastName,
            NamesField::Locale
        ]
    );
    assert_eq!(errors[0].message, "Enter a name.");
    assert_eq!(
        world.bff.onboarding(&session).await,
        Ok(Onboarding::NotStarted)
    );
}

#[tokio::test]
async fn the_last_step_needs_the_first() {
    let world = World::new().await;
    let session = world.session(&mut world.signed_in().await).await;
    let outcome = world.bff.finish_onboarding(&session, Landing::Home).await;
    assert_eq!(outcome, Err(OnboardingError::NamesMissing));
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_said_so() {
    let world = World::new().await;
    let session = world.session(&mut world.signed_in().await).await;
    let store = Connection::open(world.store_path()).expect("the store");
    store
        .execute_batch("DROP TABLE onboarding")
        .expect("dropped");
    assert_eq!(
        world.bff.onboarding(&session).await,
        Err(OnboardingError::StoreUnavailable)
    );
    let outcome = world
        .bff
        .save_names(&session, form("John", "Doe", "en"))
        .await;
    assert_eq!(outcome, Err(OnboardingError::StoreUnavailable));
}
