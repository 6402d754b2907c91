use model::{Landing, Locale, PersonName};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::onboarding::{Names, Onboarding, OnboardingMark, OnboardingMarks};
use crate::session::from_seconds;
use crate::session::store::Account;
use crate::sqlite_file::{optional_word, unreadable};

pub(super) fn select(connection: &Connection, account: &Account) -> rusqlite::Result<Onboarding> {
    connection
        .prepare_cached(
            "SELECT first_name, last_name, locale, landing, finished_at FROM onboarding
             WHERE issuer = ?1 AND subject = ?2",
        )?
        .query_row(params![account.issuer, account.subject], read_row)
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
    let landing = optional_word(row, 3, Landing::find)?;
    let finished_at: Option<i64> = row.get(4)?;
    Ok(match (landing, finished_at) {
        (Some(landing), Some(finished_at)) => Onboarding::Finished {
            names,
            landing,
            finished_at: from_seconds(finished_at),
        },
        _ => Onboarding::NamesSaved(names),
    })
}

pub(super) fn upsert_names(
    connection: &Connection,
    account: &Account,
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
            account.issuer,
            account.subject,
            names.first_name.as_str(),
            names.last_name.as_str(),
            names.locale.as_str(),
        ])
}

pub(super) fn finish(
    connection: &Connection,
    account: &Account,
    landing: Landing,
    now: i64,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "UPDATE onboarding SET landing = ?3, finished_at = ?4
             WHERE issuer = ?1 AND subject = ?2 AND finished_at IS NULL",
        )?
        .execute(params![
            account.issuer,
            account.subject,
            landing.as_str(),
            now
        ])
}

pub(super) fn select_marks(
    connection: &Connection,
    account: &Account,
) -> rusqlite::Result<OnboardingMarks> {
    let mut statement = connection.prepare_cached(
        "SELECT name, value FROM onboarding_mark WHERE issuer = ?1 AND subject = ?2",
    )?;
    let pairs = statement.query_map(params![account.issuer, account.subject], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut marks = OnboardingMarks::default();
    for pair in pairs {
        let (name, value) = pair?;
        marks = marks.with(&name, &value);
    }
    Ok(marks)
}

pub(super) fn upsert_mark(
    connection: &Connection,
    account: &Account,
    mark: &OnboardingMark,
) -> rusqlite::Result<()> {
    let (name, value) = mark.as_pair();
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO onboarding_mark (issuer, subject, name, value) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![account.issuer, account.subject, name, value])?;
    Ok(())
}
