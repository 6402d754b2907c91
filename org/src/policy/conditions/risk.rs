use serde::{Deserialize, Serialize};

use super::finding::{Finding, not_decidable};

/// At which risk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RiskScore {
    pub(crate) level: RiskLevel,
}

/// How risky Okta holds a sign-in to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RiskLevel {
    Any,
    Low,
    Medium,
    High,
}

impl RiskScore {
    pub(super) fn examine(&self) -> Option<Finding> {
        let (what, holds) = match self.level {
            RiskLevel::Any => return None,
            RiskLevel::Low => ("the risk is low", true),
            RiskLevel::Medium => ("the risk is medium", false),
            RiskLevel::High => ("the risk is high", false),
        };
        Some(not_decidable(what, "low", holds))
    }
}

/// With which unusual behaviors, by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Behaviors {
    pub(crate) behaviors: Vec<String>,
}

impl Behaviors {
    pub(super) fn examine(&self) -> Option<Finding> {
        let asks = !self.behaviors.is_empty();
        asks.then(|| not_decidable("the behavior is unusual", "as usual", false))
    }
}

/// An expression of Okta's language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ElCondition {
    pub(crate) condition: String,
}

impl ElCondition {
    pub(super) fn examine(&self) -> Option<Finding> {
        let asks = !self.condition.trim().is_empty();
        asks.then(|| not_decidable("a custom expression is true", "not true", false))
    }
}
