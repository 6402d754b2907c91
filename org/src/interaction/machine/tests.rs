use model::UserId;
use proptest::prelude::*;

use super::{Answer, Effect, NotExpected, Proof, Remediation, State};

fn user() -> UserId {
    UserId::parse("00uAAAAAAAAAAAAAAAAA").expect("an id")
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let identifier = ("[a-c ]{0,2}", any::<bool>()).prop_map(|(identifier, keep_me_signed_in)| {
        Answer::Identifier {
            identifier,
            keep_me_signed_in,
        }
    });
    let answer = prop_oneof![
        identifier,
        Just(Answer::Restart),
        Just(Answer::Password(Proof::Rejected)),
        Just(Answer::Password(Proof::Accepted(user()))),
    ];
    prop::collection::vec(answer, 0..8)
}

/// What an oracle that knows only the rule says: an accepted password counts when a username stands, and ends everything.
fn is_signed_in(answers: &[Answer]) -> bool {
    let mut has_username = false;
    for answer in answers {
        match answer {
            Answer::Identifier { identifier, .. } => has_username |= !identifier.trim().is_empty(),
            Answer::Restart => has_username = false,
            Answer::Password(Proof::Accepted(_)) if has_username => return true,
            Answer::Password(_) => {}
        }
    }
    false
}

proptest! {
    #[test]
    fn a_session_begins_exactly_when_a_username_and_then_its_password_were_accepted(answers in answers()) {
        let mut state = State::begin(None);
        let mut effects = Vec::new();
        for answer in &answers {
            if let Ok(step) = state.clone().advance(answer.clone()) {
                effects.extend(step.effect);
                state = step.state;
            }
        }
        prop_assert_eq!(!effects.is_empty(), is_signed_in(&answers));
        prop_assert!(effects.len() <= 1);
        prop_assert_eq!(state == State::Complete, !effects.is_empty());
        prop_assert_eq!(state.screen().is_none(), state == State::Complete);
    }
}

#[test]
fn nothing_can_be_got_from_a_complete_sign_in() {
    for answer in [Answer::Restart, Answer::Password(Proof::Accepted(user()))] {
        assert_eq!(State::Complete.advance(answer), Err(NotExpected));
    }
}

#[test]
fn what_was_chosen_with_the_username_goes_into_the_session() {
    let answer = Answer::Identifier {
        identifier: " john ".to_owned(),
        keep_me_signed_in: true,
    };
    let step = State::begin(None).advance(answer).expect("expected");
    let screen = step.state.screen().expect("a screen");
    let identifier = "john".to_owned();
    assert_eq!(
        screen.remediation,
        Remediation::ChallengePassword { identifier }
    );
    let step = step
        .state
        .advance(Answer::Password(Proof::Accepted(user())))
        .expect("expected");
    let Some(Effect::SignIn {
        keep_me_signed_in, ..
    }) = step.effect
    else {
        panic!("no session");
    };
    assert!(keep_me_signed_in);
}
