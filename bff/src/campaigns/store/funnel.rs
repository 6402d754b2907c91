use model::CampaignStage;
use rusqlite::{Connection, params};

use super::person::STAGE;
use super::{PeopleCount, State};

/// How many people have come exactly as far as each stage.
pub(in crate::campaigns) fn stages(
    connection: &Connection,
    campaign: i64,
) -> rusqlite::Result<Vec<(CampaignStage, i64)>> {
    let mut counts = vec![0; CampaignStage::ALL.len()];
    let mut query = connection.prepare_cached(&format!(
        "SELECT {STAGE} AS stage, count(*) FROM person WHERE campaign_id = ?1 AND state <> ?2 GROUP BY stage"
    ))?;
    let rows = query.query_map(params![campaign, State::Draft], |row| {
        Ok((row.get::<_, u8>(0)?, row.get::<_, i64>(1)?))
    })?;
    for row in rows {
        let (stage, people) = row?;
        if let Some(count) = counts.get_mut(usize::from(stage)) {
            *count = people;
        }
    }
    Ok(CampaignStage::ALL.iter().copied().zip(counts).collect())
}

/// How many people there are, by what can be done for them.
pub(in crate::campaigns) fn count(
    connection: &Connection,
    campaign: i64,
) -> rusqlite::Result<PeopleCount> {
    let mut query = connection.prepare_cached(
        "SELECT state, count(*), count(*) FILTER (WHERE activated_at IS NULL) FROM person \
         WHERE campaign_id = ?1 GROUP BY state",
    )?;
    let rows = query.query_map([campaign], |row| {
        Ok((
            row.get::<_, State>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, i64>(2)?,
        ))
    })?;
    let mut count = PeopleCount::default();
    for row in rows {
        let (state, people, inactive) = row?;
        if state != State::Draft {
            count.total += people;
        }
        match state {
            State::Draft => {}
            State::Pending | State::Creating => count.pending += people,
            State::Assigned | State::Sending => count.ready += people,
            State::Sent | State::Resend | State::Resending => {
                count.sent += people;
                count.resendable += inactive;
            }
            State::Failed => count.failed += people,
        }
    }
    Ok(count)
}

/// How many people are in these states.
pub(in crate::campaigns) fn in_states(
    connection: &Connection,
    campaign: i64,
    states: &[State],
) -> rusqlite::Result<i64> {
    let mut total = 0;
    for state in states {
        total += connection
            .prepare_cached("SELECT count(*) FROM person WHERE campaign_id = ?1 AND state = ?2")?
            .query_row(params![campaign, state], |row| row.get::<_, i64>(0))?;
    }
    Ok(total)
}

/// How many invited people behind `cursor` have not set up everything.
pub(in crate::campaigns) fn unfinished(
    connection: &Connection,
    campaign: i64,
    cursor: i64,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "SELECT count(*) FROM person WHERE campaign_id = ?1 AND state = ?2 AND id > ?3 \
             AND enrolled_at IS NULL AND user_id IS NOT NULL",
        )?
        .query_row(params![campaign, State::Sent, cursor], |row| row.get(0))
}

/// Marks everybody who was invited and is not active to be invited once more. Says how many.
pub(in crate::campaigns) fn mark_for_resending(
    connection: &Connection,
    campaign: i64,
    now: i64,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "UPDATE person SET state = ?3, since = ?4 WHERE campaign_id = ?1 AND state = ?2 AND activated_at IS NULL",
        )?
        .execute(params![campaign, State::Sent, State::Resend, now])
}

/// Lets go of everybody whom the org does not know yet. Says how many.
pub(in crate::campaigns) fn drop_pending(
    connection: &Connection,
    campaign: i64,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("DELETE FROM person WHERE campaign_id = ?1 AND state = ?2")?
        .execute(params![campaign, State::Pending])
}
