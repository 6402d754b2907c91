use model::Landing;
use rusqlite::{Connection, OptionalExtension, params};

use crate::sqlite_file::word;

/// Whom an invitation is for.
#[derive(Debug, Clone)]
pub(in crate::campaigns) struct InvitedRow {
    pub(in crate::campaigns) id: i64,
    pub(in crate::campaigns) campaign: String,
    pub(in crate::campaigns) first_name: String,
    pub(in crate::campaigns) user_id: Option<String>,
    pub(in crate::campaigns) landing: Landing,
}

pub(in crate::campaigns) fn find(
    connection: &Connection,
    digest: &[u8],
) -> rusqlite::Result<Option<InvitedRow>> {
    connection
        .prepare_cached(
            "SELECT person.id, name, first_name, user_id, landing FROM person \
             JOIN campaign ON campaign.id = campaign_id WHERE code_digest = ?1",
        )?
        .query_row([digest], |row| {
            Ok(InvitedRow {
                id: row.get(0)?,
                campaign: row.get(1)?,
                first_name: row.get(2)?,
                user_id: row.get(3)?,
                landing: word(row, 4, Landing::find)?,
            })
        })
        .optional()
}

pub(in crate::campaigns) fn open(
    connection: &Connection,
    id: i64,
    now: i64,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE person SET opened_at = coalesce(opened_at, ?2) WHERE id = ?1")?
        .execute([id, now])
}

/// The newest campaign that has a person, by the org's id for them or by their login in lower case.
pub(in crate::campaigns) fn campaign_of(
    connection: &Connection,
    user_id: &str,
    login: &str,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT max(campaign_id) FROM person \
             WHERE (user_id = ?1 OR email_key = ?2) AND state <> 'draft'",
        )?
        .query_row(params![user_id, login], |row| row.get(0))
}

/// Writes down how far a person has come who is signed in, in all campaigns that have them.
pub(in crate::campaigns) fn reach(
    connection: &Connection,
    (user_id, login): (&str, &str),
    (is_enrolled, is_onboarded): (bool, bool),
    now: i64,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "UPDATE person SET opened_at = coalesce(opened_at, ?3), activated_at = coalesce(activated_at, ?3), \
             enrolled_at = CASE WHEN ?4 THEN coalesce(enrolled_at, ?3) ELSE enrolled_at END, \
             onboarded_at = CASE WHEN ?5 THEN coalesce(onboarded_at, ?3) ELSE onboarded_at END \
             WHERE (user_id = ?1 OR email_key = ?2) AND state <> 'draft' AND sent_at IS NOT NULL",
        )?
        .execute(params![user_id, login, now, is_enrolled, is_onboarded])
}
