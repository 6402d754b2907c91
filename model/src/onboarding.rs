mod full_name;
mod steps;
mod zone;

use serde::{Deserialize, Serialize};
use std::fmt;

pub use full_name::full_name;
pub use steps::{
    EmailFact, FactorFacts, OnboardingFacts, Step, StepKind, StepState, onboarding_steps,
};
pub use zone::{InvalidZone, ZoneName};

/// A first or last name as a person entered it: trimmed, 1 to 100 characters, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a text is not a [`PersonName`]. Its words are meant for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum InvalidPersonName {
    /// Nothing but white space.
    #[error("Enter a name.")]
    Empty,
    /// More than 100 characters.
    #[error("Use at most 100 characters.")]
    TooLong,
    /// A line break, a tab or another invisible control character.
    #[error("Use letters, spaces and punctuation only.")]
    ControlCharacter,
}

impl PersonName {
    /// The most characters a name can have.
    pub const MAX_CHARACTERS: usize = 100;

    /// Reads a name, dropping white space around it.
    pub fn parse(value: &str) -> Result<Self, InvalidPersonName> {
        let value = value.trim();
        if value.is_empty() {
            return Err(InvalidPersonName::Empty);
        }
        if value.chars().any(char::is_control) {
            return Err(InvalidPersonName::ControlCharacter);
        }
        if value.chars().count() > Self::MAX_CHARACTERS {
            return Err(InvalidPersonName::TooLong);
        }
        Ok(Self(value.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PersonName {
    type Error = InvalidPersonName;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}

impl From<PersonName> for String {
    fn from(value: PersonName) -> Self {
        value.0
    }
}

/// A language and region such as `en`, `en-US` or Okta's `en_US` (BCP 47 in shape, at most 35 characters).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(String);

/// A text that is not a [`Locale`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("Choose a language from the list.")]
pub struct InvalidLocale;

impl Locale {
    /// Reads a locale: a language of two or three letters, then parts of two to eight letters or digits.
    pub fn parse(value: &str) -> Result<Self, InvalidLocale> {
        let mut parts = value.split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        let is_language = matches!(language.len(), 2..=3)
            && language.bytes().all(|byte| byte.is_ascii_alphabetic());
        let are_subtags = parts.all(|part| {
            matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if is_language && are_subtags && value.len() <= 35 {
            Ok(Self(value.to_owned()))
        } else {
            Err(InvalidLocale)
        }
    }

    /// The locale as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Locale {
    type Error = InvalidLocale;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}

impl From<Locale> for String {
    fn from(value: Locale) -> Self {
        value.0
    }
}

/// The page that a person wants to see after signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Landing {
    /// The home page.
    Home,
    /// The profile page.
    Profile,
}

impl Landing {
    /// Every choice, in the order shown.
    pub const ALL: [Self; 2] = [Self::Home, Self::Profile];

    /// The value in forms and in the store: `home` or `profile`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Profile => "profile",
        }
    }

    /// The path of the page.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Profile => "/profile",
        }
    }

    /// Reads what [`Landing::as_str`] writes.
    pub fn find(value: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|landing| landing.as_str() == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_keeps_every_script() {
        for name in ["Ada", "José María", "李", "O’Neill-Smith", "ñ"] {
            assert_eq!(
                PersonName::parse(&format!("  {name}\n"))
                    .expect("a name")
                    .as_str(),
                name
            );
        }
    }

    #[test]
    fn what_is_wrong_with_a_name_is_said() {
        assert_eq!(PersonName::parse(" \t"), Err(InvalidPersonName::Empty));
        assert_eq!(
            PersonName::parse("a\u{7}b"),
            Err(InvalidPersonName::ControlCharacter)
        );
        assert!(PersonName::parse(&"ü".repeat(100)).is_ok());
        assert_eq!(
            PersonName::parse(&"ü".repeat(101)),
            Err(InvalidPersonName::TooLong)
        );
    }

    #[test]
    fn a_locale_is_a_language_with_an_optional_region() {
        for locale in ["en", "en-US", "en_US", "zh-Hans-CN", "gsw"] {
            assert!(Locale::parse(locale).is_ok(), "{locale}");
        }
        for text in ["", "e", "english", "en-", "en US", "en-<b>", "12", "../en"] {
            assert_eq!(Locale::parse(text), Err(InvalidLocale), "{text}");
        }
    }

    #[test]
    fn a_landing_is_read_back_from_its_value() {
        for landing in Landing::ALL {
            assert_eq!(Landing::find(landing.as_str()), Some(landing));
        }
        assert_eq!(Landing::find("/etc"), None);
    }
}
