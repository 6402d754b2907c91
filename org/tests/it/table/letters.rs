//! How many letters somebody gets, whoever asks for them.

use testkit::TestOrg;

use super::face::{Act, Face, Question};
use super::hosted::Hosted;
use super::idx::Idx;

const ANN: &str = "ann@example.com";
/// Emails that one address gets at once.
const MOST: usize = 30;

async fn start() -> TestOrg {
    TestOrg::with_seed(include_str!("seed.json")).await
}

async fn ask_for_a_letter(org: &TestOrg, login: &str) -> Idx {
    let mut face = Idx::begin(org, "Have").await;
    let seen = face.act(Act::Identify(login)).await;
    assert_eq!(seen.question, Question::Answer("email".to_owned()));
    face
}

#[tokio::test]
async fn an_address_gets_so_many_letters_and_whoever_asks_for_more_sees_no_difference() {
    let org = start().await;
    let mut texts = Vec::new();
    for _ in 0..=MOST {
        let face = ask_for_a_letter(&org, ANN).await;
        texts.push(super::unknown::masked(&face.text(), "ann"));
    }
    assert_eq!(org.inbox(ANN).len(), MOST);
    assert!(texts.iter().all(|text| *text == texts[0]));
    let mut page = Hosted::begin(&org, "Have").await;
    let seen = page.act(Act::Identify(ANN)).await;
    assert!(!seen.is_refused);
    assert_eq!(org.inbox(ANN).len(), MOST);

    // Nobody else is hit, nor is another channel.
    ask_for_a_letter(&org, "gus@example.com").await;
    assert_eq!(org.inbox("gus@example.com").len(), 1);
    org.clock.advance_seconds(120);
    let mut face = ask_for_a_letter(&org, ANN).await;
    assert_eq!(org.inbox(ANN).len(), MOST + 1);
    let seen = face.act(Act::Passcode(&org.code_for(ANN))).await;
    assert_eq!(seen.question, Question::Done);
}

#[tokio::test]
async fn whoever_has_letters_sent_to_somebody_else_keeps_nobody_from_their_own_on_their_own_device()
{
    let org = start().await;
    let mut own = Hosted::begin(&org, "Have").await;
    own.act(Act::Identify(ANN)).await;
    let seen = own.act(Act::Passcode(&org.code_for(ANN))).await;
    assert_eq!(seen.question, Question::Done);
    for _ in 0..MOST {
        ask_for_a_letter(&org, ANN).await;
    }
    let before = org.inbox(ANN).len();
    assert_eq!(before, MOST);
    org.execute("DELETE FROM sessions", []);
    own.again().await;
    own.act(Act::Identify(ANN)).await;
    assert_eq!(org.inbox(ANN).len(), before + 1);
    let seen = own.act(Act::Passcode(&org.code_for(ANN))).await;
    assert_eq!(seen.question, Question::Done);
}
