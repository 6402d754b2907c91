//! What an authentication policy asks to be proved (`verificationMethod`), in Okta's shapes.

use serde::{Deserialize, Serialize};

use super::{Flaw, Period};

/// The way in which it is said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub(crate) enum Verification {
    /// By kinds and number of factors.
    #[serde(rename = "ASSURANCE")]
    Assurance(Assurance),
    /// By methods, one after another.
    #[serde(rename = "AUTH_METHOD_CHAIN")]
    Chain(MethodChains),
}

/// Two factors of any kind: what holds where a rule says nothing.
impl Default for Verification {
    fn default() -> Self {
        Self::Assurance(Assurance::of(FactorMode::Two))
    }
}

impl Verification {
    /// After how long without use everything must be proved anew.
    pub(crate) const fn inactivity_period(&self) -> Option<Period> {
        match self {
            Self::Assurance(assurance) => assurance.inactivity_period,
            Self::Chain(_) => None,
        }
    }

    /// What makes it one that Okta would refuse.
    pub(super) fn flaw(&self) -> Option<Flaw> {
        match self {
            Self::Assurance(assurance) => assurance.flaw(),
            Self::Chain(chains) => chains.flaw(),
        }
    }
}

/// A number of factors of different classes, with constraints of which one must be met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Assurance {
    pub(crate) factor_mode: FactorMode,
    #[serde(default)]
    pub(crate) constraints: Vec<Constraint>,
    /// How long a proof counts. Absent: as long as the session lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reauthenticate_in: Option<Period>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) inactivity_period: Option<Period>,
}

impl Assurance {
    /// So many factors of any kind, each as old as the session.
    pub(crate) const fn of(factor_mode: FactorMode) -> Self {
        Self {
            factor_mode,
            constraints: Vec::new(),
            reauthenticate_in: None,
            inactivity_period: None,
        }
    }
}

impl Assurance {
    fn flaw(&self) -> Option<Flaw> {
        let index = self.constraints.iter().position(|constraint| {
            let parts = [&constraint.knowledge, &constraint.possession];
            let required = |part: &&Option<ClassConstraint>| {
                part.as_ref().is_some_and(ClassConstraint::is_required)
            };
            self.factor_mode == FactorMode::One
                && parts.iter().filter(|part| required(part)).count() > 1
        })?;
        Some(Flaw::at(
            format!("constraints[{index}]"),
            "it asks for two factors, and factorMode for one",
            "set factorMode to 2FA, or leave one of them out",
        ))
    }
}

/// How many factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum FactorMode {
    #[serde(rename = "1FA")]
    One,
    /// Of two classes: two possession factors are one.
    #[serde(rename = "2FA")]
    Two,
}

/// What the factors must be. All that is said must be met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Constraint {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) knowledge: Option<ClassConstraint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) possession: Option<ClassConstraint>,
}

/// What a factor of one class must be. Empty lists do not restrict.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ClassConstraint {
    /// Whether there must be one; otherwise only those that are as said count. Absent: true, unless methods are excluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) required: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) types: Vec<TypeName>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) methods: Vec<MethodName>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) authentication_methods: Vec<AuthenticationMethod>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) excluded_authentication_methods: Vec<AuthenticationMethod>,
    /// Overrides the assurance's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reauthenticate_in: Option<Period>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device_bound: Option<Need>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hardware_protection: Option<Need>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phishing_resistant: Option<Need>,
    /// Every authenticator of the org has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_presence: Option<Need>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_verification: Option<Need>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) user_verification_methods: Vec<UserVerificationMethod>,
}

impl ClassConstraint {
    pub(crate) fn is_required(&self) -> bool {
        self.required
            .unwrap_or(self.excluded_authentication_methods.is_empty())
    }
}

/// Whether a property of a factor matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Need {
    Optional,
    Required,
}

/// How a device may make sure of its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UserVerificationMethod {
    Biometrics,
    Pin,
}

/// A method of an authenticator, or all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AuthenticationMethod {
    /// Of any authenticator that Okta knows, also of those that the org does not have.
    pub(crate) key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<MethodName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hardware_protection: Option<Need>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phishing_resistant: Option<Need>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_verification: Option<Need>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) user_verification_methods: Vec<UserVerificationMethod>,
}

/// Chains of methods of which one must be gone through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MethodChains {
    pub(crate) chains: Vec<MethodChain>,
    /// How long a proof counts where its step does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reauthenticate_in: Option<Period>,
}

/// Okta's limits.
const CHAINS: usize = 5;
const STEPS: usize = 3;

impl MethodChains {
    fn flaw(&self) -> Option<Flaw> {
        if !(1..=CHAINS).contains(&self.chains.len()) {
            let problem = "there are none, or more than five";
            return Some(Flaw::at("chains", problem, "give one to five chains"));
        }
        let index = self
            .chains
            .iter()
            .position(|chain| !chain.is_usable(STEPS))?;
        Some(Flaw::at(
            format!("chains[{index}]"),
            "a step has no method or two next steps, or there are more than three steps",
            "give each step a method, and each but the last one next step",
        ))
    }
}

impl MethodChain {
    fn is_usable(&self, steps: usize) -> bool {
        let continues = match self.next.as_slice() {
            [] => true,
            [next] => next.is_usable(steps - 1),
            _ => false,
        };
        steps > 0 && !self.authentication_methods.is_empty() && continues
    }
}

/// A step, and what may follow it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MethodChain {
    /// Any of them.
    pub(crate) authentication_methods: Vec<AuthenticationMethod>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) next: Vec<Self>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reauthenticate_in: Option<Period>,
}

/// A type of authenticator. Okta writes them in upper and in lower case; here they are kept in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TypeName {
    #[serde(alias = "SECURITY_KEY")]
    SecurityKey,
    #[serde(alias = "PHONE")]
    Phone,
    #[serde(alias = "EMAIL")]
    Email,
    #[serde(alias = "PASSWORD")]
    Password,
    #[serde(alias = "SECURITY_QUESTION")]
    SecurityQuestion,
    #[serde(alias = "APP")]
    App,
    #[serde(alias = "FEDERATED")]
    Federated,
}

impl TypeName {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SecurityKey => "security_key",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Password => "password",
            Self::SecurityQuestion => "security_question",
            Self::App => "app",
            Self::Federated => "federated",
        }
    }
}

/// A method as policies name it, in upper or in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MethodName {
    #[serde(alias = "PASSWORD")]
    Password,
    #[serde(alias = "SECURITY_QUESTION")]
    SecurityQuestion,
    #[serde(alias = "SMS")]
    Sms,
    #[serde(alias = "VOICE")]
    Voice,
    #[serde(alias = "EMAIL")]
    Email,
    #[serde(alias = "PUSH")]
    Push,
    #[serde(alias = "SIGNED_NONCE")]
    SignedNonce,
    #[serde(alias = "OTP")]
    Otp,
    #[serde(alias = "TOTP")]
    Totp,
    #[serde(alias = "WEBAUTHN")]
    Webauthn,
    #[serde(alias = "DUO")]
    Duo,
    #[serde(alias = "IDP")]
    Idp,
    #[serde(alias = "CERT")]
    Cert,
}

impl MethodName {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::SecurityQuestion => "security_question",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Email => "email",
            Self::Push => "push",
            Self::SignedNonce => "signed_nonce",
            Self::Otp => "otp",
            Self::Totp => "totp",
            Self::Webauthn => "webauthn",
            Self::Duo => "duo",
            Self::Idp => "idp",
            Self::Cert => "cert",
        }
    }
}
