//! Asking the org what to ask for: `challenge` after a first factor, `primary-authenticate` in place of one.

use model::DirectWay;
use serde::Deserialize;

use super::attempt::Asked;
use super::call::{Caller, MFA_OOB, MFA_OTP, OOB};
use super::reply::{Refusal, accepted, is_token, unreadable};

/// The longest number that is shown for a choice on the device, in characters.
const MAX_NUMBER: usize = 4;

/// What the org asks for.
#[derive(Deserialize)]
struct Challenge {
    #[serde(default, rename = "challenge_type")]
    kind: String,
    oob_code: Option<String>,
    channel: Option<String>,
    binding_method: Option<String>,
    /// A text or a number.
    #[serde(default)]
    binding_code: serde_json::Value,
}

impl Caller<'_> {
    /// Asks what comes after what has been proved. Without a way the org chooses.
    pub(super) async fn challenge(
        self,
        mfa_token: &str,
        way: Option<DirectWay>,
    ) -> Result<Asked, Refusal> {
        let both = format!("{MFA_OOB} {MFA_OTP}");
        let types = match way {
            None => both.as_str(),
            Some(DirectWay::App) => MFA_OTP,
            Some(DirectWay::Sms | DirectWay::Voice | DirectWay::Push) => MFA_OOB,
        };
        let mut fields = vec![
            ("mfa_token", mfa_token),
            ("challenge_types_supported", types),
        ];
        if let Some(way) = way.filter(|way| *way != DirectWay::App) {
            fields.push(("channel_hint", way.as_str()));
        }
        let body = accepted(self.beside_token("challenge", &fields).await)?;
        let challenge = read(&body)?;
        if challenge.kind == MFA_OTP {
            return Ok(Asked {
                way: DirectWay::App,
                mfa_token: Some(mfa_token.to_owned()),
                oob_code: None,
                number: None,
            });
        }
        challenge.sent(Some(mfa_token))
    }

    /// Begins with a message in place of a password.
    pub(super) async fn primary(self, identifier: &str, way: DirectWay) -> Result<Asked, Refusal> {
        let scope = self.scope();
        let fields = [
            ("login_hint", identifier),
            ("channel_hint", way.as_str()),
            ("challenge_hint", OOB),
            ("scope", &scope),
        ];
        let answer = self.beside_token("primary-authenticate", &fields).await;
        read(&accepted(answer)?)?.sent(None)
    }
}

fn read(body: &[u8]) -> Result<Challenge, Refusal> {
    serde_json::from_slice(body).map_err(|_| unreadable())
}

impl Challenge {
    /// A message is on its way, by a channel that this app knows.
    fn sent(self, mfa_token: Option<&str>) -> Result<Asked, Refusal> {
        let channel = self.channel.unwrap_or_default();
        let way = DirectWay::of_channel(&channel).ok_or_else(unreadable)?;
        let oob_code = self.oob_code.filter(|code| is_token(code));
        let number = (self.binding_method.as_deref() == Some("transfer"))
            .then(|| match self.binding_code {
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            })
            .filter(|number| {
                (1..=MAX_NUMBER).contains(&number.len())
                    && number.bytes().all(|byte| byte.is_ascii_digit())
            });
        Ok(Asked {
            way,
            mfa_token: mfa_token.map(str::to_owned),
            oob_code: Some(oob_code.ok_or_else(unreadable)?),
            number,
        })
    }
}
