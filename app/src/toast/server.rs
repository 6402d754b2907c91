//! How the word gets from the form to the page.

use bff::{Bff, Session};
use http::{HeaderMap, header};
use leptos_axum::ResponseOptions;

use super::{Done, Pending};
use crate::texts::Language;

/// Everything that can be said, with the word that the cookie holds.
const WORDS: [(&str, Done); 6] = [
    ("done:session-ended", Done::SessionEnded),
    ("done:others-ended", Done::OtherSessionsEnded),
    ("done:removed", Done::AuthenticatorRemoved),
    ("done:phone-added", Done::PhoneAdded),
    (
        "done:language-was-en",
        Done::LanguageChosen {
            before: Language::English,
        },
    ),
    (
        "done:language-was-de",
        Done::LanguageChosen {
            before: Language::German,
        },
    ),
];

impl Done {
    /// The word for the cookie.
    pub(crate) fn word(self) -> Option<&'static str> {
        let (word, _) = WORDS.iter().find(|(_, done)| *done == self)?;
        Some(word)
    }

    fn of(word: &str) -> Option<Self> {
        let (_, done) = WORDS.iter().find(|(known, _)| *known == word)?;
        Some(*done)
    }
}

/// What the page of this request has to say, if the request before it has left something.
pub(crate) fn pending(
    bff: &Bff,
    headers: &HeaderMap,
    session: Option<&Session>,
    response: &ResponseOptions,
) -> Option<Pending> {
    let (word, gone) = bff.take_notice(headers, session)?;
    let response = response.clone();
    Some(Pending::new(Done::of(&word)?, move || {
        response.append_header(header::SET_COOKIE, gone.clone());
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_what_it_was_written_for() {
        for (word, done) in WORDS {
            assert_eq!(done.word(), Some(word));
            assert_eq!(Done::of(word), Some(done));
        }
        let before_each = Language::ALL.map(|before| Done::LanguageChosen { before });
        assert!(before_each.iter().all(|done| done.word().is_some()));
        assert_eq!(Done::of("Your account is in danger"), None);
    }
}
