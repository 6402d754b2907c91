//! Times that policies set: how long a session may be left alone, and how long a password must be kept.

use testkit::{Browser, TestOrg};

use super::face::{Act, Face, Question};
use super::hosted::Hosted;
use super::idx::Idx;
use crate::support::{Authorize, JOHN, sign_in};

const ANN: &str = "ann@example.com";
const MINUTE: i64 = 60;

/// Whether the org answers the app at once.
async fn is_signed_in(browser: &mut Browser) -> bool {
    let page = browser.visit(&Authorize::portico().url()).await;
    page.location_parameter("code").is_some()
}

#[tokio::test]
async fn a_session_that_was_left_alone_for_too_long_is_asked_again_and_one_in_use_is_not() {
    let org = TestOrg::start().await;
    let changed = org.execute(
        "UPDATE policy_rules SET actions = json_set(actions, '$.appSignOn.verificationMethod.inactivityPeriod', 'PT30M') \
         WHERE json_extract(actions, '$.appSignOn.verificationMethod.type') = 'ASSURANCE'",
        [],
    );
    assert!(changed > 0);
    let mut browser = org.browser();
    let answer = sign_in(&mut browser, &Authorize::portico(), JOHN).await;
    assert!(answer.location_parameter("code").is_some());
    for _ in 0..3 {
        org.clock.advance_seconds(29 * MINUTE);
        assert!(is_signed_in(&mut browser).await);
    }
    org.clock.advance_seconds(30 * MINUTE);
    assert!(!is_signed_in(&mut browser).await);
    // Asking does not count as use.
    assert!(!is_signed_in(&mut browser).await);
    let page = browser.visit(&Authorize::portico().url()).await;
    let fields = [("password", testkit::PASSWORD)];
    let answer = browser.submit(&page, page.form("/password"), &fields).await;
    assert!(answer.location_parameter("code").is_some());
    assert!(is_signed_in(&mut browser).await);
}

/// An org in which a password must be kept for an hour, half an hour after all passwords were chosen.
async fn with_young_passwords() -> TestOrg {
    let org = TestOrg::with_seed(include_str!("seed.json")).await;
    org.execute(
        "UPDATE policies SET settings = json_set(settings, '$.password.age.minAgeMinutes', 60) WHERE type = 'PASSWORD'",
        [],
    );
    org.clock.advance_seconds(30 * MINUTE);
    org
}

async fn to_recovery(face: &mut dyn Face, org: &TestOrg, login: &str) -> Question {
    face.act(Act::Identify(login)).await;
    face.act(Act::Recover).await;
    face.act(Act::Passcode(&org.code_for(login))).await.question
}

#[tokio::test]
async fn a_password_that_is_too_young_cannot_be_reset_and_only_its_owner_hears_of_it() {
    let org = with_young_passwords().await;
    let mut face = Idx::begin(&org, "Pwd").await;
    let question = to_recovery(&mut face, &org, ANN).await;
    let too_young = "password.complexity.minAgeMinutes".to_owned();
    assert_eq!(question, Question::Stop(too_young));
    let mut face = Hosted::begin(&org, "Pwd").await;
    to_recovery(&mut face, &org, ANN).await;
    assert!(face.text().contains("60 minutes after the last change"));
    // The old one is as good as before.
    let mut face = Idx::begin(&org, "Pwd").await;
    face.act(Act::Identify(ANN)).await;
    let seen = face.act(Act::Passcode("Correct-horse-7")).await;
    assert_eq!(seen.question, Question::Done);

    org.clock.advance_seconds(30 * MINUTE);
    let mut face = Idx::begin(&org, "Pwd").await;
    let question = to_recovery(&mut face, &org, ANN).await;
    assert_eq!(question, Question::Reset);
}

#[tokio::test]
async fn of_two_resets_at_once_the_second_finds_the_password_too_young() {
    let org = with_young_passwords().await;
    org.clock.advance_seconds(30 * MINUTE);
    let mut faces = [Idx::begin(&org, "Pwd").await, Idx::begin(&org, "Pwd").await];
    for face in &mut faces {
        assert_eq!(to_recovery(face, &org, ANN).await, Question::Reset);
    }
    let [first, second] = &mut faces;
    let seen = first.act(Act::NewPassword("Another-horse-8")).await;
    assert_eq!(seen.question, Question::Done);
    let seen = second.act(Act::NewPassword("Third-horse-99")).await;
    assert!(matches!(seen.question, Question::Stop(_)), "{seen:?}");
}

#[tokio::test]
async fn whoever_is_told_to_change_a_young_password_may_do_so() {
    let org = with_young_passwords().await;
    let mut face = Idx::begin(&org, "Pwd").await;
    face.act(Act::Identify("hal@example.com")).await;
    let seen = face.act(Act::Passcode("Correct-horse-7")).await;
    assert_eq!(seen.question, Question::Expired);
    let seen = face.act(Act::NewPassword("Another-horse-8")).await;
    assert_eq!(seen.question, Question::Done);
    for login in ["rex@example.com", "hal@example.com"] {
        let is_told = login.starts_with("rex");
        let mut face = Idx::begin(&org, "Pwd").await;
        let question = to_recovery(&mut face, &org, login).await;
        assert_eq!(question == Question::Reset, is_told, "{login}");
    }
}
