//! From a form to an answer.

use secrecy::SecretString;
use std::collections::BTreeMap;

use crate::authenticator::security_question::CUSTOM;
use crate::authenticator::{AuthenticatorKey, Method};
use crate::interaction::{Answer, Assertion, Attestation, Choice, Stage};
use crate::oauth::parameters::Parameters;

/// The field that shows that the form is ours.
pub(super) const TOKEN: &str = "token";

/// What a form says that was sent to `name`; none for a name that no page uses, and for what no page sends.
pub(super) fn answer(name: &str, form: &Parameters, stage: &Stage) -> Option<Answer> {
    Some(match name {
        "identify" => Answer::Identify {
            identifier: text(form, "identifier"),
            password: form.get("password").map(SecretString::from),
            keep_me_signed_in: form.get("keep_me_signed_in").is_some(),
        },
        "password" => Answer::Passcode(secret(form, "password")),
        "code" => Answer::Passcode(secret(form, "code")),
        "answer" => Answer::Passcode(secret(form, "answer")),
        "new-password" => Answer::NewPassword {
            password: secret(form, "password"),
            end_sessions: form.get("end_sessions").is_some(),
        },
        "choose" => Answer::Choose(choice(form)?),
        "question" => question(form),
        "profile" => Answer::Profile(profile(form)),
        "passkey" if matches!(stage, Stage::Identify) => Answer::IdentifyByPasskey(assertion(form)),
        "passkey" => Answer::Assertion(assertion(form)),
        "new-passkey" => Answer::Attestation(attestation(form)),
        "keep" => Answer::KeepMeSignedIn(form.get("keep_me_signed_in") == Some("true")),
        "recover" => Answer::StartRecovery,
        "unlock" => Answer::StartUnlock,
        "register" => Answer::StartRegistration,
        "resend" => Answer::Resend,
        "skip" => Answer::Skip,
        "restart" => Answer::Restart,
        _ => return None,
    })
}

/// Whether two fields were to hold the same new password, and do not.
pub(super) fn is_mistyped(name: &str, form: &Parameters) -> bool {
    name == "new-password"
        && form.get("password").is_some()
        && form.get("password") != form.get("confirm")
}

fn text(form: &Parameters, name: &str) -> String {
    form.get(name).unwrap_or_default().to_owned()
}

fn secret(form: &Parameters, name: &str) -> SecretString {
    form.get(name).unwrap_or_default().into()
}

/// `okta_email`, or `phone_number/sms`.
fn choice(form: &Parameters) -> Option<Choice> {
    let chosen = form.get("choice")?;
    let (key, method) = match chosen.split_once('/') {
        Some((key, method)) => (key, Some(method)),
        None => (chosen, None),
    };
    let method = match method {
        Some(name) => Some(
            Method::ALL
                .into_iter()
                .find(|method| method.as_str() == name)?,
        ),
        None => None,
    };
    Some(Choice {
        key: AuthenticatorKey::try_from(key.to_owned()).ok()?,
        method,
        phone_number: number(chosen, form),
        identifier: Some(text(form, "identifier")),
    })
}

/// The form for a number has a field for it, also when nothing was typed.
fn number(chosen: &str, form: &Parameters) -> Option<String> {
    let is_for_number =
        chosen.starts_with(AuthenticatorKey::PhoneNumber.as_str()) && chosen.contains('/');
    is_for_number.then(|| text(form, "phoneNumber"))
}

fn question(form: &Parameters) -> Answer {
    let key = text(form, "question");
    let own = form.get("own_question").map(str::to_owned);
    Answer::SecurityQuestion {
        text: own.filter(|_| key == CUSTOM),
        key,
        answer: secret(form, "answer"),
    }
}

fn profile(form: &Parameters) -> BTreeMap<String, String> {
    form.pairs()
        .filter(|(name, _)| *name != TOKEN)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn assertion(form: &Parameters) -> Assertion {
    Assertion {
        credential_id: form.get("credentialId").map(str::to_owned),
        client_data: text(form, "clientData"),
        authenticator_data: text(form, "authenticatorData"),
        signature: text(form, "signature"),
        user_handle: form.get("userHandle").map(str::to_owned),
    }
}

fn attestation(form: &Parameters) -> Attestation {
    let transports = form.get("transports").unwrap_or_default();
    Attestation {
        client_data: text(form, "clientData"),
        attestation: text(form, "attestation"),
        transports: transports
            .split(',')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, form: &str) -> Option<Answer> {
        answer(name, &Parameters::parse(form), &Stage::Select)
    }

    fn chosen(form: &str) -> Option<Choice> {
        match read("choose", form) {
            Some(Answer::Choose(choice)) => Some(choice),
            _ => None,
        }
    }

    #[test]
    fn a_choice_names_an_authenticator_and_perhaps_a_method_of_it() {
        let email = chosen("choice=okta_email").expect("a choice");
        assert_eq!(email.key, AuthenticatorKey::OktaEmail);
        assert_eq!((email.method, email.phone_number), (None, None));
        let call =
            chosen("choice=phone_number/voice&phoneNumber=%2B15551234567").expect("a choice");
        assert_eq!(call.method, Some(Method::Voice));
        assert_eq!(call.phone_number.as_deref(), Some("+15551234567"));
        for nonsense in ["", "choice=nonsense", "choice=phone_number/pigeon"] {
            assert!(chosen(nonsense).is_none(), "{nonsense}");
        }
    }

    #[test]
    fn the_text_of_a_question_counts_only_when_it_is_ones_own() {
        let text = |form| match read("question", form) {
            Some(Answer::SecurityQuestion { text, .. }) => text,
            _ => None,
        };
        assert_eq!(text("question=disliked_food&own_question=Why"), None);
        assert_eq!(
            text("question=custom&own_question=Why").as_deref(),
            Some("Why")
        );
    }

    #[test]
    fn the_token_of_a_form_is_no_attribute_of_a_profile() {
        let Some(Answer::Profile(values)) = read("profile", "token=t&email=a%40b.example") else {
            panic!("a profile");
        };
        assert_eq!(values.into_keys().collect::<Vec<_>>(), ["email"]);
    }

    #[test]
    fn a_new_password_that_was_typed_in_two_ways_is_noticed() {
        let is_mistyped = |form| is_mistyped("new-password", &Parameters::parse(form));
        assert!(is_mistyped("password=a&confirm=b"));
        assert!(is_mistyped("password=a"));
        assert!(!is_mistyped("password=a&confirm=a"));
        assert!(!is_mistyped("confirm=a"), "that one is blank");
    }
}
