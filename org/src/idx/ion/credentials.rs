use super::{Choice, Field, Notices};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::security_question::{CUSTOM, QUESTIONS};
use crate::interaction::{Current, Detail};

const NAME: &str = "credentials";

/// What is typed, or signed, to use an authenticator.
pub(super) fn to_verify(current: &Current, notices: &Notices) -> Field {
    let fields = match (current.key, &current.detail) {
        (AuthenticatorKey::OktaPassword, _) => vec![password("Password", notices)],
        (AuthenticatorKey::Webauthn, _) => assertion(),
        (_, Detail::Question { key, text }) => {
            let question = Field::fixed("questionKey", key.as_str());
            let answer = Field::text("answer").labelled("Answer");
            vec![
                question.labelled(text).required().hidden(),
                answer.required().secret().told(notices),
            ]
        }
        (key, _) => vec![code(key, notices)],
    };
    Field::object(NAME, fields).required()
}

/// What is typed, or signed, to set an authenticator up.
pub(super) fn to_set_up(current: &Current, notices: &Notices) -> Field {
    let fields = match current.key {
        AuthenticatorKey::OktaPassword => vec![password("Enter password", notices)],
        AuthenticatorKey::Webauthn => ["clientData", "attestation"]
            .map(|name| hidden(name).required())
            .into_iter()
            .chain(["transports", "clientExtensions"].map(hidden))
            .collect(),
        AuthenticatorKey::SecurityQuestion => return questions(notices),
        key => vec![code(key, notices)],
    };
    Field::object(NAME, fields).required()
}

/// A password in place of another. Where it was forgotten, other people may know it.
pub(super) fn new_password(may_end_sessions: bool, notices: &Notices) -> Field {
    let mut fields = vec![password("New password", notices)];
    if may_end_sessions {
        let end = Field::new("revokeSessions").of("boolean");
        fields.push(end.labelled("Sign me out of all other devices").optional());
    }
    Field::object(NAME, fields).required()
}

/// The signature of a passkey that brings its user along.
pub(super) fn autofill() -> Field {
    let mut fields = assertion();
    fields.push(hidden("userHandle").optional());
    Field::object(NAME, fields).required()
}

/// The password beside the username.
pub(super) fn password_at_identify(notices: &Notices) -> Field {
    Field::object(NAME, vec![password("Password", notices)]).required()
}

fn password(label: &str, notices: &Notices) -> Field {
    let field = Field::text("passcode").labelled(label);
    field.required().secret().told(notices)
}

/// Okta Verify's codes have a name of their own.
fn code(key: AuthenticatorKey, notices: &Notices) -> Field {
    let name = match key {
        AuthenticatorKey::OktaVerify => "totp",
        _ => "passcode",
    };
    Field::text(name)
        .labelled("Enter code")
        .required()
        .told(notices)
}

fn assertion() -> Vec<Field> {
    ["clientData", "authenticatorData", "signatureData"]
        .map(|name| hidden(name).required())
        .into()
}

fn hidden(name: &str) -> Field {
    Field::text(name).labelled(name).hidden()
}

/// One of Okta's questions, or one of one's own.
fn questions(notices: &Notices) -> Field {
    let known = QUESTIONS.map(|(key, text)| Choice::text(text, key));
    let answer = || {
        let field = Field::text("answer").labelled("Answer");
        field.required().secret().told(notices)
    };
    let choose = "Choose a security question";
    let chosen = Field::choice("questionKey", known.into()).of("string");
    let own = Field::text("question").labelled("Create a security question");
    let options = vec![
        Choice::form(choose, vec![chosen.labelled(choose).required(), answer()]),
        Choice::form(
            "Create my own security question",
            vec![
                Field::fixed("questionKey", CUSTOM).required(),
                own.required().told(notices),
                answer(),
            ],
        ),
    ];
    Field::choice(NAME, options).of("object").required()
}
