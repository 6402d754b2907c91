use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::policy::Status;

/// What the policy says, in Okta's shape and with Okta's defaults.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct PasswordSettings {
    pub(crate) password: PasswordRules,
    pub(crate) recovery: Recovery,
    pub(crate) delegation: Delegation,
}

/// What is said of the password itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct PasswordRules {
    pub(crate) complexity: Complexity,
    pub(crate) age: Age,
    pub(crate) lockout: Lockout,
    /// Kept as given: the org asks nobody about breaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) breached_protection: Option<Value>,
}

/// What a password must be made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Complexity {
    /// In characters.
    pub(crate) min_length: u16,
    pub(crate) min_lower_case: u16,
    pub(crate) min_upper_case: u16,
    pub(crate) min_number: u16,
    pub(crate) min_symbol: u16,
    /// Whether no part of the username may occur.
    pub(crate) exclude_username: bool,
    /// Attributes of the profile that may not occur.
    pub(crate) exclude_attributes: Vec<ExcludedAttribute>,
    pub(crate) dictionary: Dictionary,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_consecutive_characters: Option<u16>,
    /// Kept as given: the org does not evaluate Okta's expressions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) oel_statement: Option<String>,
}

impl Default for Complexity {
    fn default() -> Self {
        Self {
            min_length: 8,
            min_lower_case: 1,
            min_upper_case: 1,
            min_number: 1,
            min_symbol: 0,
            exclude_username: true,
            exclude_attributes: Vec::new(),
            dictionary: Dictionary::default(),
            max_consecutive_characters: None,
            oel_statement: None,
        }
    }
}

impl Complexity {
    /// Whether passwords that many people use are refused.
    pub(crate) const fn excludes_common(&self) -> bool {
        self.dictionary.common.exclude
    }
}

/// The attributes that Okta can keep out of passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ExcludedAttribute {
    FirstName,
    LastName,
}

/// Word lists.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Dictionary {
    pub(crate) common: CommonPasswords,
}

/// The list of common passwords.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct CommonPasswords {
    pub(crate) exclude: bool,
}

/// How long a password lives. Zero is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Age {
    pub(crate) max_age_days: u32,
    pub(crate) expire_warn_days: u32,
    pub(crate) min_age_minutes: u32,
    /// How many earlier passwords may not come back.
    pub(crate) history_count: u16,
}

impl Default for Age {
    fn default() -> Self {
        Self {
            max_age_days: 0,
            expire_warn_days: 0,
            min_age_minutes: 0,
            history_count: 5,
        }
    }
}

impl Age {
    /// After how long a password has expired.
    pub(crate) fn max_age(self) -> Option<SignedDuration> {
        (self.max_age_days > 0).then(|| days(self.max_age_days))
    }

    /// How long a password must be kept.
    pub(crate) fn min_age(self) -> Option<SignedDuration> {
        let minutes = SignedDuration::from_mins(self.min_age_minutes.into());
        (self.min_age_minutes > 0).then_some(minutes)
    }
}

fn days(count: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(count) * 24)
}

/// When wrong answers lock an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Lockout {
    /// Zero: never by this policy.
    pub(crate) max_attempts: u32,
    /// Zero: not by time.
    pub(crate) auto_unlock_minutes: u32,
    pub(crate) show_lockout_failures: bool,
    pub(crate) user_lockout_notification_channels: Vec<NotificationChannel>,
}

impl Default for Lockout {
    fn default() -> Self {
        Self {
            max_attempts: 10,
            auto_unlock_minutes: 0,
            show_lockout_failures: false,
            user_lockout_notification_channels: Vec::new(),
        }
    }
}

impl Lockout {
    /// Whether the person gets a mail when the account locks.
    pub(crate) fn notifies_by_email(&self) -> bool {
        self.user_lockout_notification_channels
            .contains(&NotificationChannel::Email)
    }
}

/// How a person learns of a locked account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum NotificationChannel {
    Email,
}

/// What is said of recovery for all rules.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Recovery {
    pub(crate) factors: RecoveryFactors,
}

/// The factors of recovery. The rule says which of them begin one; here are their settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RecoveryFactors {
    pub(crate) recovery_question: RecoveryQuestion,
    pub(crate) okta_email: RecoveryEmail,
    pub(crate) okta_sms: RecoveryFactor,
    pub(crate) okta_call: RecoveryFactor,
}

impl Default for RecoveryFactors {
    fn default() -> Self {
        let inactive = RecoveryFactor {
            status: Status::Inactive,
        };
        Self {
            recovery_question: RecoveryQuestion::default(),
            okta_email: RecoveryEmail::default(),
            okta_sms: inactive,
            okta_call: inactive,
        }
    }
}

impl RecoveryFactors {}

/// A factor without settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct RecoveryFactor {
    pub(crate) status: Status,
}

/// The question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct RecoveryQuestion {
    pub(crate) status: Status,
    pub(crate) properties: QuestionProperties,
}

/// Its settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct QuestionProperties {
    pub(crate) complexity: QuestionComplexity,
}

/// What an answer must be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct QuestionComplexity {
    /// In characters.
    pub(crate) min_length: u16,
}

impl Default for QuestionComplexity {
    fn default() -> Self {
        Self { min_length: 4 }
    }
}

/// The mail.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct RecoveryEmail {
    pub(crate) status: Status,
    pub(crate) properties: EmailProperties,
}

/// Its settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct EmailProperties {
    pub(crate) recovery_token: RecoveryToken,
}

/// The link in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct RecoveryToken {
    pub(crate) token_lifetime_minutes: u32,
}

impl Default for RecoveryToken {
    fn default() -> Self {
        Self {
            token_lifetime_minutes: 60,
        }
    }
}

/// Kept as given: the org has no other directory to delegate to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Delegation {
    pub(crate) options: DelegationOptions,
}

/// Its settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct DelegationOptions {
    pub(crate) skip_unlock: bool,
}
