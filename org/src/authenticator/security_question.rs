//! A question that the person chose and the answer they gave. The answer is kept as a password is: hashed.

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::directory::{nfkc, nfkc_folded};

/// Okta's questions: the key on the wire and what people are asked
/// (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserFactor/#tag/UserFactor/operation/listSupportedSecurityQuestions>).
pub(crate) const QUESTIONS: [(&str, &str); 20] = [
    (
        "disliked_food",
        "What is the food you least liked as a child?",
    ),
    (
        "name_of_first_plush_toy",
        "What is the name of your first stuffed animal?",
    ),
    (
        "first_award",
        "What did you earn your first medal or award for?",
    ),
    (
        "favorite_security_question",
        "What is your favorite security question?",
    ),
    (
        "favorite_toy",
        "What is the toy/stuffed animal you liked the most as a kid?",
    ),
    (
        "first_computer_game",
        "What was the first computer game you played?",
    ),
    ("favorite_movie_quote", "What is your favorite movie quote?"),
    (
        "first_sports_team_mascot",
        "What was the mascot of the first sports team you played on?",
    ),
    (
        "first_music_purchase",
        "What music album or song did you first purchase?",
    ),
    ("favorite_art_piece", "What is your favorite piece of art?"),
    (
        "grandmother_favorite_desert",
        "What was your grandmother's favorite dessert?",
    ),
    (
        "first_thing_cooked",
        "What was the first thing you learned to cook?",
    ),
    ("childhood_dream_job", "What was your dream job as a child?"),
    ("first_kiss_location", "Where did you have your first kiss?"),
    (
        "place_where_significant_other_was_met",
        "Where did you meet your spouse/significant other?",
    ),
    (
        "favorite_vacation_location",
        "Where did you go for your favorite vacation?",
    ),
    (
        "new_years_two_thousand",
        "Where were you on New Year's Eve in the year 2000?",
    ),
    (
        "favorite_speaker_actor",
        "Who is your favorite speaker/orator?",
    ),
    (
        "favorite_book_movie_character",
        "Who is your favorite book/movie character?",
    ),
    (
        "favorite_sports_player",
        "Who is your favorite sports player?",
    ),
];

/// The key of a question that the person wrote.
pub(crate) const CUSTOM: &str = "custom";

/// In characters.
const SHORTEST_ANSWER: usize = 4;
const LONGEST: usize = 256;

/// Why a question or an answer cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QuestionError {
    /// The org has no question of this key.
    #[error("there is no such security question")]
    UnknownQuestion,
    /// A question of one's own that is empty, too long, or holds line breaks.
    #[error("the question must have 1 to {LONGEST} characters in one line")]
    Question,
    /// Okta's `securityQuestion.answer.tooShort.arg`.
    #[error("the security question answer must be at least {SHORTEST_ANSWER} characters in length")]
    AnswerTooShort,
    /// Longer than anybody remembers.
    #[error("the security question answer must have at most {LONGEST} characters")]
    AnswerTooLong,
    /// The answer stands in the question.
    #[error("the security question answer must not be part of the question")]
    AnswerInQuestion,
}

/// A question that a person can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Question {
    /// Okta's `questionKey`; [`CUSTOM`] when the person wrote it.
    pub(crate) key: String,
    /// What people are asked.
    pub(crate) text: String,
}

impl Question {
    /// The question of this key; `text` counts for [`CUSTOM`] only.
    pub(crate) fn new(key: &str, text: Option<&str>) -> Result<Self, QuestionError> {
        let text = if key == CUSTOM {
            custom_text(text.unwrap_or_default())?
        } else {
            let known = QUESTIONS.iter().find(|(known, _)| *known == key);
            let (_, text) = known.ok_or(QuestionError::UnknownQuestion)?;
            (*text).to_owned()
        };
        let key = key.to_owned();
        Ok(Self { key, text })
    }

    /// Looks at an answer that is to be remembered, and gives the form of it that is hashed.
    pub(crate) fn new_answer(&self, answer: &SecretString) -> Result<SecretString, QuestionError> {
        let normal = normal_answer(answer);
        let length = normal.expose_secret().chars().count();
        if length < SHORTEST_ANSWER {
            return Err(QuestionError::AnswerTooShort);
        }
        if length > LONGEST {
            return Err(QuestionError::AnswerTooLong);
        }
        if squeezed(&self.text).contains(normal.expose_secret()) {
            return Err(QuestionError::AnswerInQuestion);
        }
        Ok(normal)
    }
}

fn custom_text(text: &str) -> Result<String, QuestionError> {
    let text = nfkc(text.trim());
    let is_line = !text.is_empty() && !text.chars().any(char::is_control);
    if is_line && text.chars().count() <= LONGEST {
        Ok(text)
    } else {
        Err(QuestionError::Question)
    }
}

/// The form in which two answers are compared: letter case, width and the number of spaces do not count.
pub(crate) fn normal_answer(answer: &SecretString) -> SecretString {
    squeezed(answer.expose_secret()).as_str().into()
}

fn squeezed(text: &str) -> Zeroizing<String> {
    let folded = Zeroizing::new(nfkc_folded(text));
    let words: Vec<&str> = folded.split_whitespace().collect();
    Zeroizing::new(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(question: &Question, text: &str) -> Result<String, QuestionError> {
        let answer = question.new_answer(&text.into())?;
        Ok(answer.expose_secret().to_owned())
    }

    #[test]
    fn an_answer_is_the_same_however_it_is_typed() {
        let question = Question::new("disliked_food", None).expect("a question");
        for typed in [
            "Brussels sprouts",
            " brussels  SPROUTS ",
            "Ｂrussels sprouts",
        ] {
            assert_eq!(
                answer(&question, typed),
                Ok("brussels sprouts".to_owned()),
                "{typed}"
            );
        }
        assert_eq!(
            normal_answer(&"BRUSSELS sprouts".into()).expose_secret(),
            "brussels sprouts"
        );
    }

    #[test]
    fn an_answer_has_four_characters_at_least_and_does_not_stand_in_the_question() {
        let question = Question::new(CUSTOM, Some("Which colour is my green bicycle?"));
        let question = question.expect("a question");
        assert_eq!(answer(&question, "red"), Err(QuestionError::AnswerTooShort));
        assert_eq!(
            answer(&question, " r  d "),
            Err(QuestionError::AnswerTooShort)
        );
        assert_eq!(
            answer(&question, "Green"),
            Err(QuestionError::AnswerInQuestion)
        );
        assert_eq!(answer(&question, "pink"), Ok("pink".to_owned()));
        assert_eq!(
            answer(&question, &"x".repeat(257)),
            Err(QuestionError::AnswerTooLong)
        );
    }

    #[test]
    fn a_question_is_one_of_oktas_or_a_line_of_the_persons_own() {
        let of = |key, text| Question::new(key, text);
        assert_eq!(of("nonsense", None), Err(QuestionError::UnknownQuestion));
        assert_eq!(of(CUSTOM, None), Err(QuestionError::Question));
        assert_eq!(of(CUSTOM, Some("a\nb")), Err(QuestionError::Question));
        let known = of("disliked_food", Some("ignored")).expect("a question");
        assert_ne!(known.text, "ignored");
    }
}
