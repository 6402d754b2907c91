//! Refresh tokens that count once, as an org hands them out that rotates them and notices reuse.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Response;
use model::Clock;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::answers::json_answer;
use super::tokens::of;
use super::{CANARY, Fault, Grant, Provider, id_token};

/// What comes from one sign-in: refresh tokens of which the newest counts.
#[derive(Debug)]
pub(super) struct Family {
    subject: String,
    auth_time: i64,
    /// The newest token.
    number: usize,
    /// When the newest token came to be.
    since: i64,
    is_dead: bool,
}

/// How the provider treats refresh tokens.
#[derive(Debug, Default)]
pub(super) struct Refreshing {
    /// How long a token that was used may be used once more, in seconds. `None`: there are no refresh tokens.
    leeway: Option<i64>,
    families: Vec<Family>,
    next_access: usize,
    reuses: usize,
}

impl Provider {
    /// Offers `offline_access` from now on, and accepts a used refresh token for `leeway` seconds more.
    pub fn offer_refresh(&self, leeway: i64) {
        self.state().refreshing.leeway = Some(leeway);
    }

    /// How often a refresh token was presented after its time, which ended all that came from that sign-in.
    pub fn reuses(&self) -> usize {
        self.state().refreshing.reuses
    }

    /// Ends every refresh token, as an administrator can.
    pub fn end_all_refresh_tokens(&self) {
        for family in &mut self.state().refreshing.families {
            family.is_dead = true;
        }
    }

    pub(super) fn offers_refresh(&self) -> bool {
        self.state().refreshing.leeway.is_some()
    }

    /// The first token of a sign-in, where it was asked for and is offered.
    pub(super) fn first_refresh_token(&self, grant: &Grant) -> Option<String> {
        let now = self.clock.now().as_second();
        let mut state = self.state();
        let mut scopes = grant.scope.split(' ');
        let is_asked = scopes.any(|scope| scope == "offline_access");
        if !is_asked || state.refreshing.leeway.is_none() {
            return None;
        }
        let families = &mut state.refreshing.families;
        families.push(Family {
            subject: grant.subject.clone(),
            auth_time: now - 5,
            number: 1,
            since: now,
            is_dead: false,
        });
        Some(token(families.len() - 1, 1))
    }

    /// RFC 6749 §6.
    pub(super) fn refresh(&self, fault: Fault, form: &BTreeMap<String, String>) -> Response<Bytes> {
        let used = form
            .get("refresh_token")
            .and_then(|token| self.use_refresh_token(token));
        let Some((next, auth_time, subject)) = used else {
            return json_answer(
                400,
                &json!({
                    "error": "invalid_grant",
                    "error_description": "The refresh token is invalid or expired.",
                }),
            );
        };
        let access_token = {
            let mut state = self.state();
            state.refreshing.next_access += 1;
            let padding = match fault {
                Fault::LongTokens => id_token::incompressible(4_000),
                _ => String::new(),
            };
            format!(
                "{CANARY}-{}{padding}{}",
                state.refreshing.next_access,
                of(&subject)
            )
        };
        let mut claims = id_token::honest_claims(self.clock.now().as_second(), "", &access_token);
        claims.remove("nonce");
        claims.insert("auth_time".to_owned(), json!(auth_time));
        claims.insert("sub".to_owned(), json!(subject));
        let mut response = json!({
            "token_type": "Bearer",
            "expires_in": 3600,
            "access_token": access_token,
            "scope": "openid profile email offline_access",
            "refresh_token": next,
            "id_token": self.signed(fault, claims),
        });
        if fault == Fault::WithoutIdToken {
            super::remove(&mut response, &["id_token"]);
        }
        json_answer(200, &response)
    }

    /// The next token, when the person signed in, and who that is.
    fn use_refresh_token(&self, presented: &str) -> Option<(String, i64, String)> {
        let now = self.clock.now().as_second();
        let mut state = self.state();
        let refreshing = &mut state.refreshing;
        let leeway = refreshing.leeway?;
        let (index, number) = read(presented)?;
        let family = refreshing.families.get_mut(index)?;
        if family.is_dead {
            return None;
        }
        let is_newest = number == family.number;
        let is_in_leeway = number + 1 == family.number && now < family.since + leeway;
        if !is_newest && !is_in_leeway {
            family.is_dead = true;
            refreshing.reuses += 1;
            return None;
        }
        if is_newest {
            family.number += 1;
            family.since = now;
        }
        let subject = family.subject.clone();
        Some((token(index, family.number), family.auth_time, subject))
    }

    /// Ends the family of a refresh token.
    pub(super) fn end_family(&self, presented: &str) {
        let family = read(presented).map(|(index, _)| index);
        if let Some(index) = family
            && let Some(family) = self.state().refreshing.families.get_mut(index)
        {
            family.is_dead = true;
        }
    }

    fn signed(&self, fault: Fault, mut claims: Map<String, Value>) -> String {
        let now = self.clock.now().as_second();
        id_token::spoil_claims(fault, &mut claims, now);
        id_token::spoil_refreshed(fault, &mut claims);
        self.sign_claims(fault, claims)
    }
}

fn token(family: usize, number: usize) -> String {
    format!("refresh-{family}-{number}")
}

fn read(token: &str) -> Option<(usize, usize)> {
    let (family, number) = token.strip_prefix("refresh-")?.split_once('-')?;
    Some((family.parse().ok()?, number.parse().ok()?))
}

/// The parameters of a form.
pub(super) fn form(body: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(body).into_owned().collect()
}
