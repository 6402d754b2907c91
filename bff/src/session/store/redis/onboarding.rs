use ::redis::cmd;
use model::{Landing, Locale, PersonName};

use super::connection::Link;
use super::sessions::{number, text};
use super::{keys, scripts};
use crate::onboarding::{Names, Onboarding, OnboardingMark, OnboardingMarks};
use crate::session::from_seconds;
use crate::session::store::{Account, StoreError};

const UNREADABLE: StoreError = StoreError::Unreadable("onboarding");

pub(super) async fn find(link: &Link, account: &Account) -> Result<Onboarding, StoreError> {
    let fields: [Option<Vec<u8>>; 5] = link
        .read(
            cmd("HMGET")
                .arg(keys::onboarding(account))
                .arg(&["first", "last", "locale", "landing", "finished"]),
        )
        .await?;
    let [Some(first), last, locale, landing, finished] = fields else {
        return Ok(Onboarding::NotStarted);
    };
    let names = Names {
        first_name: PersonName::parse(&text(Some(first))?).map_err(|_| UNREADABLE)?,
        last_name: PersonName::parse(&text(last)?).map_err(|_| UNREADABLE)?,
        locale: Locale::parse(&text(locale)?).map_err(|_| UNREADABLE)?,
    };
    if landing.is_none() {
        return Ok(Onboarding::NamesSaved(names));
    }
    Ok(Onboarding::Finished {
        names,
        landing: Landing::find(&text(landing)?).ok_or(UNREADABLE)?,
        finished_at: from_seconds(number(finished)?),
    })
}

pub(super) async fn save_names(
    link: &Link,
    account: &Account,
    names: &Names,
) -> Result<Onboarding, StoreError> {
    let mut script = scripts::SAVE_NAMES.key(keys::onboarding(account));
    script
        .arg(names.first_name.as_str())
        .arg(names.last_name.as_str())
        .arg(names.locale.as_str());
    link.run::<()>(&script).await?;
    find(link, account).await
}

pub(super) async fn finish(
    link: &Link,
    account: &Account,
    landing: Landing,
    now: i64,
) -> Result<Onboarding, StoreError> {
    let mut script = scripts::FINISH.key(keys::onboarding(account));
    script.arg(landing.as_str()).arg(now);
    link.run::<()>(&script).await?;
    find(link, account).await
}

/// Marks stand beside the names, each in a field of its own.
fn field_of(name: &str) -> String {
    format!("mark:{name}")
}

pub(super) async fn find_marks(
    link: &Link,
    account: &Account,
) -> Result<OnboardingMarks, StoreError> {
    let fields = OnboardingMark::NAMES.map(field_of);
    let values: [Option<Vec<u8>>; OnboardingMark::NAMES.len()] = link
        .read(cmd("HMGET").arg(keys::onboarding(account)).arg(&fields))
        .await?;
    let mut marks = OnboardingMarks::default();
    for (name, value) in OnboardingMark::NAMES.into_iter().zip(values) {
        if value.is_some() {
            marks = marks.with(name, &text(value)?);
        }
    }
    Ok(marks)
}

pub(super) async fn mark(
    link: &Link,
    account: &Account,
    mark: &OnboardingMark,
) -> Result<(), StoreError> {
    let (name, value) = mark.as_pair();
    let mut script = scripts::MARK.key(keys::onboarding(account));
    script.arg(field_of(name)).arg(value);
    link.run(&script).await
}
