use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};

use super::authenticators::profile;
use super::{Authenticators, Forms};
use crate::authenticator::security_question::QUESTIONS;
use crate::authenticator::{AuthenticatorKey, Method};
use crate::idx::paths;
use crate::interaction::{Current, Detail};
use crate::policy::PasswordPolicy;

/// How often clients ask whether a link in an email was followed, in milliseconds.
const POLL: u32 = 4000;

/// What an authenticator app needs to be told, as it is shown.
#[derive(Debug)]
pub(super) struct SharedKey {
    /// base32
    pub(super) secret: SecretString,
    /// A `data:` address.
    pub(super) picture: SecretString,
}

/// What is particular about the authenticator of the question.
#[derive(Debug, Default)]
pub(super) struct Particulars {
    pub(super) shared_key: Option<SharedKey>,
    /// WebAuthn's options, for a key to be used or to be made.
    pub(super) webauthn: Option<Value>,
}

/// The authenticator of the question, as Okta describes it.
pub(super) fn describe(
    current: &Current,
    particulars: &Particulars,
    authenticators: &Authenticators<'_>,
    forms: Forms<'_>,
) -> Map<String, Value> {
    let methods: Vec<Method> = current.method.into_iter().collect();
    let mut described = authenticators.describe(current.key, &methods);
    let mut set = |name: &str, value: Value| {
        described.insert(name.to_owned(), value);
    };
    if let Some(profile) = profile(current.key, current.hint.as_deref()) {
        set("profile", profile);
    }
    if let Some(data) = contextual_data(current, particulars) {
        set("contextualData", data);
    }
    if let Detail::NewPassword(policy) = &current.detail {
        set("settings", password_settings(policy));
    }
    if current.may_resend {
        set(
            "resend",
            json!(forms.button("resend", paths::CHALLENGE_RESEND)),
        );
        if current.key == AuthenticatorKey::OktaEmail {
            let poll = forms.button("poll", paths::CHALLENGE_POLL).every(POLL);
            set("poll", json!(poll));
        }
    }
    if current.may_recover {
        set("recover", json!(forms.button("recover", paths::RECOVER)));
    }
    described
}

fn contextual_data(current: &Current, particulars: &Particulars) -> Option<Value> {
    match &current.detail {
        Detail::Totp { .. } => {
            let key = particulars.shared_key.as_ref()?;
            Some(json!({
                "qrcode": {
                    "method": "embedded",
                    "href": key.picture.expose_secret(),
                    "type": "image/png",
                },
                "sharedSecret": key.secret.expose_secret(),
            }))
        }
        Detail::SignIn { .. } => Some(json!({ "challengeData": particulars.webauthn.as_ref()? })),
        Detail::NewPasskey { .. } => {
            Some(json!({ "activationData": particulars.webauthn.as_ref()? }))
        }
        Detail::Question { key, text } => Some(json!({
            "enrolledQuestion": { "questionKey": key, "question": text },
        })),
        Detail::NewQuestion => {
            let question = |(key, text)| json!({ "questionKey": key, "question": text });
            Some(json!({
                "questionKeys": QUESTIONS.map(|(key, _)| key),
                "questions": QUESTIONS.map(question),
            }))
        }
        Detail::None | Detail::NewPassword(_) => None,
    }
}

/// The rules for a new password, by which clients tell people what is missing while they type.
pub(super) fn password_settings(policy: &PasswordPolicy) -> Value {
    let (complexity, age) = (&policy.complexity, &policy.age);
    let mut rules = json!({
        "minLength": complexity.min_length,
        "minLowerCase": complexity.min_lower_case,
        "minUpperCase": complexity.min_upper_case,
        "minNumber": complexity.min_number,
        "minSymbol": complexity.min_symbol,
        "excludeUsername": complexity.exclude_username,
        "excludeAttributes": complexity.exclude_attributes,
    });
    if let Some(most) = complexity.max_consecutive_characters {
        rules["maxConsecutiveRepeatingCharacters"] = json!(most);
    }
    json!({
        "complexity": rules,
        "age": { "minAgeMinutes": age.min_age_minutes, "historyCount": age.history_count },
    })
}
