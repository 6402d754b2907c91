//! The first visit of a person: the name to be called by, the language, and where to land from now on.

mod marks;
mod way;
mod wish;
mod zone;

use model::{InvalidLocale, InvalidPersonName, Landing, Locale, PersonName, ReturnTo, Timestamp};
use url::form_urlencoded;

use crate::bff::{Bff, Parts};
use crate::session::store::Account;
use crate::session::{Session, StoreError};

pub use marks::{OnboardingMark, OnboardingMarks};
pub use way::{OnboardingWay, OwnAccount};
pub use wish::OnboardingWish;
pub(crate) use zone::cookie_of as zone_cookie;

/// How far a person has come. It belongs to the account, not to the session, and finishes once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onboarding {
    /// Nothing has been saved.
    NotStarted,
    /// The first step is done.
    NamesSaved(Names),
    /// All is done; the page need not be shown again.
    Finished {
        /// What the first step saved.
        names: Names,
        /// Where the person lands after signing in.
        landing: Landing,
        /// When the last step was saved.
        finished_at: Timestamp,
    },
}

/// What the first step saves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The first name.
    pub first_name: PersonName,
    /// The last name.
    pub last_name: PersonName,
    /// The language.
    pub locale: Locale,
}

/// The first step as the person filled it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamesForm {
    /// The text of "First name".
    pub first_name: String,
    /// The text of "Last name".
    pub last_name: String,
    /// The value of "Language".
    pub locale: String,
}

/// A field of the first step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesField {
    /// "First name".
    FirstName,
    /// "Last name".
    LastName,
    /// "Language".
    Locale,
}

/// What is wrong with a field, in words for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field.
    pub field: NamesField,
    /// One sentence that says what to do.
    pub message: String,
}

/// Why a step was not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OnboardingError {
    /// The person must change these fields.
    #[error("some fields need another value")]
    Invalid(Vec<FieldError>),
    /// The first step must be saved first.
    #[error("the first step has not been saved")]
    NamesMissing,
    /// The store does not answer right now. Nothing was saved.
    #[error("the store cannot be reached")]
    StoreUnavailable,
}

/// Where people are taken through onboarding.
const PATH: &str = "/onboarding";

impl Bff {
    /// How far the person of this session has come.
    pub async fn onboarding(&self, session: &Session) -> Result<Onboarding, OnboardingError> {
        let account = Account::new(&session.issuer, &session.subject);
        Ok(self.parts.store.onboarding(account).await?)
    }

    /// Saves the first step. After the last step this changes nothing.
    pub async fn save_names(
        &self,
        session: &Session,
        form: NamesForm,
    ) -> Result<Onboarding, OnboardingError> {
        let names = form.check().map_err(OnboardingError::Invalid)?;
        let account = Account::new(&session.issuer, &session.subject);
        Ok(self.parts.store.save_names(account, names).await?)
    }

    /// Saves the last step. Finishing a second time changes nothing.
    pub async fn finish_onboarding(
        &self,
        session: &Session,
        landing: Landing,
    ) -> Result<Onboarding, OnboardingError> {
        let now = self.parts.clock.now().as_second();
        let account = Account::new(&session.issuer, &session.subject);
        let saved = self.parts.store.finish_onboarding(account, landing, now);
        match saved.await? {
            finished @ Onboarding::Finished { .. } => Ok(finished),
            Onboarding::NotStarted | Onboarding::NamesSaved(_) => {
                Err(OnboardingError::NamesMissing)
            }
        }
    }
}

impl NamesForm {
    /// Whether it can be saved.
    ///
    /// # Errors
    ///
    /// [`OnboardingError::Invalid`] with everything that is wrong.
    pub fn checked(&self) -> Result<(), OnboardingError> {
        self.check().map(drop).map_err(OnboardingError::Invalid)
    }

    /// Checks every field, so that the person learns of all mistakes at once.
    fn check(&self) -> Result<Names, Vec<FieldError>> {
        let first_name = PersonName::parse(&self.first_name);
        let last_name = PersonName::parse(&self.last_name);
        let locale = Locale::parse(&self.locale);
        match (first_name, last_name, locale) {
            (Ok(first_name), Ok(last_name), Ok(locale)) => Ok(Names {
                first_name,
                last_name,
                locale,
            }),
            (first_name, last_name, locale) => Err([
                first_name
                    .err()
                    .map(|error| FieldError::of_name(NamesField::FirstName, error)),
                last_name
                    .err()
                    .map(|error| FieldError::of_name(NamesField::LastName, error)),
                locale.err().map(FieldError::of_locale),
            ]
            .into_iter()
            .flatten()
            .collect()),
        }
    }
}

impl FieldError {
    fn of_name(field: NamesField, error: InvalidPersonName) -> Self {
        Self {
            field,
            message: error.to_string(),
        }
    }

    fn of_locale(error: InvalidLocale) -> Self {
        Self {
            field: NamesField::Locale,
            message: error.to_string(),
        }
    }
}

impl From<StoreError> for OnboardingError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "onboarding cannot be read or saved");
        Self::StoreUnavailable
    }
}

/// Where a person goes after signing in: to onboarding on the first visit, else where they wanted, else where they
/// chose to land.
pub(crate) async fn destination(
    parts: &Parts,
    account: Account,
    wanted: &ReturnTo,
) -> Result<ReturnTo, StoreError> {
    match parts.store.onboarding(account).await? {
        Onboarding::NotStarted | Onboarding::NamesSaved(_) => Ok(onboarding_page(wanted)),
        Onboarding::Finished { landing, .. } if *wanted == ReturnTo::default() => {
            Ok(ReturnTo::parse(landing.path()))
        }
        Onboarding::Finished { .. } => Ok(wanted.clone()),
    }
}

/// Whether an address is of the onboarding page, whatever it is asked.
pub(crate) fn is_onboarding(address: &ReturnTo) -> bool {
    let address = address.as_str();
    let rest = address.strip_prefix(PATH);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '#']))
}

/// The onboarding page, which sends the person on to `wanted` in the end, unless that is too long for an address.
fn onboarding_page(wanted: &ReturnTo) -> ReturnTo {
    if is_onboarding(wanted) {
        return wanted.clone();
    }
    let query: String = form_urlencoded::byte_serialize(wanted.as_str().as_bytes()).collect();
    let page = ReturnTo::parse(&format!("{PATH}?return_to={query}"));
    if page == ReturnTo::default() {
        return ReturnTo::parse(PATH);
    }
    page
}
