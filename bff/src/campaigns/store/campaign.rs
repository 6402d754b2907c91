use model::{CampaignJob, CampaignStart, Landing, RequiredFactor};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::sqlite_file::{optional_word, word};

/// A campaign as it is kept.
#[derive(Debug, Clone)]
pub(in crate::campaigns) struct CampaignRow {
    pub(in crate::campaigns) id: i64,
    pub(in crate::campaigns) name: String,
    pub(in crate::campaigns) group_id: String,
    pub(in crate::campaigns) group_name: String,
    pub(in crate::campaigns) landing: Landing,
    pub(in crate::campaigns) factors: Vec<RequiredFactor>,
    pub(in crate::campaigns) start: CampaignStart,
    pub(in crate::campaigns) created_at: i64,
    pub(in crate::campaigns) ignored_columns: String,
    pub(in crate::campaigns) job: Option<CampaignJob>,
    pub(in crate::campaigns) job_total: i64,
    pub(in crate::campaigns) job_cursor: i64,
    pub(in crate::campaigns) paused_until: i64,
}

/// A campaign to be kept.
#[derive(Debug, Clone)]
pub(in crate::campaigns) struct NewCampaignRow {
    pub(in crate::campaigns) name: String,
    pub(in crate::campaigns) group_id: String,
    pub(in crate::campaigns) group_name: String,
    pub(in crate::campaigns) landing: Landing,
    pub(in crate::campaigns) factors: Vec<RequiredFactor>,
    pub(in crate::campaigns) start: CampaignStart,
    pub(in crate::campaigns) created_at: i64,
    pub(in crate::campaigns) created_by: String,
}

const COLUMNS: &str = "id, name, group_id, group_name, landing, factors, start, created_at, ignored_columns, job, \
     job_total, job_cursor, paused_until";

impl CampaignRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let text = |column: usize| row.get::<_, String>(column);
        Ok(Self {
            id: row.get(0)?,
            name: text(1)?,
            group_id: text(2)?,
            group_name: text(3)?,
            landing: word(row, 4, Landing::find)?,
            factors: word(row, 5, factors)?,
            start: word(row, 6, CampaignStart::find)?,
            created_at: row.get(7)?,
            ignored_columns: text(8)?,
            job: optional_word(row, 9, CampaignJob::find)?,
            job_total: row.get(10)?,
            job_cursor: row.get(11)?,
            paused_until: row.get(12)?,
        })
    }

    pub(in crate::campaigns) fn find(
        connection: &Connection,
        id: i64,
    ) -> rusqlite::Result<Option<Self>> {
        connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM campaign WHERE id = ?1"))?
            .query_row([id], Self::read)
            .optional()
    }

    /// All of them, the newest first.
    pub(in crate::campaigns) fn list(connection: &Connection) -> rusqlite::Result<Vec<Self>> {
        connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM campaign ORDER BY id DESC"))?
            .query_map([], Self::read)?
            .collect()
    }

    /// The campaign whose job has waited longest and need not wait at `now`.
    pub(in crate::campaigns) fn with_job(
        connection: &Connection,
        now: i64,
    ) -> rusqlite::Result<Option<Self>> {
        connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM campaign WHERE job IS NOT NULL AND paused_until <= ?1 \
                 ORDER BY job_began_at, id LIMIT 1"
            ))?
            .query_row([now], Self::read)
            .optional()
    }

    /// When the first job that has to wait goes on.
    pub(in crate::campaigns) fn next_pause_end(
        connection: &Connection,
    ) -> rusqlite::Result<Option<i64>> {
        connection
            .prepare_cached("SELECT min(paused_until) FROM campaign WHERE job IS NOT NULL")?
            .query_row([], |row| row.get(0))
    }

    pub(in crate::campaigns) fn delete(connection: &Connection, id: i64) -> rusqlite::Result<bool> {
        let deleted = connection
            .prepare_cached("DELETE FROM campaign WHERE id = ?1")?
            .execute([id])?;
        Ok(deleted > 0)
    }

    /// Starts a job, unless there is one. Taking back comes before everything else.
    pub(in crate::campaigns) fn start_job(
        connection: &Connection,
        id: i64,
        job: CampaignJob,
        total: i64,
        now: i64,
    ) -> rusqlite::Result<bool> {
        let started = connection
            .prepare_cached(
                "UPDATE campaign SET job = ?2, job_began_at = ?4, job_total = ?3, job_cursor = 0, paused_until = 0 \
                 WHERE id = ?1 AND (job IS NULL OR ?2 = 'take_back')",
            )?
            .execute(params![id, job.as_str(), total, now])?;
        Ok(started > 0)
    }

    pub(in crate::campaigns) fn end_job(
        connection: &Connection,
        id: i64,
        job: CampaignJob,
    ) -> rusqlite::Result<usize> {
        connection
            .prepare_cached(
                "UPDATE campaign SET job = NULL, job_began_at = NULL, paused_until = 0 WHERE id = ?1 AND job = ?2",
            )?
            .execute(params![id, job.as_str()])
    }

    pub(in crate::campaigns) fn pause_job(
        connection: &Connection,
        id: i64,
        until: i64,
    ) -> rusqlite::Result<usize> {
        connection
            .prepare_cached("UPDATE campaign SET paused_until = ?2 WHERE id = ?1")?
            .execute([id, until])
    }

    pub(in crate::campaigns) fn move_cursor(
        connection: &Connection,
        id: i64,
        cursor: i64,
    ) -> rusqlite::Result<usize> {
        connection
            .prepare_cached("UPDATE campaign SET job_cursor = ?2 WHERE id = ?1")?
            .execute([id, cursor])
    }
}

impl NewCampaignRow {
    pub(in crate::campaigns) fn insert(&self, connection: &Connection) -> rusqlite::Result<i64> {
        let factors: Vec<&str> = self.factors.iter().map(|factor| factor.as_str()).collect();
        connection
            .prepare_cached(
                "INSERT INTO campaign (name, group_id, group_name, landing, factors, start, created_at, created_by) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .insert(params![
                self.name,
                self.group_id,
                self.group_name,
                self.landing.as_str(),
                factors.join(" "),
                self.start.as_str(),
                self.created_at,
                self.created_by,
            ])
    }
}

fn factors(words: &str) -> Option<Vec<RequiredFactor>> {
    words
        .split_ascii_whitespace()
        .map(RequiredFactor::find)
        .collect()
}
