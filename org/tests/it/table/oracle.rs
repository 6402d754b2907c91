//! No session before everything is met: whatever people do, in whatever order, a session of the org exists exactly when a
//! judge who knows nothing of the engine says that enough was proved.

use proptest::prelude::*;
use testkit::TestOrg;
use tokio::runtime::Runtime;

use super::face::{Act, Face, Question};
use super::idx::Idx;

const PASSWORD: &str = "Correct-horse-7";
const PEOPLE: [&str; 5] = ["ann", "cat", "fay", "ivy", "nil"];
const APPS: [&str; 4] = ["Pwd", "One", "Two", "Mfa"];

/// What a person does, fitting or not.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Identify(usize),
    Password {
        is_right: bool,
    },
    Code {
        is_right: bool,
    },
    Choose(&'static str),
    Skip,
    Recover,
    Cancel,
    /// An administrator suspends the person, or lets them in again.
    Suspend(bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (0..PEOPLE.len()).prop_map(Deed::Identify),
        4 => prop::bool::weighted(0.8).prop_map(|is_right| Deed::Password { is_right }),
        4 => prop::bool::weighted(0.8).prop_map(|is_right| Deed::Code { is_right }),
        4 => prop::sample::select(&["okta_password", "okta_email", "phone_number"][..])
            .prop_map(Deed::Choose),
        1 => Just(Deed::Skip),
        1 => Just(Deed::Recover),
        1 => Just(Deed::Cancel),
        1 => any::<bool>().prop_map(Deed::Suspend),
    ]
}

/// The judge: what was proved of whom, since the interaction began or began again.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of one another"
)]
struct Judge {
    who: Option<&'static str>,
    /// The last answer was given while its owner was suspended.
    is_suspended: bool,
    knows_password: bool,
    has_email: bool,
    has_phone: bool,
    is_recovering: bool,
}

impl Judge {
    fn may_sign_in(&self) -> bool {
        matches!(self.who, Some("ann" | "cat" | "fay")) && !self.is_suspended
    }

    fn has_something(&self) -> bool {
        self.has_email || self.has_phone
    }

    /// Whether it is enough for this app.
    fn is_enough(&self, app: &str) -> bool {
        let is_enough = match app {
            "Pwd" => self.knows_password,
            "One" => self.knows_password || self.has_something(),
            _ => self.knows_password && self.has_something(),
        };
        is_enough && self.may_sign_in() && !self.is_recovering
    }

    /// Takes note of an answer that is right, to the question that was asked.
    fn prove(&mut self, question: &Question) {
        if !self.may_sign_in() {
            return;
        }
        if let Question::Answer(method) = question {
            match method.as_str() {
                "password" => self.knows_password = true,
                "email" => self.has_email = true,
                "sms" | "voice" => self.has_phone = true,
                _ => {}
            }
        }
    }
}

struct Trial<'a> {
    org: &'a TestOrg,
    face: Idx,
    judge: Judge,
}

impl Trial<'_> {
    async fn perform(&mut self, deed: Deed) {
        let question = self.face.seen().question;
        match (deed, &question) {
            (Deed::Identify(person), Question::Identify) => {
                let name = PEOPLE[person];
                self.judge.who = Some(name);
                self.judge.is_suspended = name == "ivy";
                self.face
                    .act(Act::Identify(&format!("{name}@example.com")))
                    .await;
            }
            (Deed::Password { is_right }, Question::Answer(method)) => {
                if is_right && method == "password" && self.judge.who != Some("fay") {
                    self.judge.prove(&question);
                }
                let passcode = if is_right { PASSWORD } else { "wrong" };
                self.face.act(Act::Passcode(passcode)).await;
            }
            (Deed::Code { is_right }, Question::Answer(method)) => {
                let sent = self.sent(method);
                let code = sent.filter(|_| is_right);
                if code.is_some() {
                    self.judge.prove(&question);
                }
                let code = code.unwrap_or_else(|| "000000".to_owned());
                self.face.act(Act::Passcode(&code)).await;
            }
            (Deed::Choose(key), Question::Choose(keys)) if keys.iter().any(|one| one == key) => {
                self.face.act(Act::Choose(key, None)).await;
            }
            (Deed::Choose(_), Question::PhoneMethod) => {
                self.face
                    .act(Act::Choose("phone_number", Some("sms")))
                    .await;
            }
            (Deed::Skip, Question::SetUp(_, true)) => {
                self.face.act(Act::Skip).await;
            }
            (Deed::Recover, Question::Answer(method))
                if method == "password" && self.face.may_recover() =>
            {
                self.judge = Judge {
                    who: self.judge.who,
                    is_suspended: self.judge.is_suspended,
                    is_recovering: true,
                    ..Judge::default()
                };
                self.face.act(Act::Recover).await;
            }
            (Deed::Cancel, _) if !matches!(question, Question::Done) => {
                self.judge = Judge::default();
                self.face.cancel().await;
            }
            (Deed::Suspend(is_suspended), _) => self.suspend(is_suspended),
            _ => {}
        }
    }

    fn suspend(&mut self, is_suspended: bool) {
        let Some(who @ ("ann" | "cat" | "fay")) = self.judge.who else {
            return;
        };
        self.judge.is_suspended = is_suspended;
        let status = if is_suspended { "SUSPENDED" } else { "ACTIVE" };
        self.org
            .set_user_status(&format!("{who}@example.com"), status);
    }

    fn sent(&self, method: &str) -> Option<String> {
        let to = match method {
            "email" => format!("{}@example.com", self.judge.who?),
            "sms" | "voice" => "+15551234567".to_owned(),
            _ => return None,
        };
        self.org
            .inbox(&to)
            .into_iter()
            .find_map(|message| message.code)
    }

    fn has_session(&self) -> bool {
        let database = self.org.database();
        let count: i64 = database
            .query_row("SELECT count(*) FROM sessions", [], |row| row.get(0))
            .expect("a number");
        count > 0
    }
}

/// Everybody is as the seed says, and nobody is signed in.
fn clean(org: &TestOrg) {
    for table in ["sessions", "attempts", "messages", "interactions"] {
        org.execute(&format!("DELETE FROM {table}"), []);
    }
    org.execute(
        "UPDATE users SET status = 'ACTIVE' WHERE status IN ('SUSPENDED', 'LOCKED_OUT')",
        [],
    );
    org.set_user_status("ivy@example.com", "SUSPENDED");
}

#[test]
fn a_session_exists_exactly_when_enough_was_proved() {
    let runtime = Runtime::new().expect("a runtime");
    let org = runtime.block_on(TestOrg::with_seed(include_str!("seed.json")));
    let deeds = prop::collection::vec(deed(), 1..=8);
    proptest!(|(deeds in deeds, app in prop::sample::select(&APPS[..]))| {
        clean(&org);
        runtime.block_on(async {
            let face = Idx::begin(&org, app).await;
            let mut trial = Trial { org: &org, face, judge: Judge::default() };
            for deed in &deeds {
                trial.perform(*deed).await;
                let question = trial.face.seen().question;
                let is_done = question == Question::Done;
                prop_assert_eq!(trial.has_session(), is_done, "{:?}", question);
                let is_enough = trial.judge.is_enough(app);
                let is_setting_up = matches!(question, Question::SetUp(..) | Question::New(_));
                if is_done {
                    prop_assert!(is_enough, "signed in by {:?}", trial.judge);
                    break;
                }
                let is_waiting = matches!(deed, Deed::Suspend(_));
                prop_assert!(
                    !is_enough || is_setting_up || is_waiting,
                    "not signed in by {:?}, but asked {:?}", trial.judge, question
                );
            }
            Ok(())
        })?;
    });
}
