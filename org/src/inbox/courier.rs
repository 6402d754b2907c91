//! Brings the pending mails to the mail server, however long that is out of reach, without anybody waiting for it.

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::time::timeout;

use super::mail_server::SendError;
use super::record::{pending_after, settle_mail};
use super::{Announcements, MailServer};
use crate::failure::Failure;
use crate::org::WeakOrg;

/// A mail that could not be delivered in this time helps nobody any more.
const TOO_LATE: SignedDuration = SignedDuration::from_hours(24);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// What came of one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    /// Nothing is pending.
    Done,
    /// Some mails are to be tried again; the server takes others.
    SomeLater,
    /// No mail can be delivered for now.
    Stuck,
    /// The org was closed.
    Closed,
}

/// Delivers mails until the org is closed. It holds the org only while it looks into the database.
pub(crate) async fn run(org: WeakOrg, server: MailServer, mut announcements: Announcements) {
    let mut pause = FIRST_PAUSE;
    loop {
        let round = round(&org, &server).await;
        let goes_on = match round {
            Round::Closed => false,
            Round::Done => announcements.heard().await,
            Round::SomeLater => timeout(pause, announcements.heard()).await.unwrap_or(true),
            // New mails would fare no better: only the end of the org ends this pause early.
            Round::Stuck => timeout(pause, closed(&mut announcements)).await.is_err(),
        };
        if !goes_on {
            return;
        }
        pause = next_pause(pause, round);
    }
}

async fn closed(announcements: &mut Announcements) {
    while announcements.heard().await {}
}

/// Twice as long after each round that left something over.
fn next_pause(pause: Duration, round: Round) -> Duration {
    match round {
        Round::Done | Round::Closed => FIRST_PAUSE,
        Round::SomeLater | Round::Stuck => (pause * 2).min(LONGEST_PAUSE),
    }
}

/// What came of trying each pending mail once.
async fn round(org: &WeakOrg, server: &MailServer) -> Round {
    try_all(org, server).await.unwrap_or_else(|failure| {
        tracing::error!(%failure, "pending mails cannot be read or marked");
        Round::Stuck
    })
}

async fn try_all(org: &WeakOrg, server: &MailServer) -> Result<Round, Failure> {
    let mut round = Round::Done;
    let mut last = 0;
    loop {
        let Some(held) = org.upgrade() else {
            return Ok(Round::Closed);
        };
        let (mail, now) = (held.store().read(|db| pending_after(db, last))?, held.now());
        drop(held);
        let Some(mail) = mail else {
            return Ok(round);
        };
        last = mail.id;
        let sent = if now.duration_since(mail.sent_at) > TOO_LATE {
            Err(SendError::Refused("it is too late".to_owned()))
        } else {
            server.send(&mail).await
        };
        match sent {
            Ok(()) => settle(org, last, Some(now)).await?,
            Err(error @ SendError::Refused(_)) => {
                tracing::warn!(message = last, %error, "a mail is given up");
                settle(org, last, None).await?;
            }
            Err(error @ SendError::Later(_)) => {
                tracing::warn!(message = last, %error, "a mail will be tried again");
                round = Round::SomeLater;
            }
            Err(error @ SendError::Unreachable(_)) => {
                tracing::warn!(%error, "mails wait");
                return Ok(Round::Stuck);
            }
        }
    }
}

/// A mail waits no longer: it was delivered, or never will be.
async fn settle(org: &WeakOrg, id: i64, delivered_at: Option<Timestamp>) -> Result<(), Failure> {
    let Some(org) = org.upgrade() else {
        return Ok(());
    };
    org.store()
        .write(move |db| settle_mail(db, id, delivered_at).map_err(Failure::from))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute_and_start_over_when_everything_is_delivered() {
        let pauses: Vec<Duration> = std::iter::successors(Some(FIRST_PAUSE), |pause| {
            Some(next_pause(*pause, Round::Stuck))
        })
        .take(12)
        .collect();
        assert!(pauses.is_sorted());
        assert_eq!(pauses.last(), Some(&LONGEST_PAUSE));
        assert_eq!(next_pause(LONGEST_PAUSE, Round::Done), FIRST_PAUSE);
    }
}
