use model::OAuthError;

use super::invalid_request;
use crate::authenticator::AuthenticatorKey;
use crate::oauth::authorize::draft::Draft;

const PROMPT: &str = "enroll_authenticator";

/// What goes with it: nothing is issued, no session counts, and whoever has a second factor shows it first.
const WITH: [(&str, &str); 3] = [
    ("response_type", "none"),
    ("max_age", "0"),
    ("acr_values", "urn:okta:loa:2fa:any:ifpossible"),
];
/// What is for tokens, of which there are none.
const WITHOUT: [&str; 3] = ["scope", "nonce", "resource"];

/// `prompt=enroll_authenticator`: the person signs in anew and sets up what the app names, in this order.
/// (<https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/orgas/authorize>)
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    let parameters = draft.parameters;
    let asked = parameters.get("enroll_amr_values");
    if parameters.get("prompt") != Some(PROMPT) {
        return match asked {
            None => Ok(()),
            Some(_) => Err(invalid_request(format!(
                "The 'enroll_amr_values' parameter is only for the 'prompt' parameter '{PROMPT}'."
            ))),
        };
    }
    let wrong = WITH
        .iter()
        .find(|(name, value)| parameters.get(name) != Some(value));
    if let Some((name, value)) = wrong {
        return Err(invalid_request(format!(
            "The '{name}' parameter must be '{value}' when the 'prompt' parameter is '{PROMPT}'."
        )));
    }
    if let Some(name) = WITHOUT.iter().find(|name| parameters.get(name).is_some()) {
        return Err(invalid_request(format!(
            "The '{name}' parameter must not be specified when the 'prompt' parameter is '{PROMPT}'."
        )));
    }
    draft.request.enroll = keys(asked.unwrap_or_default()).ok_or_else(|| {
        invalid_request(
            "The authentication request has an invalid 'enroll_amr_values' parameter. Valid values: [pwd, kba, email, sms, tel, google_otp, okta_verify].",
        )
    })?;
    draft.request.demand.fresh_sign_in = true;
    Ok(())
}

/// What is to be set up. `None`: nothing is named, or what this org does not have.
fn keys(asked: &str) -> Option<Vec<AuthenticatorKey>> {
    let mut keys = Vec::new();
    for method in asked.split(' ').filter(|method| !method.is_empty()) {
        let key = key_of(method)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    (!keys.is_empty()).then_some(keys)
}

fn key_of(method: &str) -> Option<AuthenticatorKey> {
    Some(match method {
        "pwd" => AuthenticatorKey::OktaPassword,
        "kba" => AuthenticatorKey::SecurityQuestion,
        "email" => AuthenticatorKey::OktaEmail,
        "sms" | "tel" => AuthenticatorKey::PhoneNumber,
        "google_otp" => AuthenticatorKey::GoogleOtp,
        "okta_verify" => AuthenticatorKey::OktaVerify,
        _ => return None,
    })
}
