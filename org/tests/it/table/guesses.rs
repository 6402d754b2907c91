//! Codes under attack: in parallel, too often, in the wrong place.

use testkit::TestOrg;
use tokio::task::JoinSet;

use super::face::{Act, Face, Question};
use super::idx::Idx;

const ANN: &str = "ann@example.com";

async fn start() -> TestOrg {
    TestOrg::with_seed(include_str!("seed.json")).await
}

/// Somebody who is asked for the code that was sent to Ann.
async fn at_the_code(org: &TestOrg) -> Idx {
    let mut face = Idx::begin(org, "Have").await;
    let seen = face.act(Act::Identify(ANN)).await;
    assert_eq!(seen.question, Question::Answer("email".to_owned()));
    face
}

/// Gives each of the codes at the same moment, and says how many signed somebody in.
async fn give_at_once(face: &Idx, codes: impl IntoIterator<Item = String>) -> usize {
    let mut answers = JoinSet::new();
    for code in codes {
        let mut face = face.clone();
        answers.spawn(async move { face.act(Act::Passcode(&code)).await });
    }
    let seen = answers.join_all().await;
    seen.iter()
        .filter(|seen| seen.question == Question::Done)
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_parallel_right_codes_exactly_one_is_accepted() {
    let org = start().await;
    for _ in 0..3 {
        let face = at_the_code(&org).await;
        let code = org.code_for(ANN);
        assert_eq!(give_at_once(&face, vec![code; 100]).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_parallel_guesses_five_are_looked_at() {
    let org = start().await;
    let face = at_the_code(&org).await;
    let code = org.code_for(ANN);
    let guesses = (0..1000)
        .map(|number| format!("{number:06}"))
        .filter(|guess| *guess != code);
    assert_eq!(give_at_once(&face, guesses).await, 0);
    let failures: i64 = org
        .database()
        .query_row("SELECT coalesce(sum(total), 0) FROM attempts", [], |row| {
            row.get(0)
        })
        .expect("a number");
    assert_eq!(failures, 5);
    // The interaction is over for the right code as well.
    assert_eq!(give_at_once(&face, [code]).await, 0);
}

#[tokio::test]
async fn a_code_is_good_for_its_own_interaction_only() {
    let org = start().await;
    let _first = at_the_code(&org).await;
    let of_first = org.code_for(ANN);
    let mut second = at_the_code(&org).await;
    let seen = second.act(Act::Passcode(&of_first)).await;
    assert!(seen.is_refused, "{:?}", seen.question);
    let seen = second.act(Act::Passcode(&org.code_for(ANN))).await;
    assert_eq!(seen.question, Question::Done);
}

#[tokio::test]
async fn a_code_is_good_for_five_minutes() {
    let org = start().await;
    for (seconds, is_good) in [(299, true), (300, false)] {
        let mut face = at_the_code(&org).await;
        let code = org.code_for(ANN);
        org.clock.advance_seconds(seconds);
        let seen = face.act(Act::Passcode(&code)).await;
        assert_eq!(seen.question == Question::Done, is_good, "{seconds} s");
    }
}

#[tokio::test]
async fn beginning_again_gives_neither_more_guesses_nor_more_letters() {
    let org = start().await;
    let mut face = at_the_code(&org).await;
    for _ in 0..4 {
        face.act(Act::Passcode("000000")).await;
        face.cancel().await;
        face.act(Act::Identify(ANN)).await;
    }
    assert_eq!(org.inbox(ANN).len(), 5);
    let seen = face.act(Act::Passcode("000000")).await;
    assert!(
        matches!(seen.question, Question::Stop(_)),
        "{:?}",
        seen.question
    );
    face.cancel().await;
    let seen = face.act(Act::Identify(ANN)).await;
    assert!(
        matches!(seen.question, Question::Stop(_)),
        "{:?}",
        seen.question
    );
    assert_eq!(org.inbox(ANN).len(), 5);
}

#[tokio::test]
async fn a_change_of_policy_counts_for_the_next_question() {
    let org = start().await;
    let mut face = Idx::begin(&org, "Pwd").await;
    face.act(Act::Identify(ANN)).await;
    org.execute(
        "UPDATE app_policies SET policy_id = (SELECT id FROM policies WHERE name = 'Password and another') \
         WHERE app_id = '0oaTablePwd000000000' AND type = 'ACCESS_POLICY'",
        [],
    );
    let seen = face.act(Act::Passcode("Correct-horse-7")).await;
    assert_eq!(seen.question, Question::Answer("email".to_owned()));
}

#[tokio::test]
async fn somebody_who_is_suspended_between_first_step_and_last_is_not_signed_in() {
    let org = start().await;
    for (status, is_signed_in) in [
        ("SUSPENDED", false),
        ("DEPROVISIONED", false),
        ("ACTIVE", true),
    ] {
        org.set_user_status(ANN, "ACTIVE");
        let mut face = Idx::begin(&org, "Mfa").await;
        face.act(Act::Identify(ANN)).await;
        face.act(Act::Passcode("Correct-horse-7")).await;
        let code = org.code_for(ANN);
        org.set_user_status(ANN, status);
        let seen = face.act(Act::Passcode(&code)).await;
        assert_eq!(seen.question == Question::Done, is_signed_in, "{status}");
    }
}
