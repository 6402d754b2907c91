//! Goes through a sign-in as an ordinary person does: takes the first way that is offered, and gives the right answers.

use testkit::{ORG_URL, TestOrg};

use super::face::{Act, Face, Question, Seen};

const PASSWORD: &str = "Correct-horse-7";
const NEW_PASSWORD: &str = "Another-horse-8";
const NUMBER: &str = "+15557654321";
/// More steps than any sign-in has.
const LONGEST: usize = 16;

/// What is asked until the end, with ` > ` between.
pub(super) async fn walk(org: &TestOrg, face: Box<dyn Face>, user: &str, way: &str) -> String {
    let mut walk = Walk {
        org,
        face,
        login: format!("{user}@example.com"),
        number: NUMBER,
        steps: Vec::new(),
    };
    walk.begin(way).await;
    while walk.steps.len() < LONGEST && walk.go_on().await {}
    walk.steps.join(" > ")
}

struct Walk<'a> {
    org: &'a TestOrg,
    face: Box<dyn Face>,
    login: String,
    number: &'static str,
    steps: Vec<String>,
}

impl Walk<'_> {
    async fn begin(&mut self, way: &str) {
        let login = self.login.clone();
        match way {
            "register" => {
                self.act(Act::Register).await;
                let profile = [
                    ("email", login.as_str()),
                    ("firstName", "New"),
                    ("lastName", "Comer"),
                ];
                self.act(Act::Profile(&profile)).await;
            }
            "recover" => {
                self.act(Act::Identify(&login)).await;
                self.act(Act::Recover).await;
            }
            _ => {
                self.act(Act::Identify(&login)).await;
            }
        }
    }

    async fn act(&mut self, act: Act<'_>) -> Seen {
        let seen = self.face.act(act).await;
        self.steps.push(seen.question.to_string());
        seen
    }

    /// Answers the present question. `false`: that was the end.
    async fn go_on(&mut self) -> bool {
        let seen = self.face.seen();
        let answered = match seen.question.clone() {
            Question::Done | Question::Stop(_) => return false,
            Question::Identify | Question::Profile => return self.refuse(),
            Question::Answer(method) => {
                let passcode = self.passcode(&method).await;
                self.act(Act::Passcode(&passcode)).await
            }
            Question::Choose(keys) => {
                let first = keys.first().expect("something to choose").clone();
                self.act(Act::Choose(&first, None)).await
            }
            Question::PhoneMethod => self.act(Act::Choose("phone_number", Some("sms"))).await,
            Question::SetUp(_, true) => self.act(Act::Skip).await,
            Question::SetUp(keys, false) => {
                let first = keys.first().expect("something to set up").clone();
                self.act(Act::Choose(&first, None)).await
            }
            Question::PhoneNumber => {
                let number = self.number;
                self.act(Act::Number(number)).await
            }
            Question::New(key) if key == "okta_password" => {
                self.act(Act::NewPassword(NEW_PASSWORD)).await
            }
            // Nobody here has an app or a key to set up.
            Question::New(key) if !matches!(key.as_str(), "okta_email" | "phone_number") => {
                return false;
            }
            Question::New(key) => {
                let passcode = self.new_passcode(&key);
                self.act(Act::Passcode(&passcode)).await
            }
            Question::Expired | Question::Reset => self.act(Act::NewPassword(NEW_PASSWORD)).await,
        };
        // The same question again, with a complaint.
        if answered.is_refused && answered.question == seen.question {
            self.steps.pop();
            return self.refuse();
        }
        true
    }

    fn refuse(&mut self) -> bool {
        self.steps.push("refused".to_owned());
        false
    }

    async fn passcode(&self, method: &str) -> String {
        match method {
            "password" => PASSWORD.to_owned(),
            "email" => self.sent(&self.login),
            "sms" | "voice" => self.sent("+15551234567"),
            "security_question" => "Liver and onions".to_owned(),
            "otp" => self.totp().await,
            other => panic!("no answer to {other}"),
        }
    }

    async fn totp(&self) -> String {
        let url = format!("{ORG_URL}/dev/totp?login={}", self.login);
        let answer = self.org.browser().get(&url).await;
        let code = answer.json()["codes"][0]["code"]
            .as_str()
            .map(str::to_owned);
        code.unwrap_or_else(|| panic!("a code in {}", answer.text()))
    }

    fn new_passcode(&self, key: &str) -> String {
        match key {
            "okta_email" => self.sent(&self.login),
            "phone_number" => self.sent(self.number),
            other => panic!("{other} is not set up here"),
        }
    }

    /// The newest code that was sent there; somebody to whom none was sent guesses.
    fn sent(&self, to: &str) -> String {
        let code = self
            .org
            .inbox(to)
            .into_iter()
            .find_map(|message| message.code);
        code.unwrap_or_else(|| "000000".to_owned())
    }
}
