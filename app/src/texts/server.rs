//! In which language to answer: the one that the person has chosen in this browser, else the one that the org says they
//! speak, else the one that their browser asks for.

use http::{HeaderMap, header};
use model::ReturnTo;

use super::Language;
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::toast::Done;

/// Keeps the choice in this browser. What is no language of the app changes nothing.
pub(super) fn choose(language: &str, return_to: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let before = Language::current();
    if let Some(language) = Language::of(language) {
        app.add_cookies(vec![app.bff().keep_language(language.tag())]);
        if language != before {
            app.leave_toast(Done::LanguageChosen { before });
        }
    }
    app.see_other(ReturnTo::parse(return_to).as_str())
}

/// The language of the answer to a request with these headers.
///
/// `chosen` is the tag that the browser keeps, `locale` the claim of the person who is signed in.
pub(crate) fn negotiate(
    chosen: Option<&str>,
    locale: Option<&str>,
    headers: &HeaderMap,
) -> Language {
    chosen
        .and_then(Language::of)
        .or_else(|| locale.and_then(Language::of))
        .or_else(|| accepted(headers))
        .unwrap_or_default()
}

/// The language with the highest weight in `Accept-Language` (RFC 9110, section 12.5.4); among equals, the one named first.
///
/// Crates for this compare weights as floating-point numbers, which what is sent may make impossible to order.
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let values = headers.get_all(header::ACCEPT_LANGUAGE).iter();
    let ranges = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    let mut best = None;
    for (language, weight) in ranges.filter_map(weighed) {
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

/// A language range, if the app speaks the language and the browser takes it, with its weight in thousandths.
fn weighed(range: &str) -> Option<(Language, u16)> {
    let (tag, weight) = match range.split_once(';') {
        Some((tag, weight)) => (tag, thousandths(weight)?),
        None => (range, 1_000),
    };
    let language = Language::of(tag.trim())?;
    (weight > 0).then_some((language, weight))
}

/// Reads `q=0.8`; nothing for what is no weight.
fn thousandths(weight: &str) -> Option<u16> {
    let (name, value) = weight.trim().split_once('=')?;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let is_weight = name.eq_ignore_ascii_case("q")
        && matches!(whole, "0" | "1")
        && fraction.len() <= 3
        && fraction.bytes().all(|digit| digit.is_ascii_digit());
    let value: u16 = format!("{whole}{fraction:0<3}").parse().ok()?;
    (is_weight && value <= 1_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn asking_for(languages: &str) -> HeaderMap {
        let value = HeaderValue::from_str(languages).expect("a header value");
        HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, value)])
    }

    #[test]
    fn a_browser_is_answered_in_the_language_it_likes_best() {
        for (asked, answered) in [
            ("de", Language::German),
            ("en-US,en;q=0.9", Language::English),
            ("en;q=0.8, de;q=0.9", Language::German),
            ("fr, de-CH;q=0.9, en;q=0.8", Language::German),
            ("de;q=0.5,en;q=0.5", Language::German),
            ("de;q=0, fr", Language::English),
            ("fr, *;q=0.5", Language::English),
            ("de;q=1.000, en;q=0.999", Language::German),
            ("en;q=0.05, de;q=0.5", Language::German),
            ("DE-AT;Q=0.7", Language::German),
            ("", Language::English),
        ] {
            let language = negotiate(None, None, &asking_for(asked));
            assert_eq!(language, answered, "{asked:?}");
        }
    }

    #[test]
    fn what_is_no_weight_counts_as_not_asked_for() {
        for asked in [
            "de;q=nan",
            "de;q=1.5",
            "de;q=-1",
            "de;q=",
            "de;q=0.1234",
            "de;level=1",
            "de;q=2",
        ] {
            let language = negotiate(None, None, &asking_for(asked));
            assert_eq!(language, Language::English, "{asked:?}");
        }
    }

    #[test]
    fn a_choice_comes_before_the_person_and_the_person_before_the_browser() {
        let english = asking_for("en");
        assert_eq!(
            negotiate(Some("de"), Some("en_US"), &english),
            Language::German
        );
        assert_eq!(negotiate(None, Some("de_DE"), &english), Language::German);
        assert_eq!(
            negotiate(Some("tlh"), Some("fr_FR"), &asking_for("de")),
            Language::German
        );
    }
}
