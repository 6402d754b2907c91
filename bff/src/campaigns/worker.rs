//! Does the work of all campaigns, one batch after the other, as long as somebody holds [`super::Campaigns`].

use std::fs::OpenOptions;
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;

use model::CampaignJob;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::Inner;
use super::campaign::states;
use super::jobs;
use super::store::{self, CampaignRow, Change, PersonRow, State};
use crate::service::{Pause, ServiceTrouble};
use crate::session::StoreError;

/// How many people are worked on between two writes.
const BATCH: usize = 64;

/// How many calls of the org are made at the same time. Okta lets small orgs make 35.
const AT_ONCE: usize = 12;

/// How long an org that does not answer is left in peace, in seconds.
const AFTER_SILENCE: i64 = 15;

/// How long an org that refuses the service app is left in peace, in seconds: somebody has to change something there.
const AFTER_REFUSAL: i64 = 120;

/// How long to wait before looking again whether another process still does the work, or whether the store can be used.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// What to do after a batch.
enum Next {
    /// There may be more.
    GoOn,
    /// Nothing is to be done until somebody says so.
    Sleep,
    /// Nothing can be done for a while.
    Wait(Duration),
}

/// Runs until the campaigns are gone.
pub(super) async fn run(inner: Weak<Inner>, wake: Arc<Notify>, pause: Arc<dyn Pause>) {
    loop {
        let next = {
            let Some(inner) = inner.upgrade() else {
                return;
            };
            work(&inner).await
        };
        match next {
            Next::GoOn => {}
            Next::Sleep => wake.notified().await,
            Next::Wait(duration) => {
                tokio::select! {
                    () = pause.pause(duration) => {}
                    () = wake.notified() => {}
                }
            }
        }
    }
}

async fn work(inner: &Arc<Inner>) -> Next {
    match batch(inner).await {
        Ok(next) => next,
        Err(error) => {
            tracing::error!(%error, "the work of the campaigns cannot be read or written down");
            Next::Wait(LOOK_AGAIN)
        }
    }
}

/// Works on the next people of the campaign that has waited longest.
async fn batch(inner: &Arc<Inner>) -> Result<Next, StoreError> {
    let now = inner.now();
    let found = inner.store.read(move |connection| {
        Ok((
            CampaignRow::with_job(connection, now)?,
            CampaignRow::next_pause_end(connection)?,
        ))
    });
    let (campaign, pause_end) = found.await?;
    let Some(campaign) = campaign else {
        return Ok(pause_end.map_or(Next::Sleep, |end| Next::Wait(seconds(end - now))));
    };
    if !holds_lock(inner) {
        return Ok(Next::Wait(LOOK_AGAIN));
    }
    let Some(job) = campaign.job else {
        return Ok(Next::GoOn);
    };
    let people = take(inner, &campaign, job).await?;
    let Some(last) = people.last().map(|person| person.id) else {
        let id = campaign.id;
        let ended = inner
            .store
            .write(move |connection| CampaignRow::end_job(connection, id, job));
        ended.await?;
        return Ok(Next::GoOn);
    };
    let (changes, trouble) = match job {
        CampaignJob::Look => jobs::look(inner, &campaign, people).await,
        _ => call_org(inner, Arc::new(campaign.clone()), job, people).await,
    };
    keep(
        inner,
        campaign.id,
        changes,
        trouble,
        (job == CampaignJob::Look).then_some(last),
    )
    .await?;
    Ok(Next::GoOn)
}

fn seconds(seconds: i64) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0).max(1))
}

/// Takes the next people, and writes down that the org is about to be called for them.
async fn take(
    inner: &Inner,
    campaign: &CampaignRow,
    job: CampaignJob,
) -> Result<Vec<PersonRow>, StoreError> {
    let (id, cursor, now) = (campaign.id, campaign.job_cursor, inner.now());
    let taken = inner.store.write(move |connection| {
        if job == CampaignJob::Look {
            return PersonRow::unfinished(connection, id, cursor, BATCH);
        }
        let people = PersonRow::next(connection, id, states(job), BATCH)?;
        let step = match job {
            CampaignJob::Import => Some((State::Pending, State::Creating)),
            CampaignJob::Send => Some((State::Assigned, State::Sending)),
            CampaignJob::Resend => Some((State::Resend, State::Resending)),
            CampaignJob::TakeBack | CampaignJob::Look => None,
        };
        if let Some(step) = step {
            store::journal(connection, &people, step, now)?;
        }
        Ok(people)
    });
    taken.await
}

/// Calls the org for all of them, a few at a time. Who could not be called for stays where the journal has them.
async fn call_org(
    inner: &Arc<Inner>,
    campaign: Arc<CampaignRow>,
    job: CampaignJob,
    people: Vec<PersonRow>,
) -> (Vec<Change>, Option<ServiceTrouble>) {
    let mut running = JoinSet::new();
    let mut changes = Vec::with_capacity(people.len());
    let mut trouble = None;
    for person in people {
        if running.len() >= AT_ONCE {
            collect(running.join_next().await, &mut changes, &mut trouble);
        }
        if trouble.is_some() {
            break;
        }
        let (inner, campaign) = (Arc::clone(inner), Arc::clone(&campaign));
        running.spawn(async move { jobs::step(&inner, &campaign, job, person).await });
    }
    while let Some(done) = running.join_next().await {
        collect(Some(done), &mut changes, &mut trouble);
    }
    (changes, trouble)
}

fn collect(
    done: Option<Result<Result<Change, ServiceTrouble>, tokio::task::JoinError>>,
    changes: &mut Vec<Change>,
    trouble: &mut Option<ServiceTrouble>,
) {
    match done {
        Some(Ok(Ok(change))) => changes.push(change),
        Some(Ok(Err(met))) => *trouble = Some(met),
        // A panic of one step is logged where it happens, and its row is asked for again.
        Some(Err(_)) => *trouble = Some(ServiceTrouble::Unavailable),
        None => {}
    }
}

async fn keep(
    inner: &Inner,
    campaign: i64,
    changes: Vec<Change>,
    trouble: Option<ServiceTrouble>,
    cursor: Option<i64>,
) -> Result<(), StoreError> {
    let now = inner.now();
    let kept = inner.store.write(move |connection| {
        for change in &changes {
            change.apply(connection, now)?;
        }
        match (trouble, cursor) {
            (None, Some(cursor)) => CampaignRow::move_cursor(connection, campaign, cursor)?,
            (Some(ServiceTrouble::Unavailable), _) => {
                CampaignRow::pause_job(connection, campaign, now + AFTER_SILENCE)?
            }
            (Some(ServiceTrouble::Refused), _) => {
                CampaignRow::pause_job(connection, campaign, now + AFTER_REFUSAL)?
            }
            (None, None) => 0,
        };
        Ok(())
    });
    kept.await
}

/// Whether this process does the work. The system takes the lock away from a process that ends, however it ends.
fn holds_lock(inner: &Inner) -> bool {
    let mut held = inner.lock.lock().unwrap_or_else(PoisonError::into_inner);
    if held.is_some() {
        return true;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let Ok(file) = options.open(&inner.lock_path) else {
        tracing::error!("the lock of the campaigns cannot be opened");
        return false;
    };
    if file.try_lock().is_err() {
        return false;
    }
    *held = Some(file);
    true
}
