//! Tells the apps, all at the same time, and each of them a few things at a time.

use jiff::Timestamp;
use model::AppId;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::queue::{Errand, due, is_anything_later, postpone, settle};
use super::request::{Outcome, build, judge, pause_after};
use super::signal::Announcements;
use crate::events::{self, Event, EventType, Origin, record};
use crate::failure::Failure;
use crate::oauth::issue::sign_revocation_assertion;
use crate::org::{Org, WeakOrg};

/// How many requests one app gets at the same time, so that one that hangs holds up nobody but itself.
const AT_ONCE: usize = 4;
/// How often the org's clock is looked at while something is to be tried again. It can be moved, so that no timer can wait for it.
const LOOK: Duration = Duration::from_millis(250);
/// How long to wait when the database cannot be read or written.
const TROUBLE: Duration = Duration::from_secs(5);

/// The errands that are being run.
#[derive(Debug, Default)]
struct Underway {
    tasks: JoinSet<(i64, AppId, bool)>,
    ids: HashSet<i64>,
    by_app: HashMap<AppId, usize>,
}

/// Tells apps until the org is closed. It holds the org only while it looks into the database.
pub(crate) async fn run(org: WeakOrg, mut announcements: Announcements) {
    let mut underway = Underway::default();
    loop {
        let Some(held) = org.upgrade() else { return };
        let pause = begin_due(&held, &mut underway);
        drop(held);
        tokio::select! {
            heard = announcements.heard() => if !heard { return },
            Some(ended) = underway.tasks.join_next() => {
                let Ok((id, app, went_well)) = ended else { return };
                underway.end(id, &app);
                if !went_well {
                    sleep(TROUBLE).await;
                }
            }
            () = sleep(pause.unwrap_or_default()), if pause.is_some() => {}
        }
    }
}

impl Underway {
    fn begin(&mut self, org: &Org, errand: Errand) {
        let running = self.by_app.entry(errand.app.clone()).or_default();
        if *running >= AT_ONCE || !self.ids.insert(errand.id) {
            return;
        }
        *running += 1;
        let org = org.downgrade();
        self.tasks.spawn(async move {
            let (id, app) = (errand.id, errand.app.clone());
            let told = tell(&org, errand).await;
            if let Err(failure) = &told {
                tracing::error!(%failure, app = app.as_str(), "what came of a universal logout could not be written");
            }
            (id, app, told.is_ok())
        });
    }

    fn end(&mut self, id: i64, app: &AppId) {
        self.ids.remove(&id);
        if let Some(running) = self.by_app.get_mut(app) {
            *running -= 1;
            if *running == 0 {
                self.by_app.remove(app);
            }
        }
    }
}

/// Begins what is due. Answers when to look again, if anything is to be tried later.
fn begin_due(org: &Org, underway: &mut Underway) -> Option<Duration> {
    let now = org.now();
    // Those that are underway are among the first of their app.
    let looked = org
        .store()
        .read(|db| Ok((due(db, 2 * AT_ONCE, now)?, is_anything_later(db, now)?)));
    match looked {
        Ok((errands, is_later)) => {
            for errand in errands {
                underway.begin(org, errand);
            }
            is_later.then_some(LOOK)
        }
        Err(error) => {
            tracing::error!(%error, "the apps that are to be told of a universal logout cannot be read");
            Some(TROUBLE)
        }
    }
}

/// One attempt, and what follows from it.
async fn tell(org: &WeakOrg, errand: Errand) -> Result<(), Failure> {
    let Some(held) = org.upgrade() else {
        return Ok(());
    };
    let assertion = sign_revocation_assertion(
        &held.servers().org,
        (&errand.app, &errand.uri),
        held.now(),
        held.entropy(),
    )?;
    let outbound = held.outbound().clone();
    drop(held);
    let outcome = match build(&errand, &assertion) {
        Ok(request) => judge(outbound.send(request).await),
        Err(error) => Outcome::Refused(format!("the address cannot be called: {error}")),
    };
    let Some(held) = org.upgrade() else {
        return Ok(());
    };
    finish(&held, errand, outcome).await
}

async fn finish(org: &Org, errand: Errand, outcome: Outcome) -> Result<(), Failure> {
    let (now, entropy) = (org.now(), org.kit().entropy);
    let failures = errand.attempts + 1;
    if let (Outcome::Failed(reason), Some(pause)) = (&outcome, pause_after(failures)) {
        tracing::warn!(
            app = errand.app.as_str(),
            reason,
            "an app will be told of a universal logout later"
        );
        let due_at = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
        return org
            .store()
            .write(move |db| postpone(db, errand.id, due_at).map_err(Failure::from))
            .await;
    }
    org.store()
        .write(move |db| {
            settle(db, errand.id)?;
            let app = events::app_of(db, &errand.app)?;
            let event = Event::of(EventType::UniversalLogout)
                .to(errand.target())
                .to(app)
                .debug("cause", errand.event.as_str())
                .debug("endpoint", errand.uri.as_str())
                .debug("attempts", failures);
            let event = match outcome {
                Outcome::Done => event,
                Outcome::Refused(reason) | Outcome::Failed(reason) => {
                    event.ended(events::Outcome::Failure, reason)
                }
            };
            let origin = Origin {
                request: errand.request,
                ..Origin::of_the_org()
            };
            record(db, &event, &origin, &*entropy, now).map_err(Failure::from)
        })
        .await
}
