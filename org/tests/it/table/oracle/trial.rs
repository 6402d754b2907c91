//! Somebody in front of the org, and the judge who looks on.

use testkit::TestOrg;

use super::super::face::{Act, Face, Question};
use super::super::idx::Idx;
use super::deed::{Deed, PEOPLE};
use super::judge::Judge;

const PASSWORD: &str = "Correct-horse-7";

pub(super) struct Trial<'a> {
    org: &'a TestOrg,
    app: &'static str,
    pub(super) face: Idx,
    pub(super) judge: Judge,
    /// Tells this trial from others, for names and passwords that nobody had before.
    number: usize,
    /// Who was suspended.
    suspended: Vec<String>,
    /// Who has another password than at first.
    passwords: Vec<(String, String)>,
    /// What was sent for the present question.
    code: Option<String>,
    pub(super) has_reset: bool,
    pub(super) has_registered: bool,
}

impl<'a> Trial<'a> {
    pub(super) async fn begin(org: &'a TestOrg, app: &'static str, number: usize) -> Self {
        Self {
            org,
            app,
            face: Idx::begin(org, app).await,
            judge: Judge::default(),
            number,
            suspended: Vec::new(),
            passwords: Vec::new(),
            code: None,
            has_reset: false,
            has_registered: false,
        }
    }

    pub(super) async fn perform(&mut self, deed: Deed) {
        let question = self.face.seen().question;
        match (deed, &question) {
            (Deed::Identify(person), Question::Identify) => self.identify(PEOPLE[person]).await,
            (Deed::Password { is_right }, Question::Answer(method)) => {
                if is_right && method == "password" && self.judge.who.as_deref() != Some("fay") {
                    self.judge.prove(&question);
                }
                let passcode = if is_right { self.password() } else { "wrong" }.to_owned();
                self.act(Act::Passcode(&passcode)).await;
            }
            (Deed::Code { is_right }, Question::Answer(_) | Question::New(_)) => {
                self.give_code(&question, is_right).await;
            }
            (Deed::Choose(key), Question::Choose(keys) | Question::SetUp(keys, _))
                if keys.iter().any(|one| one == key) =>
            {
                self.act(Act::Choose(key, None)).await;
            }
            (Deed::Choose(_), Question::PhoneMethod) => {
                self.act(Act::Choose("phone_number", Some("sms"))).await;
            }
            (Deed::Skip, Question::SetUp(_, true)) => self.act(Act::Skip).await,
            (Deed::Recover, Question::Answer(method))
                if method == "password" && self.face.may_recover() =>
            {
                self.judge.recover();
                self.act(Act::Recover).await;
            }
            (Deed::Register, Question::Identify) if self.app == "Free" => {
                self.act(Act::Register).await;
            }
            (Deed::Profile { is_taken }, Question::Profile) => self.register(is_taken).await,
            (Deed::NewPassword, Question::Reset | Question::New(_)) => {
                self.choose_password(&question).await;
            }
            (Deed::Cancel, _) if question != Question::Done => {
                self.judge = Judge::default();
                self.code = None;
                self.face.cancel().await;
            }
            (Deed::Suspend(is_suspended), _) => self.suspend(is_suspended),
            _ => {}
        }
    }

    /// Does it, and looks whether a code came of it.
    async fn act(&mut self, act: Act<'_>) {
        let before = self.face.seen().question;
        let sent = self.newest();
        self.face.act(act).await;
        let now = self.newest();
        if now != sent {
            self.code = now.and_then(|(_, code)| code);
        } else if self.face.seen().question != before {
            self.code = None;
        }
    }

    fn newest(&self) -> Option<(i64, Option<String>)> {
        let newest = self.org.whole_inbox().into_iter().next()?;
        Some((newest.id, newest.code))
    }

    async fn identify(&mut self, name: &str) {
        self.judge.who = Some(name.to_owned());
        self.judge.is_suspended = name == "ivy" || self.suspended.iter().any(|one| one == name);
        self.act(Act::Identify(&format!("{name}@example.com")))
            .await;
    }

    fn password(&self) -> &str {
        let mut changed = self.passwords.iter().rev();
        let own = changed.find(|(who, _)| Some(who) == self.judge.who.as_ref());
        own.map_or(PASSWORD, |(_, password)| password)
    }

    async fn give_code(&mut self, question: &Question, is_right: bool) {
        let is_asked = !matches!(question, Question::New(key) if key != "okta_email");
        if !is_asked {
            return;
        }
        let code = self.code.clone().filter(|_| is_right);
        if code.is_some() {
            self.judge.prove(question);
        }
        let code = code.unwrap_or_else(|| "000000".to_owned());
        self.act(Act::Passcode(&code)).await;
    }

    async fn register(&mut self, is_taken: bool) {
        let name = if is_taken {
            "gus".to_owned()
        } else {
            self.has_registered = true;
            format!("new{}", self.number)
        };
        let email = format!("{name}@example.com");
        self.judge.who = Some(name);
        let profile = [
            ("email", email.as_str()),
            ("firstName", "Some"),
            ("lastName", "Body"),
        ];
        self.act(Act::Profile(&profile)).await;
    }

    async fn choose_password(&mut self, question: &Question) {
        if matches!(question, Question::New(key) if key != "okta_password") {
            return;
        }
        let count = self.passwords.len();
        let password = format!("Another-horse-{}-{count}", self.number);
        let is_open = !self.judge.is_suspended;
        self.act(Act::NewPassword(&password)).await;
        if !is_open {
            return;
        }
        if *question == Question::Reset {
            self.judge.reset();
            self.has_reset = true;
        }
        self.judge.knows_password = true;
        let who = self.judge.who.clone().expect("somebody who was named");
        self.passwords.push((who, password));
    }

    fn suspend(&mut self, is_suspended: bool) {
        let Some(who @ ("ann" | "cat" | "fay")) = self.judge.who.as_deref() else {
            return;
        };
        self.judge.is_suspended = is_suspended;
        let status = if is_suspended { "SUSPENDED" } else { "ACTIVE" };
        self.org
            .set_user_status(&format!("{who}@example.com"), status);
        self.suspended.retain(|one| one != who);
        if is_suspended {
            self.suspended.push(who.to_owned());
        }
    }

    pub(super) fn has_session(&self) -> bool {
        let database = self.org.database();
        let count: i64 = database
            .query_row("SELECT count(*) FROM sessions", [], |row| row.get(0))
            .expect("a number");
        count > 0
    }
}
