//! The hosted page, by its headings and forms.

use testkit::{Browser, Page, TestOrg};

use super::face::{Act, Face, Pending, Question, Seen};
use crate::support::{Authorize, callback};

pub(super) struct Hosted {
    browser: Browser,
    page: Page,
    begin: String,
}

impl Hosted {
    pub(super) async fn begin(org: &TestOrg, app: &str) -> Self {
        let mut browser = org.browser();
        let client_id = format!("{:0<20}", format!("0oaTable{app}"));
        let request = Authorize::app(&client_id, &callback()).with("scope", "openid");
        let begin = request.url();
        let page = browser.visit(&begin).await;
        Self {
            browser,
            page,
            begin,
        }
    }

    /// Comes to the app once more, in the same browser.
    pub(super) async fn again(&mut self) {
        self.page = self.browser.visit(&self.begin).await;
    }

    pub(super) fn text(&self) -> String {
        self.page.text()
    }

    /// Gives the wrong answer to whatever is asked.
    pub(super) async fn wrong(&mut self) {
        let question = self.question();
        if let Question::Choose(keys) = &question {
            let first = keys.first().expect("something to choose").clone();
            self.act(Act::Choose(&first, None)).await;
        }
        self.act(Act::Passcode("000000")).await;
    }

    fn heading(&self) -> String {
        let text = self.page.text();
        let (_, rest) = text.split_once("<h1").unwrap_or_default();
        let (_, rest) = rest.split_once('>').unwrap_or_default();
        let (heading, _) = rest.split_once("</h1>").unwrap_or_default();
        heading.replace("&#39;", "'").replace("&#x27;", "'")
    }

    fn has_form(&self, answer: &str) -> bool {
        let text = self.page.text();
        text.contains(&format!("/{answer}\">"))
    }

    /// The values of the buttons that choose.
    fn choices(&self) -> Vec<String> {
        let text = self.page.text();
        text.split("name=\"choice\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect()
    }

    /// The authenticators that can be chosen.
    pub(super) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self
            .choices()
            .iter()
            .filter_map(|choice| choice.split('/').next().map(str::to_owned))
            .collect();
        keys.dedup();
        keys
    }

    fn question(&self) -> Question {
        if let Some(end) = self.end() {
            return end;
        }
        let answer = |method: &str| Question::Answer(method.to_owned());
        let new = |key: &str| Question::New(key.to_owned());
        match self.heading().as_str() {
            "Sign in" | "Reset your password" if self.has_form("identify") => Question::Identify,
            "Verify with your password" => answer("password"),
            "Verify with your email" => answer("email"),
            "Verify with your phone" if !self.has_form("code") => Question::PhoneMethod,
            "Verify with your phone" if self.page.text().contains("We are calling") => {
                answer("voice")
            }
            "Verify with your phone" => answer("sms"),
            "Verify with Google Authenticator" => answer("otp"),
            "Verify with Okta Verify" => answer("totp"),
            "Verify with a passkey" => answer("webauthn"),
            "Verify with your Security Question" => answer("security_question"),
            "Verify it's you with a security method" => Question::Choose(self.keys()),
            "Set up security methods" => Question::SetUp(self.keys(), self.has_form("skip")),
            "Set up phone authentication" if self.has_form("code") => new("phone_number"),
            "Set up phone authentication" => Question::PhoneNumber,
            "Set up password" => new("okta_password"),
            "Set up Google Authenticator" => new("google_otp"),
            "Set up Okta Verify" => new("okta_verify"),
            "Set up a passkey" => new("webauthn"),
            "Set up security question" => new("security_question"),
            "Your password has expired" => Question::Expired,
            "Reset your password" if self.has_form("new-password") => Question::Reset,
            "Sign up" if self.has_form("profile") => Question::Profile,
            _ => Question::Stop(self.reason()),
        }
    }

    /// The browser was sent to the app: with a code, or with an error.
    fn end(&self) -> Option<Question> {
        if !self.page.header("location").starts_with(&callback()) {
            return None;
        }
        if self.page.location_parameter("code").is_some() {
            return Some(Question::Done);
        }
        let text = self.page.location_parameter("error_description");
        let text = text.unwrap_or_default();
        let reason = if text.contains("not assigned") {
            "unassigned".to_owned()
        } else if text.contains("'acr_values' parameter cannot be met") {
            "unsatisfiable".to_owned()
        } else {
            text
        };
        Some(Question::Stop(reason))
    }

    fn reason(&self) -> String {
        let text = self.page.text();
        for (words, reason) in [
            ("Unable to login", "unsatisfiable"),
            ("Unable to sign in to", "unsatisfiable"),
            ("do not have permission", "denied"),
            ("Reset password is not allowed", "no reset"),
        ] {
            if text.contains(words) {
                return reason.to_owned();
            }
        }
        text
    }

    async fn send(&mut self, answer: &str, fields: &[(&str, &str)]) {
        let form = self.page.form(&format!("/{answer}"));
        let next = self.browser.submit(&self.page, form, fields).await;
        self.page = if next.header("location").starts_with("/signin/") {
            self.browser.follow(next).await
        } else {
            next
        };
    }
}

impl Face for Hosted {
    fn seen(&self) -> Seen {
        Seen {
            question: self.question(),
            is_refused: self.page.text().contains("role=\"alert\"")
                || self.page.text().contains("aria-invalid=\"true\""),
        }
    }

    fn act<'a>(&'a mut self, act: Act<'a>) -> Pending<'a> {
        Box::pin(async move {
            match act {
                Act::Identify(login) => self.send("identify", &[("identifier", login)]).await,
                Act::Passcode(passcode) => {
                    let name = if self.has_form("password") {
                        "password"
                    } else if self.has_form("answer") {
                        "answer"
                    } else {
                        "code"
                    };
                    self.send(name, &[(name, passcode)]).await;
                }
                Act::NewPassword(password) => {
                    let fields = [("password", password), ("confirm", password)];
                    self.send("new-password", &fields).await;
                }
                Act::Choose(key, method) => {
                    let choice = match method {
                        Some(method) => format!("{key}/{method}"),
                        None => key.to_owned(),
                    };
                    let all = self.choices();
                    let offered = all.iter().find(|offered| {
                        **offered == choice || offered.starts_with(&format!("{choice}/"))
                    });
                    let offered = offered
                        .unwrap_or_else(|| panic!("{choice} among {all:?}"))
                        .clone();
                    self.send("choose", &[("choice", &offered)]).await;
                }
                Act::Number(number) => {
                    let sms = self
                        .choices()
                        .into_iter()
                        .find(|choice| choice.ends_with("/sms"))
                        .unwrap_or_else(|| "phone_number/sms".to_owned());
                    let fields = [("choice", sms.as_str()), ("phoneNumber", number)];
                    self.send("choose", &fields).await;
                }
                Act::Skip => self.send("skip", &[]).await,
                Act::Recover => self.send("recover", &[]).await,
                Act::Register => self.send("register", &[]).await,
                Act::Profile(values) => self.send("profile", values).await,
            }
            self.seen()
        })
    }
}
