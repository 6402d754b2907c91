//! What a client says, as an answer for the engine.

use std::collections::BTreeMap;

use super::body::{Body, Members};
use super::endpoint::Endpoint;
use crate::authenticator::{AuthenticatorKey, Catalog, Method};
use crate::interaction::{Answer, Assertion, Attestation, Challenge, Choice, SetUp, Stage};

/// Reads a request. What it means is for the present step to say. `None`: it means nothing there.
pub(super) fn read(
    endpoint: Endpoint,
    body: &Body,
    stage: &Stage,
    catalog: &Catalog,
) -> Option<Answer> {
    let credentials = body.object("credentials");
    Some(match endpoint {
        Endpoint::Identify => identify(body, credentials),
        Endpoint::IdentifySelect | Endpoint::Cancel => Answer::Restart,
        Endpoint::Enroll => Answer::StartRegistration,
        Endpoint::EnrollNew => Answer::Profile(profile(body)),
        Endpoint::Challenge | Endpoint::CredentialEnroll => Answer::Choose(choice(body, catalog)?),
        Endpoint::ChallengeAnswer => challenge_answer(credentials, stage)?,
        Endpoint::ChallengeAutofill => Answer::IdentifyByPasskey(assertion(credentials)?),
        Endpoint::ChallengeResend => Answer::Resend,
        Endpoint::Recover => Answer::StartRecovery,
        Endpoint::Skip => Answer::Skip,
        Endpoint::UnlockAccount => Answer::StartUnlock,
        Endpoint::KeepMeSignedIn => Answer::KeepMeSignedIn(body.flag("keepMeSignedIn")),
        Endpoint::Introspect | Endpoint::ChallengePoll | Endpoint::AuthenticatorsPoll => {
            return None;
        }
    })
}

fn identify(body: &Body, credentials: Members<'_>) -> Answer {
    Answer::Identify {
        identifier: body.text("identifier").unwrap_or_default().to_owned(),
        password: credentials.secret("passcode"),
        keep_me_signed_in: body.flag("rememberMe"),
    }
}

fn profile(body: &Body) -> BTreeMap<String, String> {
    let members = body.object("userProfile");
    members
        .texts()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn choice(body: &Body, catalog: &Catalog) -> Option<Choice> {
    let authenticator = body.object("authenticator");
    let key = catalog.find_by_id(authenticator.text("id")?)?.key;
    Some(Choice {
        key,
        method: authenticator
            .text("methodType")
            .and_then(|name| method(key, name)),
        phone_number: authenticator.owned("phoneNumber"),
        identifier: body.text("identifier").map(str::to_owned),
    })
}

fn method(key: AuthenticatorKey, name: &str) -> Option<Method> {
    let mut methods = key.methods().iter().copied();
    methods.find(|method| method.as_str() == name)
}

fn challenge_answer(credentials: Members<'_>, stage: &Stage) -> Option<Answer> {
    match stage {
        Stage::Challenge(Challenge::Webauthn { .. }) => {
            Some(Answer::Assertion(assertion(credentials)?))
        }
        Stage::SetUp(SetUp::Webauthn { .. }) => {
            Some(Answer::Attestation(attestation(credentials)?))
        }
        Stage::Challenge(Challenge::SecurityQuestion) => Some(Answer::Passcode(
            credentials.secret("answer").unwrap_or_default(),
        )),
        Stage::SetUp(SetUp::SecurityQuestion) => Some(Answer::SecurityQuestion {
            key: credentials.owned("questionKey").unwrap_or_default(),
            text: credentials.owned("question"),
            answer: credentials.secret("answer").unwrap_or_default(),
        }),
        Stage::ResetPassword | Stage::ReplaceExpiredPassword | Stage::SetUp(SetUp::Password) => {
            Some(Answer::NewPassword {
                password: credentials.secret("passcode").unwrap_or_default(),
                end_sessions: credentials.flag("revokeSessions"),
            })
        }
        _ => {
            let typed = credentials.secret("passcode");
            let typed = typed.or_else(|| credentials.secret("totp"));
            Some(Answer::Passcode(typed.unwrap_or_default()))
        }
    }
}

fn assertion(credentials: Members<'_>) -> Option<Assertion> {
    Some(Assertion {
        credential_id: credentials.owned("id"),
        client_data: credentials.owned("clientData")?,
        authenticator_data: credentials.owned("authenticatorData")?,
        signature: credentials.owned("signatureData")?,
        user_handle: credentials.owned("userHandle"),
    })
}

/// The transports come as the text of a JSON array.
fn attestation(credentials: Members<'_>) -> Option<Attestation> {
    let transports = credentials.text("transports").unwrap_or_default();
    Some(Attestation {
        client_data: credentials.owned("clientData")?,
        attestation: credentials.owned("attestation")?,
        transports: serde_json::from_str(transports).unwrap_or_default(),
    })
}
