//! Nothing tells whether there is a user: neither what is asked, nor how it is written, nor how long it takes.

use std::time::{Duration, Instant};

use testkit::{ORG_URL, TestOrg};

use super::face::{Act, Face};
use super::hosted::Hosted;
use super::idx::Idx;

async fn start() -> TestOrg {
    TestOrg::with_seed(include_str!("seed.json")).await
}

/// What differs between any two interactions, and the names themselves, covered.
pub(super) fn masked(text: &str, name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|letter: char| !(letter.is_alphanumeric() || "-_.@*".contains(letter))) {
        let capitals = word.chars().filter(char::is_ascii_uppercase).count();
        let is_random = word.len() >= 20
            && (capitals >= 5 || word.chars().any(|letter| letter.is_ascii_digit()));
        // In whole, or mostly hidden.
        let is_name = word == name || word.contains('@');
        words.push(if is_random || is_name { "*" } else { word }.to_owned());
    }
    words.join(" ")
}

#[tokio::test]
async fn the_api_answers_alike_for_a_user_and_for_nobody() {
    let org = start().await;
    for app in ["Pwd", "One", "Two", "Mfa", "Have"] {
        let mut answers = Vec::new();
        for name in ["ann", "nil"] {
            let mut seen = Vec::new();
            let mut face = Idx::begin(&org, app).await;
            face.act(Act::Identify(&format!("{name}@example.com")))
                .await;
            seen.push(masked(&face.text(), name));
            if face.may_recover() {
                face.act(Act::Recover).await;
                seen.push(masked(&face.text(), name));
            }
            answers.push(seen);
        }
        assert_eq!(answers[0], answers[1], "{app}");
    }
}

#[tokio::test]
async fn the_page_answers_alike_for_a_user_and_for_nobody() {
    let org = start().await;
    for app in ["Pwd", "One", "Two", "Mfa", "Have"] {
        let mut answers = Vec::new();
        for name in ["ann", "nil"] {
            let mut face = Hosted::begin(&org, app).await;
            face.act(Act::Identify(&format!("{name}@example.com")))
                .await;
            let first = masked(&face.text(), name);
            face.wrong().await;
            answers.push((first, masked(&face.text(), name)));
        }
        assert_eq!(answers[0], answers[1], "{app}");
    }
}

#[tokio::test]
async fn registering_answers_alike_for_an_address_that_is_taken_and_one_that_is_free() {
    let org = start().await;
    let mut answers = Vec::new();
    for name in ["ann", "new"] {
        let mut face = Idx::begin(&org, "Free").await;
        face.act(Act::Register).await;
        let email = format!("{name}@example.com");
        let profile = [
            ("email", email.as_str()),
            ("firstName", "Some"),
            ("lastName", "Body"),
        ];
        face.act(Act::Profile(&profile)).await;
        let asked = masked(&face.text(), name);
        face.act(Act::Passcode("000000")).await;
        answers.push((asked, masked(&face.text(), name)));
        // Whoever owns the address hears of it.
        assert_eq!(org.inbox(&email).len(), 1, "{name}");
    }
    assert_eq!(answers[0], answers[1]);
    let letters = org.inbox("ann@example.com");
    assert!(letters.iter().all(|letter| letter.code.is_none()));
}

#[tokio::test]
async fn an_activation_that_is_asked_for_again_answers_alike_for_everybody() {
    let org = start().await;
    let mut browser = org.browser();
    let mut answers = Vec::new();
    for name in ["mia", "nil"] {
        let page = browser
            .visit(&format!("{ORG_URL}/tokens/not-a-token-of-anybody/verify"))
            .await;
        let form = page.form("/activation-email");
        let email = format!("{name}@example.com");
        let answer = browser.submit(&page, form, &[("identifier", &email)]).await;
        let answer = browser.follow(answer).await;
        answers.push(masked(&answer.text(), name));
    }
    assert_eq!(answers[0], answers[1]);
}

/// What is timed.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Identify,
    Recover,
    Register,
}

/// How long the org takes for one answer about this name.
#[expect(clippy::disallowed_methods, reason = "it is real time that would tell")]
async fn time(org: &TestOrg, kind: Kind, email: &str) -> Duration {
    let app = match kind {
        Kind::Identify => "Have",
        Kind::Recover => "Pwd",
        Kind::Register => "Free",
    };
    let mut face = Idx::begin(org, app).await;
    let profile = [
        ("email", email),
        ("firstName", "Some"),
        ("lastName", "Body"),
    ];
    let timed = match kind {
        Kind::Identify => Act::Identify(email),
        Kind::Recover => {
            face.act(Act::Identify(email)).await;
            Act::Recover
        }
        Kind::Register => {
            face.act(Act::Register).await;
            Act::Profile(&profile)
        }
    };
    let began = Instant::now();
    face.act(timed).await;
    began.elapsed()
}

/// The shortest of many times, taken in turns: whatever else the machine does only adds to a time, so that the shortest is what
/// the org itself takes. The bound leaves room for a letter, which is written for the one and not for the other: a row in a
/// table. A password that is hashed for one of them alone takes a multiple of it.
async fn takes_as_long(kind: Kind) {
    const SAMPLES: usize = 100;
    let org = start().await;
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..SAMPLES {
        // So that each letter is sent.
        org.clock.advance_seconds(120);
        let nobody = format!("nobody{number}@example.com");
        for (index, email) in ["ann@example.com", &nobody].into_iter().enumerate() {
            times[index].push(time(&org, kind, email).await);
        }
    }
    assert_eq!(org.inbox("ann@example.com").len(), SAMPLES);
    let [ann, nobody] = times.map(|times| times.into_iter().min().expect("a time"));
    let gap = ann.abs_diff(nobody);
    assert!(
        gap < Duration::from_millis(2) + ann.min(nobody) / 4,
        "{kind:?}: {ann:?} and {nobody:?}"
    );
}

#[tokio::test]
async fn a_name_takes_as_long_whether_it_is_somebodys_or_nobodys() {
    takes_as_long(Kind::Identify).await;
}

#[tokio::test]
async fn a_recovery_takes_as_long_whether_there_is_an_account_or_none() {
    takes_as_long(Kind::Recover).await;
}

#[tokio::test]
async fn a_registration_takes_as_long_whether_the_address_is_taken_or_free() {
    takes_as_long(Kind::Register).await;
}
