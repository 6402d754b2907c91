//! What administrators see and do.

use model::{CampaignJob, CampaignStage, CampaignStart, Landing, RequiredFactor, Timestamp};

use super::intake::Purpose;
use super::store::{
    self, CampaignPerson, CampaignRow, NewCampaignRow, PeopleCount, RowFlaw, RowPreview, State,
};
use super::{CampaignTrouble, Campaigns, Intake, IntakeTrouble};
use crate::session::{Session, from_seconds};

/// The longest name of a campaign, in characters.
const MAX_NAME: usize = 80;

/// How many people stand on a page.
const PAGE: i64 = 50;

/// How many rows and flaws a preview shows.
const PREVIEW_ROWS: i64 = 10;
const PREVIEW_FLAWS: i64 = 100;

/// A campaign as an administrator describes it.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// Its name.
    pub name: String,
    /// The org's id of the group that people are put into.
    pub group_id: String,
    /// Where people land.
    pub landing: Landing,
    /// What they have to set up.
    pub factors: Vec<RequiredFactor>,
    /// How it starts.
    pub start: CampaignStart,
}

/// Why a campaign is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCampaign {
    /// The name has not 1 to 80 characters without control characters.
    #[error("the name has 1 to 80 characters")]
    Name,
    /// There is no such group, or it makes administrators.
    #[error("the group cannot be used")]
    Group,
    /// Nothing is wrong with it, but it cannot be made now.
    #[error(transparent)]
    Trouble(CampaignTrouble),
}

impl<T: Into<CampaignTrouble>> From<T> for InvalidCampaign {
    fn from(trouble: T) -> Self {
        Self::Trouble(trouble.into())
    }
}

/// A campaign in the list of all.
#[derive(Debug, Clone)]
pub struct CampaignSummary {
    /// Names it within the app.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its group.
    pub group: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// How many people it has.
    pub people: PeopleCount,
    /// How many of them have finished onboarding.
    pub onboarded: i64,
    /// What is being done for it.
    pub job: Option<CampaignJob>,
}

/// One campaign.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Names it within the app.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its group.
    pub group: String,
    /// Where people land.
    pub landing: Landing,
    /// What they have to set up.
    pub factors: Vec<RequiredFactor>,
    /// How it starts.
    pub start: CampaignStart,
    /// When it was made.
    pub created_at: Timestamp,
    /// How many people there are.
    pub people: PeopleCount,
    /// How many rows wait to be confirmed.
    pub drafts: i64,
    /// How many people have come exactly as far as each stage.
    pub stages: Vec<(CampaignStage, i64)>,
    /// What is being done for it.
    pub progress: Option<CampaignProgress>,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignProgress {
    /// The job.
    pub job: CampaignJob,
    /// How many people are done.
    pub done: i64,
    /// How many there are.
    pub total: i64,
    /// Whether it waits for an org that did not answer or refused.
    pub is_waiting: bool,
}

/// What a file has brought.
#[derive(Debug, Clone)]
pub struct Preview {
    /// How many rows are good.
    pub good: i64,
    /// How many rows are not.
    pub bad: i64,
    /// The first good rows.
    pub rows: Vec<RowPreview>,
    /// What is wrong, by line, from the one that was asked for on.
    pub flaws: Vec<RowFlaw>,
    /// Where the flaws go on.
    pub next_flaw: Option<i64>,
    /// The names of columns that mean nothing here.
    pub ignored_columns: String,
}

impl Campaigns {
    /// Makes a campaign, and gives its id.
    ///
    /// # Errors
    ///
    /// [`InvalidCampaign`] says what has to be changed, or that it has to wait.
    pub async fn make(&self, new: NewCampaign, by: &Session) -> Result<i64, InvalidCampaign> {
        let name = new.name.trim().to_owned();
        let is_name =
            (1..=MAX_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !is_name {
            return Err(InvalidCampaign::Name);
        }
        let group = self.usable_group(&new.group_id).await?;
        let group = group.ok_or(InvalidCampaign::Group)?;
        let row = NewCampaignRow {
            name,
            group_id: group.id,
            group_name: group.name,
            landing: new.landing,
            factors: new.factors,
            start: new.start,
            created_at: self.now(),
            created_by: by.subject.clone(),
        };
        let id = self
            .inner
            .store
            .write(move |connection| row.insert(connection))
            .await?;
        Ok(id)
    }

    /// All campaigns, the newest first.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::StoreUnavailable`].
    pub async fn list(&self) -> Result<Vec<CampaignSummary>, CampaignTrouble> {
        let reach = self.reach.clone();
        let list = self.inner.store.read(move |connection| {
            let all = CampaignRow::list(connection)?.into_iter();
            let known = all.filter(|row| reach.has(&row.group_id));
            known
                .map(|row| {
                    let onboarded = store::stages(connection, row.id)?;
                    let onboarded = onboarded
                        .iter()
                        .find(|(stage, _)| *stage == CampaignStage::Onboarded);
                    Ok(CampaignSummary {
                        people: store::count_people(connection, row.id)?,
                        onboarded: onboarded.map_or(0, |(_, people)| *people),
                        id: row.id,
                        name: row.name,
                        group: row.group_name,
                        created_at: from_seconds(row.created_at),
                        job: row.job,
                    })
                })
                .collect()
        });
        Ok(list.await?)
    }

    /// One campaign.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::NoSuchCampaign`], and when the store cannot be read.
    pub async fn find(&self, id: i64) -> Result<Campaign, CampaignTrouble> {
        let (now, reach) = (self.now(), self.reach.clone());
        let found = self.inner.store.read(move |connection| {
            let Some(row) = reach.find(connection, id)? else {
                return Ok(None);
            };
            Ok(Some(Campaign {
                people: store::count_people(connection, id)?,
                drafts: store::count_draft(connection, id)?.0,
                stages: store::stages(connection, id)?,
                progress: progress(connection, &row, now)?,
                id,
                name: row.name,
                group: row.group_name,
                landing: row.landing,
                factors: row.factors,
                start: row.start,
                created_at: from_seconds(row.created_at),
            }))
        });
        found.await?.ok_or(CampaignTrouble::NoSuchCampaign)
    }

    /// People of a campaign behind the one with the id `after`, of one stage or of all, and where the list goes on.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::StoreUnavailable`].
    pub async fn people(
        &self,
        id: i64,
        of: Option<CampaignStage>,
        after: i64,
    ) -> Result<(Vec<CampaignPerson>, Option<i64>), CampaignTrouble> {
        let reach = self.reach.clone();
        let rows = self.inner.store.read(move |connection| {
            if reach.find(connection, id)?.is_none() {
                return Ok(Vec::new());
            }
            store::list_people(connection, id, of, (after, PAGE + 1))
        });
        let mut people: Vec<CampaignPerson> = rows
            .await?
            .into_iter()
            .map(|(person, sealed)| self.with_link(person, sealed))
            .collect();
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let has_more = people.len() > size;
        people.truncate(size);
        let next = people.last().filter(|_| has_more).map(|last| last.id);
        Ok((people, next))
    }

    pub(super) fn with_link(
        &self,
        mut person: CampaignPerson,
        sealed: Option<String>,
    ) -> CampaignPerson {
        person.link = sealed.and_then(|sealed| self.inner.link(&sealed));
        person
    }

    /// Begins to read a file of people for a campaign. What an earlier file brought and nobody confirmed is thrown away.
    ///
    /// # Errors
    ///
    /// [`IntakeTrouble::Busy`] when there is no such campaign, and when the store cannot be read.
    pub async fn begin_intake(&self, id: i64) -> Result<Intake, IntakeTrouble> {
        let reach = self.reach.clone();
        let found = self
            .inner
            .store
            .read(move |connection| reach.find(connection, id));
        let campaign = found.await?.ok_or(IntakeTrouble::Busy)?;
        Ok(Intake::begin(Purpose {
            store: self.inner.store.clone(),
            campaign: id,
            needs_phone: campaign.start == CampaignStart::Sms,
            now: self.now(),
        }))
    }

    /// What the last file has brought, with what is wrong from the flaw at `offset` on.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::NoSuchCampaign`], and when the store cannot be read.
    pub async fn preview(&self, id: i64, offset: i64) -> Result<Preview, CampaignTrouble> {
        let (offset, reach) = (offset.max(0), self.reach.clone());
        let found = self.inner.store.read(move |connection| {
            let Some(row) = reach.find(connection, id)? else {
                return Ok(None);
            };
            let (good, bad) = store::count_draft(connection, id)?;
            let mut flaws = store::list_flaws(connection, id, offset, PREVIEW_FLAWS + 1)?;
            let most = usize::try_from(PREVIEW_FLAWS).unwrap_or(usize::MAX);
            let has_more = flaws.len() > most;
            flaws.truncate(most);
            Ok(Some(Preview {
                good,
                bad,
                rows: store::list_rows(connection, id, PREVIEW_ROWS)?,
                flaws,
                next_flaw: has_more.then_some(offset + PREVIEW_FLAWS),
                ignored_columns: row.ignored_columns,
            }))
        });
        found.await?.ok_or(CampaignTrouble::NoSuchCampaign)
    }

    /// Throws away what the last file has brought.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::StoreUnavailable`].
    pub async fn discard(&self, id: i64) -> Result<(), CampaignTrouble> {
        let reach = self.reach.clone();
        let cleared = self.inner.store.write(move |connection| {
            if reach.find(connection, id)?.is_none() {
                return Ok(());
            }
            store::clear_draft(connection, id)
        });
        Ok(cleared.await?)
    }

    /// Starts a job: for an import with the rows that were read last. The job goes on beside the requests.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::Busy`] while another one runs, [`CampaignTrouble::Nobody`] when there is nobody to do it for, and when
    /// the store cannot be written.
    pub async fn start(&self, id: i64, job: CampaignJob) -> Result<(), CampaignTrouble> {
        self.service()?;
        let (now, reach) = (self.now(), self.reach.clone());
        let started = self.inner.store.write(move |connection| {
            let Some(campaign) = reach.find(connection, id)? else {
                return Ok(Err(CampaignTrouble::NoSuchCampaign));
            };
            if campaign.job.is_some() && job != CampaignJob::TakeBack {
                return Ok(Err(CampaignTrouble::Busy));
            }
            let changed = match job {
                CampaignJob::Import => store::confirm_draft(connection, id, now)?,
                CampaignJob::Resend => store::mark_for_resending(connection, id, now)?,
                CampaignJob::TakeBack => store::drop_pending(connection, id)?,
                CampaignJob::Send | CampaignJob::Look => 0,
            };
            let total = remaining(connection, id, job, 0)?;
            if total == 0 && changed == 0 {
                return Ok(Err(CampaignTrouble::Nobody));
            }
            CampaignRow::start_job(connection, id, job, total, now)?;
            Ok(Ok(()))
        });
        started.await??;
        self.inner.wake.notify_one();
        Ok(())
    }

    /// Deletes a campaign. The people stay as they are at the org.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::NoSuchCampaign`], and when the store cannot be written.
    pub async fn delete(&self, id: i64) -> Result<(), CampaignTrouble> {
        let reach = self.reach.clone();
        let deleted = self.inner.store.write(move |connection| {
            Ok(reach.find(connection, id)?.is_some() && CampaignRow::delete(connection, id)?)
        });
        if deleted.await? {
            Ok(())
        } else {
            Err(CampaignTrouble::NoSuchCampaign)
        }
    }
}

/// The states of the people whom a job has still to work on.
pub(super) const fn states(job: CampaignJob) -> &'static [State] {
    match job {
        CampaignJob::Import => &[State::Creating, State::Pending],
        CampaignJob::Send => &[State::Sending, State::Assigned],
        CampaignJob::Resend => &[State::Resending, State::Resend],
        CampaignJob::TakeBack => &[State::Creating, State::Assigned],
        CampaignJob::Look => &[],
    }
}

fn remaining(
    connection: &rusqlite::Connection,
    id: i64,
    job: CampaignJob,
    cursor: i64,
) -> rusqlite::Result<i64> {
    match job {
        CampaignJob::Look => store::unfinished(connection, id, cursor),
        _ => store::in_states(connection, id, states(job)),
    }
}

fn progress(
    connection: &rusqlite::Connection,
    row: &CampaignRow,
    now: i64,
) -> rusqlite::Result<Option<CampaignProgress>> {
    let Some(job) = row.job else {
        return Ok(None);
    };
    let left = remaining(connection, row.id, job, row.job_cursor)?;
    Ok(Some(CampaignProgress {
        job,
        done: (row.job_total - left).max(0),
        total: row.job_total,
        is_waiting: row.paused_until > now,
    }))
}
