use http::HeaderMap;
use serde_json::Value;
use testkit::{Browser, ORG_URL, Page, TestOrg};

use crate::support::{basic, claims, oauth_error};

pub(super) const SECRET: &str = "Correct-horse-7";
pub(super) const PHONE: &str = "+15551234567";

pub(super) const OTP: &str = "urn:okta:params:oauth:grant-type:otp";
pub(super) const OOB: &str = "urn:okta:params:oauth:grant-type:oob";
pub(super) const MFA_OTP: &str = "http://auth0.com/oauth/grant-type/mfa-otp";
pub(super) const MFA_OOB: &str = "http://auth0.com/oauth/grant-type/mfa-oob";

/// The people, apps and policies of the table, where every app may ask people itself.
pub(super) async fn start() -> TestOrg {
    let mut seed: Value =
        serde_json::from_str(include_str!("../table/seed.json")).expect("a seed in JSON");
    for app in seed["apps"].as_array_mut().expect("apps") {
        let grants = app["grantTypes"].as_array_mut().expect("grants");
        for grant in ["password", OTP, OOB, MFA_OTP, MFA_OOB, "refresh_token"] {
            grants.push(grant.into());
        }
    }
    TestOrg::with_seed(&seed.to_string()).await
}

/// An app that asks people itself.
#[derive(Debug)]
pub(super) struct App<'a> {
    org: &'a TestOrg,
    browser: Browser,
    client_id: String,
    headers: HeaderMap,
}

impl<'a> App<'a> {
    /// One of the table, by its short name.
    pub(super) fn of_table(org: &'a TestOrg, name: &str) -> Self {
        let client_id = format!("{:0<20}", format!("0oaTable{name}"));
        let headers = if name == "Pwd" {
            basic(&client_id, "table-secret")
        } else {
            HeaderMap::new()
        };
        Self {
            org,
            browser: org.browser(),
            client_id,
            headers,
        }
    }

    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let url = format!("{ORG_URL}/oauth2/v1/{path}");
        let mut fields = fields.to_vec();
        if self.headers.is_empty() {
            fields.push(("client_id", &self.client_id));
        }
        self.browser
            .post_with(&url, self.headers.clone(), &fields)
            .await
    }

    pub(super) async fn password(&mut self, login: &str, password: &str) -> Page {
        let fields = [
            ("grant_type", "password"),
            ("username", login),
            ("password", password),
            ("scope", "openid profile"),
        ];
        self.post("token", &fields).await
    }

    pub(super) async fn otp(&mut self, login: &str, otp: &str) -> Page {
        let fields = [
            ("grant_type", OTP),
            ("login_hint", login),
            ("otp", otp),
            ("scope", "openid"),
        ];
        self.post("token", &fields).await
    }

    pub(super) async fn mfa_otp(&mut self, mfa_token: &str, otp: &str) -> Page {
        let fields = [
            ("grant_type", MFA_OTP),
            ("mfa_token", mfa_token),
            ("otp", otp),
        ];
        self.post("token", &fields).await
    }

    pub(super) async fn challenge(&mut self, mfa_token: &str, channel: &str) -> Page {
        let types = format!("{MFA_OOB} {MFA_OTP}");
        let fields = [
            ("mfa_token", mfa_token),
            ("challenge_types_supported", &types),
            ("channel_hint", channel),
        ];
        self.post("challenge", &fields).await
    }

    pub(super) async fn mfa_oob(&mut self, mfa_token: &str, oob_code: &str, code: &str) -> Page {
        let fields = [
            ("grant_type", MFA_OOB),
            ("mfa_token", mfa_token),
            ("oob_code", oob_code),
            ("binding_code", code),
        ];
        self.post("token", &fields).await
    }

    pub(super) async fn primary(&mut self, login: &str, channel: &str) -> Page {
        let fields = [
            ("login_hint", login),
            ("channel_hint", channel),
            ("challenge_hint", OOB),
            ("scope", "openid"),
        ];
        self.post("primary-authenticate", &fields).await
    }

    pub(super) async fn oob(&mut self, oob_code: &str, code: &str) -> Page {
        let fields = [
            ("grant_type", OOB),
            ("oob_code", oob_code),
            ("binding_code", code),
        ];
        self.post("token", &fields).await
    }

    /// What the person's authenticator app shows; somebody without one guesses.
    pub(super) async fn shown(&self, login: &str) -> String {
        let url = format!("{ORG_URL}/dev/totp?login={login}");
        let answer = self.org.browser().get(&url).await.json();
        let code = answer["codes"][0]["code"].as_str();
        code.unwrap_or("000000").to_owned()
    }

    /// The newest code that came by telephone; somebody who got none guesses.
    pub(super) fn received(&self, before: usize) -> String {
        let inbox = self.org.inbox(PHONE);
        let code = (inbox.len() > before)
            .then(|| inbox.into_iter().find_map(|message| message.code))
            .flatten();
        code.unwrap_or_else(|| "000000".to_owned())
    }
}

/// A member of an answer that is a text.
pub(super) fn text(answer: &Page, name: &str) -> String {
    let value = answer.json()[name].as_str().map(str::to_owned);
    value.unwrap_or_else(|| panic!("{name} in {}", answer.text()))
}

/// An answer in a word.
pub(super) fn outcome(answer: &Page) -> String {
    if answer.status == 200 {
        let tokens = answer.json();
        let amr = claims(&tokens["id_token"])["amr"].to_string();
        return format!("tokens{amr}").replace('"', "");
    }
    let (error, description) = oauth_error(answer);
    let word = [
        ("credentials provided", "credentials"),
        ("'otp' provided", "code"),
        ("additional authenticator", "mfa"),
        ("assurance requirements", "assurance"),
        ("can't be used", "unusable"),
        ("isn't assigned", "unassigned"),
        ("not assigned", "unassigned"),
        ("Policy evaluation", "denied"),
        ("rate limit", "slower"),
    ]
    .into_iter()
    .find_map(|(part, word)| description.contains(part).then_some(word));
    let word = word.map_or_else(|| format!("{error}: {description}"), str::to_owned);
    format!("{} {word}", answer.status.as_u16())
}
