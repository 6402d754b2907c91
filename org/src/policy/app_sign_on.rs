//! The authentication policy of an app (`ACCESS_POLICY`): what must be proved before its tokens are issued.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::set::PolicySet;
use super::verification::{Assurance, ClassConstraint, Constraint, FactorMode, Need, Verification};
use super::{Access, Actions, Flaw, NoSettings, Period, Policy, PolicyType};

/// What a rule of the type says, in Okta's shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AppSignOnActions {
    pub(crate) app_sign_on: AppSignOnRule,
}

/// Who may use the app, and with what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AppSignOnRule {
    pub(crate) access: Access,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verification_method: Option<Verification>,
    #[serde(default)]
    pub(crate) keep_me_signed_in: KeepMeSignedIn,
}

/// Whether a person is asked, after signing in, to stay signed in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct KeepMeSignedIn {
    pub(crate) post_auth: PostAuth,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) post_auth_prompt_frequency: Option<Period>,
}

/// Okta's two answers to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PostAuth {
    Allowed,
    #[default]
    NotAllowed,
}

/// How often the question whether to stay signed in is put, where the rule does not say it: 30 days.
const PROMPT_FREQUENCY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What the authentication policy of an app says of a person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AppSignOn {
    pub(crate) access: Access,
    /// What must be proved.
    pub(crate) verification: Verification,
    /// Whether the person is asked, after signing in, to stay signed in.
    pub(crate) post_auth_keep_me_signed_in: bool,
    /// How long the answer to that question counts.
    pub(crate) post_auth_prompt_frequency: SignedDuration,
}

impl From<&AppSignOnActions> for AppSignOn {
    fn from(AppSignOnActions { app_sign_on: rule }: &AppSignOnActions) -> Self {
        let keep = &rule.keep_me_signed_in;
        Self {
            access: rule.access,
            verification: rule.verification_method.clone().unwrap_or_default(),
            post_auth_keep_me_signed_in: keep.post_auth == PostAuth::Allowed,
            post_auth_prompt_frequency: keep
                .post_auth_prompt_frequency
                .map_or(PROMPT_FREQUENCY, Period::as_duration),
        }
    }
}

impl AppSignOn {
    /// The answer where no policy applies.
    pub(super) fn denied() -> Self {
        Self {
            access: Access::Deny,
            verification: Verification::default(),
            post_auth_keep_me_signed_in: false,
            post_auth_prompt_frequency: PROMPT_FREQUENCY,
        }
    }
}

impl Actions for AppSignOnActions {
    const TYPE: PolicyType = PolicyType::AccessPolicy;
    type Settings = NoSettings;

    fn list(set: &PolicySet) -> &Vec<Policy<Self>> {
        &set.access
    }

    fn list_mut(set: &mut PolicySet) -> &mut Vec<Policy<Self>> {
        &mut set.access
    }

    /// Not a permissive one: as at Okta, it asks for two factors, one of them bound to a device.
    fn catch_all() -> Option<Self> {
        let possession = ClassConstraint {
            required: Some(true),
            device_bound: Some(Need::Required),
            ..ClassConstraint::default()
        };
        let assurance = Assurance {
            factor_mode: FactorMode::Two,
            constraints: vec![Constraint {
                knowledge: None,
                possession: Some(possession),
            }],
            reauthenticate_in: Some(Period::new(SignedDuration::from_hours(12))),
            inactivity_period: None,
        };
        Some(Self {
            app_sign_on: AppSignOnRule {
                access: Access::Allow,
                verification_method: Some(Verification::Assurance(assurance)),
                keep_me_signed_in: KeepMeSignedIn::default(),
            },
        })
    }

    fn flaw(&self) -> Option<Flaw> {
        let verification = self.app_sign_on.verification_method.as_ref()?;
        let flaw = verification.flaw()?;
        Some(flaw.within("appSignOn.verificationMethod"))
    }
}
