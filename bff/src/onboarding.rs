//! The first visit of a person: the name to be called by, the language, and where to land from now on.

use model::{InvalidLocale, InvalidPersonName, Landing, Locale, PersonName, ReturnTo, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use url::form_urlencoded;

use crate::bff::{Bff, Parts};
use crate::session::{Session, StoreError, from_seconds};

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

impl Bff {
    /// How far the person of this session has come.
    pub fn onboarding(&self, session: &Session) -> Result<Onboarding, OnboardingError> {
        Ok(find(&self.parts, (&session.issuer, &session.subject))?)
    }

    /// Saves the first step. After the last step this changes nothing.
    pub async fn save_names(
        &self,
        session: &Session,
        form: NamesForm,
    ) -> Result<Onboarding, OnboardingError> {
        let names = form.check().map_err(OnboardingError::Invalid)?;
        let (issuer, subject) = (session.issuer.clone(), session.subject.clone());
        let saved = self.parts.store.write(move |connection| {
            upsert_names(connection, (&issuer, &subject), &names)?;
            select(connection, (&issuer, &subject))
        });
        Ok(saved.await?)
    }

    /// Saves the last step. Finishing a second time changes nothing.
    pub async fn finish_onboarding(
        &self,
        session: &Session,
        landing: Landing,
    ) -> Result<Onboarding, OnboardingError> {
        let now = self.parts.clock.now().as_second();
        let (issuer, subject) = (session.issuer.clone(), session.subject.clone());
        let saved = self.parts.store.write(move |connection| {
            connection
                .prepare_cached(
                    "UPDATE onboarding SET landing = ?3, finished_at = ?4
                     WHERE issuer = ?1 AND subject = ?2 AND finished_at IS NULL",
                )?
                .execute(params![issuer, subject, landing.as_str(), now])?;
            select(connection, (&issuer, &subject))
        });
        match saved.await? {
            finished @ Onboarding::Finished { .. } => Ok(finished),
            Onboarding::NotStarted | Onboarding::NamesSaved(_) => {
                Err(OnboardingError::NamesMissing)
            }
        }
    }
}

impl NamesForm {
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
pub(crate) fn destination(
    parts: &Parts,
    account: (&str, &str),
    wanted: &ReturnTo,
) -> Result<ReturnTo, StoreError> {
    match find(parts, account)? {
        Onboarding::NotStarted | Onboarding::NamesSaved(_) => Ok(onboarding_page(wanted)),
        Onboarding::Finished { landing, .. } if *wanted == ReturnTo::default() => {
            Ok(ReturnTo::parse(landing.path()))
        }
        Onboarding::Finished { .. } => Ok(wanted.clone()),
    }
}

/// The onboarding page, which sends the person on to `wanted` in the end, unless that is too long for an address.
fn onboarding_page(wanted: &ReturnTo) -> ReturnTo {
    const PATH: &str = "/onboarding";
    let query: String = form_urlencoded::byte_serialize(wanted.as_str().as_bytes()).collect();
    let page = ReturnTo::parse(&format!("{PATH}?return_to={query}"));
    if page == ReturnTo::default() || wanted.as_str() == PATH {
        return ReturnTo::parse(PATH);
    }
    page
}

fn find(parts: &Parts, account: (&str, &str)) -> Result<Onboarding, StoreError> {
    parts.store.read(|connection| select(connection, account))
}

fn select(
    connection: &Connection,
    (issuer, subject): (&str, &str),
) -> rusqlite::Result<Onboarding> {
    connection
        .prepare_cached(
            "SELECT first_name, last_name, locale, landing, finished_at FROM onboarding
             WHERE issuer = ?1 AND subject = ?2",
        )?
        .query_row(params![issuer, subject], read_row)
        .optional()
        .map(|found| found.unwrap_or(Onboarding::NotStarted))
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Onboarding> {
    let names = Names {
        first_name: PersonName::parse(&row.get::<_, String>(0)?)
            .map_err(|error| unreadable(0, error))?,
        last_name: PersonName::parse(&row.get::<_, String>(1)?)
            .map_err(|error| unreadable(1, error))?,
        locale: Locale::parse(&row.get::<_, String>(2)?).map_err(|error| unreadable(2, error))?,
    };
    let landing: Option<String> = row.get(3)?;
    let finished_at: Option<i64> = row.get(4)?;
    Ok(
        match (landing.as_deref().and_then(Landing::find), finished_at) {
            (Some(landing), Some(finished_at)) => Onboarding::Finished {
                names,
                landing,
                finished_at: from_seconds(finished_at),
            },
            _ => Onboarding::NamesSaved(names),
        },
    )
}

fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

fn upsert_names(
    connection: &Connection,
    (issuer, subject): (&str, &str),
    names: &Names,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "INSERT INTO onboarding (issuer, subject, first_name, last_name, locale) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (issuer, subject) DO UPDATE
             SET first_name = excluded.first_name, last_name = excluded.last_name, locale = excluded.locale
             WHERE finished_at IS NULL",
        )?
        .execute(params![
            issuer,
            subject,
            names.first_name.as_str(),
            names.last_name.as_str(),
            names.locale.as_str(),
        ])
}
