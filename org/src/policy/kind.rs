use serde::{Deserialize, Serialize};

/// What a policy decides: the types of Okta's policies that the org has
/// (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Policy/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PolicyType {
    /// The global session policy: who may begin a session, and how long it lives.
    OktaSignOn,
    /// The authenticator enrollment policy: which authenticators a person sets up.
    MfaEnroll,
    /// The password policy, with its rules for recovery.
    Password,
    /// The user profile policy of an app: who may register, and with which attributes.
    ProfileEnrollment,
    /// The authentication policy of an app.
    AccessPolicy,
}

impl PolicyType {
    /// The name on Okta's wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::OktaSignOn => "OKTA_SIGN_ON",
            Self::MfaEnroll => "MFA_ENROLL",
            Self::Password => "PASSWORD",
            Self::ProfileEnrollment => "PROFILE_ENROLLMENT",
            Self::AccessPolicy => "ACCESS_POLICY",
        }
    }

    /// The `type` of its rules.
    pub(crate) const fn rule_type(self) -> &'static str {
        match self {
            Self::OktaSignOn => "SIGN_ON",
            Self::MfaEnroll | Self::Password | Self::ProfileEnrollment | Self::AccessPolicy => {
                self.as_str()
            }
        }
    }

    /// Whether apps are assigned to policies of this type. The others find the people they are for by groups.
    pub(crate) const fn is_for_apps(self) -> bool {
        match self {
            Self::ProfileEnrollment | Self::AccessPolicy => true,
            Self::OktaSignOn | Self::MfaEnroll | Self::Password => false,
        }
    }
}

impl TryFrom<String> for PolicyType {
    type Error = serde::de::value::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        use serde::de::IntoDeserializer as _;
        Self::deserialize(name.into_deserializer())
    }
}

/// Whether a policy or a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    /// It counts.
    #[default]
    Active,
    /// It is kept, and passed over.
    Inactive,
}

impl Status {
    /// The name on Okta's wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
        }
    }
}

impl TryFrom<String> for Status {
    type Error = serde::de::value::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        use serde::de::IntoDeserializer as _;
        Self::deserialize(name.into_deserializer())
    }
}

/// Whether a rule lets people do what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Access {
    /// They may.
    Allow,
    /// They may not.
    Deny,
}

impl Access {
    /// Whether it is [`Access::Allow`].
    pub(crate) const fn is_allowed(self) -> bool {
        matches!(self, Self::Allow)
    }
}
