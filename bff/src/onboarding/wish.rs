use model::{Landing, RequiredFactor};

use crate::campaigns::CampaignTerms;

/// What whoever brought a person here wants of them. Without a wish, nothing is demanded and the person chooses where to land.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnboardingWish {
    /// What has to be set up.
    pub factors: Vec<RequiredFactor>,
    /// Where the person lands in the end.
    pub landing: Option<Landing>,
}

impl From<CampaignTerms> for OnboardingWish {
    fn from(terms: CampaignTerms) -> Self {
        Self {
            factors: terms.factors,
            landing: Some(terms.landing),
        }
    }
}

impl OnboardingWish {
    /// Whether a proved address is demanded.
    pub(super) fn wants_email(&self) -> bool {
        self.factors.contains(&RequiredFactor::Email)
    }

    /// For each authenticator that is demanded, the keys at Okta of which any will do.
    pub(super) fn wanted_keys(&self) -> impl Iterator<Item = &'static [&'static str]> {
        self.factors.iter().filter_map(|factor| match factor {
            RequiredFactor::Email => None,
            RequiredFactor::Phone => Some(&["phone_number"][..]),
            RequiredFactor::AuthenticatorApp => Some(&["google_otp", "okta_verify"][..]),
            RequiredFactor::Passkey => Some(&["webauthn"][..]),
        })
    }
}
