use http::{HeaderMap, Method};
use serde::Deserialize;
use serde_json::json;

use super::call::Call;
use super::wire::is_id;
use super::{AccountAnswer, AccountTrouble};
use crate::bff::Bff;

const EMAILS: &str = "/idp/myaccount/emails";

/// The primary address of the person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEmail {
    /// Its id at the org.
    pub id: String,
    /// The address.
    pub address: String,
    /// Whether the person has proved that they read it.
    pub is_verified: bool,
}

#[derive(Deserialize)]
struct WireEmail {
    id: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    roles: Vec<String>,
    profile: WireProfile,
}

#[derive(Deserialize)]
struct WireProfile {
    email: String,
}

#[derive(Deserialize)]
struct WireChallenge {
    id: String,
}

impl Bff {
    /// The primary address, if the org tells one.
    pub async fn own_email(&self, cookies: &HeaderMap) -> AccountAnswer<Option<OwnEmail>> {
        let answer = self
            .call_my_account(cookies, Call::new(Method::GET, EMAILS))
            .await;
        AccountAnswer {
            outcome: answer.outcome.and_then(|body| primary(&body)),
            cookies: answer.cookies,
        }
    }

    /// Has a code sent to an address of the person, and gives the id of the challenge that it answers.
    pub async fn challenge_email(&self, cookies: &HeaderMap, id: &str) -> AccountAnswer<String> {
        if !is_id(id) {
            return AccountAnswer::wrong_input();
        }
        let path = format!("{EMAILS}/{id}/challenge");
        // The state is for a callback that the app does not have: people type the code.
        let answer = self
            .call_my_account(cookies, Call::post(&path, json!({"state": "onboarding"})))
            .await;
        let read = |body: &[u8]| {
            let challenge: WireChallenge = serde_json::from_slice(body).ok()?;
            Some(challenge.id).filter(|id| is_challenge(id))
        };
        AccountAnswer {
            outcome: answer
                .outcome
                .and_then(|body| read(&body).ok_or(AccountTrouble::OrgRefused)),
            cookies: answer.cookies,
        }
    }

    /// Says the code that was sent to an address.
    pub async fn verify_email(
        &self,
        cookies: &HeaderMap,
        (id, challenge): (&str, &str),
        code: &str,
    ) -> AccountAnswer<()> {
        if !is_id(id) || !is_challenge(challenge) {
            return AccountAnswer::wrong_input();
        }
        let path = format!("{EMAILS}/{id}/challenge/{challenge}/verify");
        let body = json!({"verificationCode": code.trim()});
        let answer = self.call_my_account(cookies, Call::post(&path, body)).await;
        let outcome = match answer.outcome {
            // A wrong code is answered as a wrong token is, and an old challenge as an API that is not there.
            Err(AccountTrouble::NotAllowed | AccountTrouble::NotOffered) => {
                Err(AccountTrouble::WrongInput)
            }
            outcome => outcome.map(drop),
        };
        AccountAnswer {
            outcome,
            cookies: answer.cookies,
        }
    }
}

impl<T> AccountAnswer<T> {
    /// What was typed cannot be meant for the org.
    const fn wrong_input() -> Self {
        Self {
            outcome: Err(AccountTrouble::WrongInput),
            cookies: Vec::new(),
        }
    }
}

/// Okta names the roles of an address; where it does not, the first is meant.
fn primary(body: &[u8]) -> Result<Option<OwnEmail>, AccountTrouble> {
    let listed: Vec<WireEmail> =
        serde_json::from_slice(body).map_err(|_| AccountTrouble::OrgRefused)?;
    let is_primary = |one: &&WireEmail| one.roles.iter().any(|role| role == "PRIMARY");
    let found = listed.iter().find(is_primary).or(listed.first());
    let found = found.filter(|one| is_id(&one.id));
    Ok(found.map(|one| OwnEmail {
        id: one.id.clone(),
        address: one.profile.email.chars().take(254).collect(),
        is_verified: one.status == "VERIFIED",
    }))
}

/// `myaccount.` and an id: it becomes part of an address.
fn is_challenge(text: &str) -> bool {
    is_id(text.strip_prefix("myaccount.").unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_primary_address_is_found_and_what_is_no_list_is_none() {
        let list = json!([
            {"id": "a", "status": "VERIFIED", "roles": ["SECONDARY"], "profile": {"email": "x@example.com"}},
            {"id": "b", "status": "UNVERIFIED", "roles": ["PRIMARY"], "profile": {"email": "y@example.com"}},
        ]);
        let found = primary(list.to_string().as_bytes()).expect("a list");
        let found = found.expect("an address");
        assert_eq!((found.id.as_str(), found.is_verified), ("b", false));
        assert_eq!(primary(b"[]"), Ok(None));
        assert_eq!(primary(b"{}"), Err(AccountTrouble::OrgRefused));
        let odd = json!([{"id": "../x", "profile": {"email": "y@example.com"}}]);
        assert_eq!(primary(odd.to_string().as_bytes()), Ok(None));
    }

    #[test]
    fn what_could_lead_elsewhere_is_no_challenge() {
        for id in ["myaccount.emfabc", "abc-1_2"] {
            assert!(is_challenge(id), "{id}");
        }
        for text in [
            "",
            "myaccount.",
            "myaccount...",
            "a/b",
            "../x",
            "a?b",
            "a%2f",
        ] {
            assert!(!is_challenge(text), "{text}");
        }
    }
}
