use model::ZoneName;

use super::OnboardingError;
use crate::bff::Bff;
use crate::session::Session;
use crate::session::store::Account;

/// What a person has seen and said on the way, besides names and landing. It belongs to the account, so that it is there on
/// every device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnboardingMarks {
    /// The person has seen what is about to happen.
    pub is_welcomed: bool,
    /// The person wants to prove the email address later.
    pub is_email_put_off: bool,
    /// The person wants to set up authenticators later.
    pub are_factors_put_off: bool,
    /// The time zone that the person lives by.
    pub zone: Option<ZoneName>,
}

/// One of them, to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnboardingMark {
    /// The person has seen what is about to happen.
    Welcomed,
    /// The person wants to prove the email address later.
    EmailPutOff,
    /// The person wants to set up authenticators later.
    FactorsPutOff,
    /// The person lives by this time zone.
    Zone(ZoneName),
}

const WELCOMED: &str = "welcomed";
const EMAIL_PUT_OFF: &str = "email_put_off";
const FACTORS_PUT_OFF: &str = "factors_put_off";
const ZONE: &str = "zone";

impl OnboardingMark {
    /// The names under which stores keep marks.
    pub(crate) const NAMES: [&'static str; 4] = [WELCOMED, EMAIL_PUT_OFF, FACTORS_PUT_OFF, ZONE];

    /// Its name in a store, and what is kept under it.
    pub(crate) fn as_pair(&self) -> (&'static str, &str) {
        match self {
            Self::Welcomed => (WELCOMED, "yes"),
            Self::EmailPutOff => (EMAIL_PUT_OFF, "yes"),
            Self::FactorsPutOff => (FACTORS_PUT_OFF, "yes"),
            Self::Zone(zone) => (ZONE, zone.as_str()),
        }
    }
}

impl OnboardingMarks {
    /// Takes in what a store has under a name. A name or a zone that is not known says nothing.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        match name {
            WELCOMED => self.is_welcomed = true,
            EMAIL_PUT_OFF => self.is_email_put_off = true,
            FACTORS_PUT_OFF => self.are_factors_put_off = true,
            ZONE => self.zone = ZoneName::parse(value).ok(),
            _ => {}
        }
        self
    }
}

impl Bff {
    /// What the person of this session has seen and said on the way.
    ///
    /// # Errors
    ///
    /// [`OnboardingError::StoreUnavailable`].
    pub async fn onboarding_marks(
        &self,
        session: &Session,
    ) -> Result<OnboardingMarks, OnboardingError> {
        let account = Account::new(&session.issuer, &session.subject);
        Ok(self.parts.store.onboarding_marks(account).await?)
    }

    /// Writes a mark down. A second time changes nothing.
    ///
    /// # Errors
    ///
    /// [`OnboardingError::StoreUnavailable`].
    pub async fn mark_onboarding(
        &self,
        session: &Session,
        mark: OnboardingMark,
    ) -> Result<(), OnboardingError> {
        let account = Account::new(&session.issuer, &session.subject);
        Ok(self.parts.store.mark_onboarding(account, mark).await?)
    }
}
