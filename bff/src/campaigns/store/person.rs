use model::{CampaignStage, PersonProblem, Timestamp};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use super::State;
use crate::session::from_seconds;
use crate::sqlite_file::optional_word;

/// A person whom a job works on.
#[derive(Debug, Clone)]
pub(in crate::campaigns) struct PersonRow {
    pub(in crate::campaigns) id: i64,
    pub(in crate::campaigns) email: String,
    pub(in crate::campaigns) first_name: String,
    pub(in crate::campaigns) last_name: String,
    pub(in crate::campaigns) phone: Option<String>,
    /// Where the work stood when the row was taken.
    pub(in crate::campaigns) state: State,
    /// When it came there, in seconds since 1970.
    pub(in crate::campaigns) since: i64,
    pub(in crate::campaigns) user_id: Option<String>,
    /// Whether the account was made for this campaign.
    pub(in crate::campaigns) is_new: bool,
    pub(in crate::campaigns) is_activated: bool,
    pub(in crate::campaigns) is_enrolled: bool,
}

/// What became of it. Times are set once and stay.
#[derive(Debug, Clone, Default)]
pub(in crate::campaigns) struct Change {
    pub(in crate::campaigns) id: i64,
    pub(in crate::campaigns) state: Option<State>,
    pub(in crate::campaigns) user_id: Option<String>,
    pub(in crate::campaigns) is_new: Option<bool>,
    pub(in crate::campaigns) sent_at: Option<i64>,
    pub(in crate::campaigns) activated_at: Option<i64>,
    pub(in crate::campaigns) enrolled_at: Option<i64>,
    /// A problem, with the org's words for it. A change without one takes an earlier one away.
    pub(in crate::campaigns) problem: Option<(PersonProblem, String)>,
    /// The digest of an invitation's code, and the code sealed.
    pub(in crate::campaigns) code: Option<(Vec<u8>, String)>,
    /// Whether the person leaves the campaign.
    pub(in crate::campaigns) is_gone: bool,
}

/// A person as an administrator sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignPerson {
    /// Names the person within the app.
    pub id: i64,
    /// The mail address.
    pub email: String,
    /// First and last name.
    pub name: String,
    /// The telephone, if there is one.
    pub phone: Option<String>,
    /// How far the person has come.
    pub stage: CampaignStage,
    /// When the invitation was sent last.
    pub sent_at: Option<Timestamp>,
    /// When the person came to where they are.
    pub reached_at: Option<Timestamp>,
    /// What went wrong, and the org's words for it.
    pub problem: Option<(PersonProblem, String)>,
    /// The address to hand over, in a campaign that starts by one.
    pub link: Option<String>,
}

/// How many people a campaign has, by what can be done for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeopleCount {
    /// All of them.
    pub total: i64,
    /// Still to be brought to the org.
    pub pending: i64,
    /// At the org, and not invited.
    pub ready: i64,
    /// Invited, and not active.
    pub resendable: i64,
    /// Invited.
    pub sent: i64,
    /// For whom nothing can be done.
    pub failed: i64,
}

const COLUMNS: &str = "id, email, first_name, last_name, phone, state, since, user_id, is_new, activated_at IS NOT NULL, \
     enrolled_at IS NOT NULL";

impl PersonRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            email: row.get(1)?,
            first_name: row.get(2)?,
            last_name: row.get(3)?,
            phone: row.get(4)?,
            state: row.get(5)?,
            since: row.get(6)?,
            user_id: row.get(7)?,
            is_new: row.get(8)?,
            is_activated: row.get(9)?,
            is_enrolled: row.get(10)?,
        })
    }

    /// The first people of a campaign in any of these states.
    pub(in crate::campaigns) fn next(
        connection: &Connection,
        campaign: i64,
        states: &[State],
        most: usize,
    ) -> rusqlite::Result<Vec<Self>> {
        let mut found = Vec::new();
        for state in states {
            let room = i64::try_from(most - found.len()).unwrap_or(0);
            let mut rows = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM person WHERE campaign_id = ?1 AND state = ?2 ORDER BY id LIMIT ?3"
            ))?;
            let rows = rows.query_map(params![campaign, state, room], Self::read)?;
            found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(found)
    }

    /// Invited people behind `cursor` who have not set up everything.
    pub(in crate::campaigns) fn unfinished(
        connection: &Connection,
        campaign: i64,
        cursor: i64,
        most: usize,
    ) -> rusqlite::Result<Vec<Self>> {
        let most = i64::try_from(most).unwrap_or(0);
        connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM person WHERE campaign_id = ?1 AND state = ?2 AND id > ?3 \
                 AND enrolled_at IS NULL AND user_id IS NOT NULL ORDER BY id LIMIT ?4"
            ))?
            .query_map(params![campaign, State::Sent, cursor, most], Self::read)?
            .collect()
    }
}

/// Moves people from one state to the next before the org is called for them.
pub(in crate::campaigns) fn journal(
    connection: &Connection,
    people: &[PersonRow],
    (from, to): (State, State),
    now: i64,
) -> rusqlite::Result<()> {
    let mut update = connection
        .prepare_cached("UPDATE person SET state = ?3, since = ?4 WHERE id = ?1 AND state = ?2")?;
    for person in people.iter().filter(|person| person.state == from) {
        update.execute(params![person.id, from, to, now])?;
    }
    Ok(())
}

impl Change {
    pub(in crate::campaigns) fn apply(
        &self,
        connection: &Connection,
        now: i64,
    ) -> rusqlite::Result<()> {
        if self.is_gone {
            connection
                .prepare_cached("DELETE FROM person WHERE id = ?1")?
                .execute([self.id])?;
            return Ok(());
        }
        let (problem, said) = match &self.problem {
            Some((problem, said)) => (Some(problem.as_str()), said.as_str()),
            None => (None, ""),
        };
        let (digest, sealed) = self.code.clone().unzip();
        connection
            .prepare_cached(
                "UPDATE person SET since = CASE WHEN ?2 IS NULL THEN since ELSE ?11 END, state = coalesce(?2, state), \
                 user_id = coalesce(?3, user_id), is_new = coalesce(?4, is_new), sent_at = coalesce(?5, sent_at), \
                 activated_at = coalesce(activated_at, ?6), enrolled_at = coalesce(enrolled_at, ?7), \
                 problem = CASE WHEN ?2 IS NULL THEN problem ELSE ?8 END, \
                 said = CASE WHEN ?2 IS NULL THEN said ELSE ?9 END, \
                 code_digest = coalesce(?10, code_digest), code_sealed = coalesce(?12, code_sealed) WHERE id = ?1",
            )?
            .execute(params![
                self.id,
                self.state,
                self.user_id,
                self.is_new,
                self.sent_at,
                self.activated_at,
                self.enrolled_at,
                problem,
                said,
                digest,
                now,
                sealed,
            ])?;
        Ok(())
    }
}

/// The furthest a person has come, as a number; the order is that of [`CampaignStage`].
pub(super) const STAGE: &str = "CASE WHEN onboarded_at IS NOT NULL THEN 5 WHEN enrolled_at IS NOT NULL THEN 4 \
     WHEN activated_at IS NOT NULL THEN 3 WHEN opened_at IS NOT NULL THEN 2 WHEN sent_at IS NOT NULL THEN 1 ELSE 0 END";

pub(super) fn stage(number: u8) -> CampaignStage {
    let stages = CampaignStage::ALL;
    stages
        .get(usize::from(number))
        .copied()
        .unwrap_or(CampaignStage::Waiting)
}

/// People behind `after` of a campaign, by id, of one stage or of all, with what is sealed of their invitation.
pub(in crate::campaigns) fn list(
    connection: &Connection,
    campaign: i64,
    of: Option<CampaignStage>,
    (after, most): (i64, i64),
) -> rusqlite::Result<Vec<(CampaignPerson, Option<String>)>> {
    let mut parameters = vec![
        Value::from(campaign),
        Value::from("draft".to_owned()),
        Value::from(after),
        Value::from(most),
    ];
    let mut only = String::new();
    if let Some(of) = of {
        parameters.push(Value::from(of as i64));
        only = format!("AND {STAGE} = ?5");
    }
    connection
        .prepare_cached(&format!(
            "SELECT id, email, first_name, last_name, phone, {STAGE}, sent_at, \
             coalesce(onboarded_at, enrolled_at, activated_at, opened_at, sent_at), problem, said, code_sealed \
             FROM person WHERE campaign_id = ?1 AND state <> ?2 AND id > ?3 {only} ORDER BY id LIMIT ?4"
        ))?
        .query_map(params_from_iter(parameters), read_listed)?
        .collect()
}

fn read_listed(row: &Row<'_>) -> rusqlite::Result<(CampaignPerson, Option<String>)> {
    let problem = optional_word(row, 8, PersonProblem::find)?;
    let said: String = row.get(9)?;
    let person = CampaignPerson {
        id: row.get(0)?,
        email: row.get(1)?,
        name: format!("{} {}", row.get::<_, String>(2)?, row.get::<_, String>(3)?),
        phone: row.get(4)?,
        stage: stage(row.get(5)?),
        sent_at: row.get::<_, Option<i64>>(6)?.map(from_seconds),
        reached_at: row.get::<_, Option<i64>>(7)?.map(from_seconds),
        problem: problem.map(|problem| (problem, said)),
        link: None,
    };
    Ok((person, row.get(10)?))
}
