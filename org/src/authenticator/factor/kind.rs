use model::EnrollmentId;

use super::super::{AuthenticatorKey, Method};

/// A factor type with its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactorType {
    Question,
    Email,
    Sms,
    Call,
    /// Google Authenticator.
    GoogleTotp,
    /// The codes of Okta Verify.
    OktaTotp,
    Webauthn,
}

impl FactorType {
    /// All of them, in the order in which they are listed.
    pub(crate) const ALL: [Self; 7] = [
        Self::Question,
        Self::Email,
        Self::Sms,
        Self::Call,
        Self::GoogleTotp,
        Self::OktaTotp,
        Self::Webauthn,
    ];

    /// Okta's `factorType` and `provider`.
    pub(crate) const fn wire(self) -> (&'static str, &'static str) {
        match self {
            Self::Question => ("question", "OKTA"),
            Self::Email => ("email", "OKTA"),
            Self::Sms => ("sms", "OKTA"),
            Self::Call => ("call", "OKTA"),
            Self::GoogleTotp => ("token:software:totp", "GOOGLE"),
            Self::OktaTotp => ("token:software:totp", "OKTA"),
            Self::Webauthn => ("webauthn", "FIDO"),
        }
    }

    /// The name in the database.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Call => "call",
            Self::GoogleTotp => "google totp",
            Self::OktaTotp => "okta totp",
            Self::Webauthn => "webauthn",
        }
    }

    /// The one of this name in the database.
    pub(super) fn stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// How it is used.
    pub(crate) const fn method(self) -> Method {
        match self {
            Self::Question => Method::SecurityQuestion,
            Self::Email => Method::Email,
            Self::Sms => Method::Sms,
            Self::Call => Method::Voice,
            Self::GoogleTotp => Method::Otp,
            Self::OktaTotp => Method::Totp,
            Self::Webauthn => Method::Webauthn,
        }
    }

    /// The authenticator that it belongs to.
    pub(crate) const fn key(self) -> AuthenticatorKey {
        self.method().authenticator()
    }

    /// Whether codes are sent for it.
    pub(crate) const fn is_sent(self) -> bool {
        matches!(self, Self::Email | Self::Sms | Self::Call)
    }

    /// The id of the factor that an enrollment is. A telephone is two factors, so each type has a beginning of its own.
    pub(crate) fn id_of(self, enrollment: &EnrollmentId) -> String {
        let prefix = match self {
            Self::Question => "ufs",
            Self::Email => "emf",
            Self::Sms => "sms",
            Self::Call => "clf",
            Self::GoogleTotp => "uft",
            Self::OktaTotp => "ost",
            Self::Webauthn => "fwf",
        };
        format!("{prefix}{}", &enrollment.as_str()[prefix.len()..])
    }
}
