use http::HeaderMap;
use serde::Deserialize;
use serde_json::json;

use super::call::Call;
use super::wire::is_id;
use super::{AccountAnswer, AccountTrouble, PHONES};
use crate::bff::Bff;

#[derive(Deserialize)]
struct NewPhone {
    id: String,
}

impl Bff {
    /// Adds a telephone and has a code sent to it by text message. Gives the id of the telephone, which counts after
    /// [`Bff::verify_phone`].
    pub async fn add_phone(&self, cookies: &HeaderMap, number: &str) -> AccountAnswer<String> {
        let body = json!({
            "profile": {"phoneNumber": number.trim()},
            "sendCode": true,
            "method": "SMS",
        });
        let answer = self
            .call_my_account(cookies, Call::post(PHONES, body))
            .await;
        let read = |body: &[u8]| {
            let phone: NewPhone = serde_json::from_slice(body).ok()?;
            Some(phone.id).filter(|id| is_id(id))
        };
        AccountAnswer {
            outcome: answer
                .outcome
                .and_then(|body| read(&body).ok_or(AccountTrouble::OrgRefused)),
            cookies: answer.cookies,
        }
    }

    /// Says the code that was sent to a new telephone.
    pub async fn verify_phone(
        &self,
        cookies: &HeaderMap,
        id: &str,
        code: &str,
    ) -> AccountAnswer<()> {
        if !is_id(id) {
            return AccountAnswer {
                outcome: Err(AccountTrouble::WrongInput),
                cookies: Vec::new(),
            };
        }
        let path = format!("{PHONES}/{id}/verify");
        let body = json!({"verificationCode": code.trim()});
        let answer = self.call_my_account(cookies, Call::post(&path, body)).await;
        let outcome = match answer.outcome {
            // A wrong code is answered as a wrong token is, and the token is good: it has just added the telephone.
            Err(AccountTrouble::NotAllowed) => Err(AccountTrouble::WrongInput),
            outcome => outcome.map(drop),
        };
        AccountAnswer {
            outcome,
            cookies: answer.cookies,
        }
    }
}
