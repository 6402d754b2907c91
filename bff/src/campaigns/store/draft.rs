use model::{RowField, RowProblem};
use rusqlite::{Connection, OptionalExtension, params};

use super::State;
use crate::sqlite_file::word;

/// A person as a row of a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::campaigns) struct DraftRow {
    pub(in crate::campaigns) line: i64,
    pub(in crate::campaigns) email: String,
    pub(in crate::campaigns) first_name: String,
    pub(in crate::campaigns) last_name: String,
    pub(in crate::campaigns) phone: Option<String>,
}

/// What is wrong with a field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::campaigns) struct Flaw {
    pub(in crate::campaigns) line: i64,
    pub(in crate::campaigns) field: RowField,
    pub(in crate::campaigns) problem: RowProblem,
    /// What stands there, cut; for a duplicate the earlier line.
    pub(in crate::campaigns) value: String,
}

/// A row that will be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPreview {
    /// Its line in the file.
    pub line: i64,
    /// The mail address, which becomes the login.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The telephone, if there is one.
    pub phone: Option<String>,
}

/// Something in a row that keeps it from being imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFlaw {
    /// The line in the file.
    pub line: i64,
    /// The field.
    pub field: RowField,
    /// What is wrong with it.
    pub problem: RowProblem,
    /// What stands there, cut; for a duplicate the earlier line.
    pub value: String,
}

/// Throws away what an earlier file brought and nobody confirmed.
pub(in crate::campaigns) fn clear(connection: &Connection, campaign: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM person WHERE campaign_id = ?1 AND state = ?2")?
        .execute(params![campaign, State::Draft])?;
    connection
        .prepare_cached("DELETE FROM row_flaw WHERE campaign_id = ?1")?
        .execute([campaign])?;
    connection
        .prepare_cached("UPDATE campaign SET ignored_columns = '' WHERE id = ?1")?
        .execute([campaign])?;
    Ok(())
}

/// Begins to read a file, and gives its number. What an earlier file brought is thrown away, and one that is still being read
/// counts no more.
pub(in crate::campaigns) fn begin(
    connection: &Connection,
    campaign: i64,
) -> rusqlite::Result<Option<i64>> {
    clear(connection, campaign)?;
    end_reading(connection, campaign)?;
    connection
        .prepare_cached("SELECT intake FROM campaign WHERE id = ?1")?
        .query_row([campaign], |row| row.get(0))
        .optional()
}

/// Whether this file is the one that was begun last.
pub(in crate::campaigns) fn is_current(
    connection: &Connection,
    campaign: i64,
    intake: i64,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM campaign WHERE id = ?1 AND intake = ?2)")?
        .query_row([campaign, intake], |row| row.get(0))
}

fn end_reading(connection: &Connection, campaign: i64) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE campaign SET intake = intake + 1 WHERE id = ?1")?
        .execute([campaign])
}

impl DraftRow {
    /// Keeps the row, or says that the campaign has the person already.
    pub(in crate::campaigns) fn insert(
        &self,
        connection: &Connection,
        campaign: i64,
        now: i64,
    ) -> rusqlite::Result<Option<Flaw>> {
        let key = self.email.to_lowercase();
        let inserted = connection
            .prepare_cached(
                "INSERT INTO person (campaign_id, line, email, email_key, first_name, last_name, phone, state, since) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (campaign_id, email_key) DO NOTHING",
            )?
            .execute(params![
                campaign,
                self.line,
                self.email,
                key,
                self.first_name,
                self.last_name,
                self.phone,
                State::Draft,
                now,
            ])?;
        if inserted > 0 {
            return Ok(None);
        }
        let earlier: Option<(i64, State)> = connection
            .prepare_cached(
                "SELECT line, state FROM person WHERE campaign_id = ?1 AND email_key = ?2",
            )?
            .query_row(params![campaign, key], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (problem, value) = match earlier {
            Some((line, State::Draft)) => (RowProblem::Duplicate, line.to_string()),
            _ => (RowProblem::AlreadyIn, self.email.clone()),
        };
        Ok(Some(Flaw {
            line: self.line,
            field: RowField::Email,
            problem,
            value,
        }))
    }
}

impl Flaw {
    pub(in crate::campaigns) fn insert(
        &self,
        connection: &Connection,
        campaign: i64,
    ) -> rusqlite::Result<()> {
        connection
            .prepare_cached("INSERT OR IGNORE INTO row_flaw (campaign_id, line, field, problem, value) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                campaign,
                self.line,
                self.field.as_str(),
                self.problem.as_str(),
                self.value
            ])?;
        Ok(())
    }
}

pub(in crate::campaigns) fn set_ignored_columns(
    connection: &Connection,
    campaign: i64,
    columns: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE campaign SET ignored_columns = ?2 WHERE id = ?1")?
        .execute(params![campaign, columns])?;
    Ok(())
}

/// How many rows are good, and how many are not.
pub(in crate::campaigns) fn count(
    connection: &Connection,
    campaign: i64,
) -> rusqlite::Result<(i64, i64)> {
    let good = connection
        .prepare_cached("SELECT count(*) FROM person WHERE campaign_id = ?1 AND state = ?2")?
        .query_row(params![campaign, State::Draft], |row| row.get(0))?;
    let bad = connection
        .prepare_cached("SELECT count(DISTINCT line) FROM row_flaw WHERE campaign_id = ?1")?
        .query_row([campaign], |row| row.get(0))?;
    Ok((good, bad))
}

/// The first good rows.
pub(in crate::campaigns) fn rows(
    connection: &Connection,
    campaign: i64,
    most: i64,
) -> rusqlite::Result<Vec<RowPreview>> {
    connection
        .prepare_cached(
            "SELECT line, email, first_name, last_name, phone FROM person \
             WHERE campaign_id = ?1 AND state = ?2 ORDER BY id LIMIT ?3",
        )?
        .query_map(params![campaign, State::Draft, most], |row| {
            Ok(RowPreview {
                line: row.get(0)?,
                email: row.get(1)?,
                first_name: row.get(2)?,
                last_name: row.get(3)?,
                phone: row.get(4)?,
            })
        })?
        .collect()
}

/// What is wrong, by line, from the one at `offset` on.
pub(in crate::campaigns) fn flaws(
    connection: &Connection,
    campaign: i64,
    offset: i64,
    most: i64,
) -> rusqlite::Result<Vec<RowFlaw>> {
    connection
        .prepare_cached(
            "SELECT line, field, problem, value FROM row_flaw WHERE campaign_id = ?1 \
             ORDER BY line, field LIMIT ?3 OFFSET ?2",
        )?
        .query_map([campaign, offset, most], |row| {
            Ok(RowFlaw {
                line: row.get(0)?,
                field: word(row, 1, RowField::find)?,
                problem: word(row, 2, RowProblem::find)?,
                value: row.get(3)?,
            })
        })?
        .collect()
}

/// Makes of all good rows people who are to be brought to the org. Says how many.
pub(in crate::campaigns) fn confirm(
    connection: &Connection,
    campaign: i64,
    now: i64,
) -> rusqlite::Result<usize> {
    end_reading(connection, campaign)?;
    connection
        .prepare_cached(
            "UPDATE person SET state = ?3, since = ?4 WHERE campaign_id = ?1 AND state = ?2",
        )?
        .execute(params![campaign, State::Draft, State::Pending, now])
}
