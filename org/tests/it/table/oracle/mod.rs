//! No session before everything is met: whatever people do, in whatever order, a session of the org exists exactly when a
//! judge who knows nothing of the engine says that enough was proved; and nobody chooses a new password without a proof.
//!
//! `PROPTEST_CASES=10000 cargo test -p org --test it table::oracle` looks at more walks than the usual 256.

mod deed;
mod judge;
mod trial;

use std::cell::Cell;

use proptest::prelude::*;
use testkit::TestOrg;
use tokio::runtime::Runtime;

use super::face::{Face, Question};
use deed::{Deed, walk};
use trial::Trial;

/// Everybody is as the seed says, and nobody is signed in.
struct Beginning {
    /// Logins with the hashes of their passwords.
    passwords: Vec<(String, Option<String>)>,
}

impl Beginning {
    fn of(org: &TestOrg) -> Self {
        let database = org.database();
        let mut query = database
            .prepare("SELECT id, password_hash FROM users")
            .expect("a query");
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("rows");
        Self {
            passwords: rows.map(|row| row.expect("a row")).collect(),
        }
    }

    fn restore(&self, org: &TestOrg) {
        for table in [
            "sessions",
            "attempts",
            "messages",
            "interactions",
            "password_history",
        ] {
            org.execute(&format!("DELETE FROM {table}"), []);
        }
        for (id, hash) in &self.passwords {
            org.execute(
                "UPDATE users SET password_hash = ?2 WHERE id = ?1 AND password_hash IS NOT ?2",
                (id, hash),
            );
        }
        org.execute(
            "UPDATE users SET status = 'ACTIVE' WHERE status IN ('SUSPENDED', 'LOCKED_OUT')",
            [],
        );
        org.set_user_status("ivy@example.com", "SUSPENDED");
        // As many letters as before may be sent again.
        org.clock.advance_seconds(3600);
    }
}

/// Goes on until the end. The judge agrees after each step.
async fn judge_all(trial: &mut Trial<'_>, deeds: &[Deed], app: &str) -> Result<(), TestCaseError> {
    for deed in deeds {
        trial.perform(*deed).await;
        let question = trial.face.seen().question;
        let is_done = question == Question::Done;
        prop_assert_eq!(trial.has_session(), is_done, "{:?}", question);
        let judge = &trial.judge;
        prop_assert!(
            question != Question::Reset || judge.may_reset(),
            "a new password by {:?}",
            judge
        );
        let is_enough = judge.is_enough(app);
        if is_done {
            prop_assert!(is_enough, "signed in by {:?}", judge);
            break;
        }
        let is_setting_up = matches!(
            question,
            Question::SetUp(..) | Question::New(_) | Question::PhoneNumber
        );
        let is_waiting = matches!(deed, Deed::Suspend(_));
        prop_assert!(
            !is_enough || is_setting_up || is_waiting,
            "not signed in by {:?}, but asked {:?}",
            judge,
            question
        );
    }
    Ok(())
}

#[test]
fn a_session_exists_exactly_when_enough_was_proved() {
    let runtime = Runtime::new().expect("a runtime");
    let org = runtime.block_on(TestOrg::with_seed(include_str!("../seed.json")));
    let beginning = Beginning::of(&org);
    let [trials, resets, registrations] = [const { Cell::new(0_usize) }; 3];
    proptest!(|((deeds, app) in walk())| {
        beginning.restore(&org);
        trials.set(trials.get() + 1);
        runtime.block_on(async {
            let mut trial = Trial::begin(&org, app, trials.get()).await;
            judge_all(&mut trial, &deeds, app).await?;
            let is_done = trial.face.seen().question == Question::Done;
            resets.set(resets.get() + usize::from(is_done && trial.has_reset));
            registrations.set(registrations.get() + usize::from(is_done && trial.has_registered));
            Ok::<(), TestCaseError>(())
        })?;
    });
    let ends = [resets.get(), registrations.get()];
    assert!(
        ends.iter().all(|count| *count * 50 > trials.get()),
        "{ends:?} of {} walks went to the end of a recovery and of a registration",
        trials.get()
    );
}
