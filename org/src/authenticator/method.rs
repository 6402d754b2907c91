use serde::{Deserialize, Serialize};

use super::Proof;
use crate::interaction::Amr;

/// An authenticator that the org knows, by Okta's key
/// (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Authenticator/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthenticatorKey {
    /// A password.
    OktaPassword,
    /// A code or a link by email.
    OktaEmail,
    /// A code by text message or voice call.
    PhoneNumber,
    /// Google Authenticator: a time-based code (RFC 6238).
    GoogleOtp,
    /// Okta Verify, as far as it is a time-based code.
    OktaVerify,
    /// A passkey or security key.
    Webauthn,
    /// A question and its answer.
    SecurityQuestion,
}

impl AuthenticatorKey {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 7] = [
        Self::OktaPassword,
        Self::OktaEmail,
        Self::PhoneNumber,
        Self::GoogleOtp,
        Self::OktaVerify,
        Self::Webauthn,
        Self::SecurityQuestion,
    ];

    /// The key on Okta's wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::OktaPassword => "okta_password",
            Self::OktaEmail => "okta_email",
            Self::PhoneNumber => "phone_number",
            Self::GoogleOtp => "google_otp",
            Self::OktaVerify => "okta_verify",
            Self::Webauthn => "webauthn",
            Self::SecurityQuestion => "security_question",
        }
    }

    /// Okta's `type`.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::OktaPassword => "password",
            Self::OktaEmail => "email",
            Self::PhoneNumber => "phone",
            Self::GoogleOtp | Self::OktaVerify => "app",
            Self::Webauthn => "security_key",
            Self::SecurityQuestion => "security_question",
        }
    }

    /// What people are shown.
    pub(crate) const fn display_name(self) -> &'static str {
        match self {
            Self::OktaPassword => "Password",
            Self::OktaEmail => "Email",
            Self::PhoneNumber => "Phone",
            Self::GoogleOtp => "Google Authenticator",
            Self::OktaVerify => "Okta Verify",
            Self::Webauthn => "Passkeys",
            Self::SecurityQuestion => "Security Question",
        }
    }

    /// Its methods; the first is taken when nobody chooses.
    pub(crate) const fn methods(self) -> &'static [Method] {
        match self {
            Self::OktaPassword => &[Method::Password],
            Self::OktaEmail => &[Method::Email],
            Self::PhoneNumber => &[Method::Sms, Method::Voice],
            Self::GoogleOtp => &[Method::Otp],
            Self::OktaVerify => &[Method::Totp],
            Self::Webauthn => &[Method::Webauthn],
            Self::SecurityQuestion => &[Method::SecurityQuestion],
        }
    }
}

impl TryFrom<String> for AuthenticatorKey {
    type Error = serde::de::value::Error;

    fn try_from(key: String) -> Result<Self, Self::Error> {
        use serde::de::IntoDeserializer as _;
        Self::deserialize(key.into_deserializer())
    }
}

/// How an authenticator is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Method {
    /// `okta_password`
    Password,
    /// `okta_email`
    Email,
    /// `phone_number` by text message
    Sms,
    /// `phone_number` by call
    Voice,
    /// `google_otp`
    Otp,
    /// `okta_verify`
    Totp,
    /// `webauthn`
    Webauthn,
    /// `security_question`
    SecurityQuestion,
}

impl Method {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 8] = [
        Self::Password,
        Self::Email,
        Self::Sms,
        Self::Voice,
        Self::Otp,
        Self::Totp,
        Self::Webauthn,
        Self::SecurityQuestion,
    ];

    /// Okta's `methodType`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Otp => "otp",
            Self::Totp => "totp",
            Self::Webauthn => "webauthn",
            Self::SecurityQuestion => "security_question",
        }
    }

    /// The authenticator that it is a method of.
    pub(crate) const fn authenticator(self) -> AuthenticatorKey {
        match self {
            Self::Password => AuthenticatorKey::OktaPassword,
            Self::Email => AuthenticatorKey::OktaEmail,
            Self::Sms | Self::Voice => AuthenticatorKey::PhoneNumber,
            Self::Otp => AuthenticatorKey::GoogleOtp,
            Self::Totp => AuthenticatorKey::OktaVerify,
            Self::Webauthn => AuthenticatorKey::Webauthn,
            Self::SecurityQuestion => AuthenticatorKey::SecurityQuestion,
        }
    }

    /// What it proves, as Okta's authentication policies see it.
    pub(crate) const fn characteristics(self) -> Characteristics {
        let plain = Characteristics {
            knowledge: false,
            possession: false,
            inherence: false,
            device_bound: false,
            phishing_resistant: false,
            user_verifying: false,
        };
        match self {
            Self::Password | Self::SecurityQuestion => Characteristics {
                knowledge: true,
                ..plain
            },
            Self::Email | Self::Sms | Self::Voice => Characteristics {
                possession: true,
                ..plain
            },
            Self::Otp | Self::Totp => Characteristics {
                possession: true,
                device_bound: true,
                ..plain
            },
            Self::Webauthn => Characteristics {
                possession: true,
                inherence: true,
                device_bound: true,
                phishing_resistant: true,
                user_verifying: true,
                ..plain
            },
        }
    }

    /// The value that stands for it in the claim `amr` (RFC 8176, with Okta's choice among them).
    pub(crate) const fn amr(self) -> Amr {
        match self {
            Self::Password => Amr::Pwd,
            Self::Email | Self::Otp | Self::Totp => Amr::Otp,
            Self::Sms => Amr::Sms,
            Self::Voice => Amr::Tel,
            Self::Webauthn => Amr::Hwk,
            Self::SecurityQuestion => Amr::Kba,
        }
    }
}

/// What a method proves. User presence is not listed: every method here has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of one another"
)]
pub(crate) struct Characteristics {
    /// Something the person knows.
    pub(crate) knowledge: bool,
    /// Something the person has.
    pub(crate) possession: bool,
    /// Something the person is.
    pub(crate) inherence: bool,
    /// The secret cannot leave the device.
    pub(crate) device_bound: bool,
    /// Nothing that can be typed into a foreign page.
    pub(crate) phishing_resistant: bool,
    /// The device itself makes sure who uses it.
    pub(crate) user_verifying: bool,
}

/// The values of `amr` for what was proved: each once, with `mfa` when two methods of different authenticators were used.
pub(crate) fn amr_of(proofs: &[Proof]) -> Vec<Amr> {
    let mut values: Vec<Amr> = Vec::new();
    let mut add = |value| {
        if !values.contains(&value) {
            values.push(value);
        }
    };
    for proof in proofs {
        add(proof.method.amr());
    }
    let first = proofs.first().map(|proof| proof.method.authenticator());
    if proofs
        .iter()
        .any(|proof| Some(proof.method.authenticator()) != first)
    {
        add(Amr::Mfa);
    }
    values
}
