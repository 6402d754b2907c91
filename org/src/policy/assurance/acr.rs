use serde::{Deserialize, Serialize};

use crate::policy::verification::{
    Assurance, ClassConstraint, Constraint, FactorMode, Need, TypeName,
};

/// A level of assurance that an app may ask for with `acr_values`
/// (<https://developer.okta.com/docs/guides/step-up-authentication/main/#predefined-parameter-values>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AcrLevel {
    #[serde(rename = "urn:okta:loa:1fa:any")]
    OneFactor,
    #[serde(rename = "urn:okta:loa:1fa:pwd")]
    Password,
    #[serde(rename = "urn:okta:loa:2fa:any")]
    TwoFactors,
    /// Two if the person has what is needed for them, otherwise one.
    #[serde(rename = "urn:okta:loa:2fa:any:ifpossible")]
    TwoFactorsIfPossible,
    #[serde(rename = "phr")]
    PhishingResistant,
    #[serde(rename = "phrh")]
    PhishingResistantHardware,
}

impl AcrLevel {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [
        Self::OneFactor,
        Self::Password,
        Self::TwoFactors,
        Self::TwoFactorsIfPossible,
        Self::PhishingResistant,
        Self::PhishingResistantHardware,
    ];

    /// The value on the wire.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::OneFactor => "urn:okta:loa:1fa:any",
            Self::Password => "urn:okta:loa:1fa:pwd",
            Self::TwoFactors => "urn:okta:loa:2fa:any",
            Self::TwoFactorsIfPossible => "urn:okta:loa:2fa:any:ifpossible",
            Self::PhishingResistant => "phr",
            Self::PhishingResistantHardware => "phrh",
        }
    }

    /// The first level in a list separated by spaces. Values that are not Okta's are passed over, as the parameter is voluntary
    /// (OpenID Connect Core §3.1.2.1).
    pub(crate) fn parse(values: &str) -> Option<Self> {
        values
            .split(' ')
            .find_map(|value| Self::ALL.into_iter().find(|level| level.as_str() == value))
    }

    /// What it always asks, in the words of a policy.
    pub(super) fn assurance(self) -> Assurance {
        let of = |factor_mode, constraint| Assurance {
            constraints: Vec::from_iter(constraint),
            ..Assurance::of(factor_mode)
        };
        let resistant = ClassConstraint {
            phishing_resistant: Some(Need::Required),
            ..ClassConstraint::default()
        };
        match self {
            Self::OneFactor | Self::TwoFactorsIfPossible => of(FactorMode::One, None),
            Self::Password => of(FactorMode::One, Some(password())),
            Self::TwoFactors => of(FactorMode::Two, None),
            Self::PhishingResistant => of(FactorMode::One, Some(possession(resistant))),
            Self::PhishingResistantHardware => {
                let protected = ClassConstraint {
                    hardware_protection: Some(Need::Required),
                    ..resistant
                };
                of(FactorMode::One, Some(possession(protected)))
            }
        }
    }
}

/// The password, and no other factor of knowledge.
pub(super) fn password() -> Constraint {
    Constraint {
        knowledge: Some(ClassConstraint {
            types: vec![TypeName::Password],
            ..ClassConstraint::default()
        }),
        possession: None,
    }
}

/// Something that the person has.
pub(super) fn possession(part: ClassConstraint) -> Constraint {
    Constraint {
        knowledge: None,
        possession: Some(part),
    }
}
