use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::finding::{Finding, not_decidable};

/// With which device.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Device {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) registered: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) managed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) assurance: Option<DeviceAssurance>,
}

/// Ids of device assurance policies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct DeviceAssurance {
    pub(crate) include: Vec<String>,
}

impl Device {
    pub(super) fn examine(&self) -> Option<Finding> {
        let assured = self
            .assurance
            .as_ref()
            .is_some_and(|assurance| !assurance.include.is_empty());
        if self.registered.is_none() && self.managed.is_none() && !assured {
            return None;
        }
        let holds = self.registered != Some(true) && self.managed != Some(true) && !assured;
        let taken_as = "neither registered nor managed";
        Some(not_decidable(
            "the device is as the rule asks",
            taken_as,
            holds,
        ))
    }
}

/// On which platforms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct PlatformCondition {
    pub(crate) include: Vec<Platform>,
    pub(crate) exclude: Vec<Platform>,
}

/// A platform and its operating system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Platform {
    #[serde(rename = "type")]
    pub(crate) kind: PlatformKind,
    /// As Okta writes it: `{"type":"IOS","version":{…}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) os: Option<Value>,
}

/// What kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PlatformKind {
    Any,
    Desktop,
    Mobile,
    Other,
}

impl PlatformCondition {
    pub(super) fn examine(&self) -> Option<Finding> {
        let restricts = !self.include.iter().any(Platform::is_every) && !self.include.is_empty();
        if !restricts && self.exclude.is_empty() {
            return None;
        }
        let holds = !restricts && !self.exclude.iter().any(Platform::is_every);
        Some(not_decidable(
            "the platform is one of certain ones",
            "none of those named",
            holds,
        ))
    }
}

impl Platform {
    fn is_every(&self) -> bool {
        let system = self.os.as_ref().and_then(|os| os.get("type"));
        self.kind == PlatformKind::Any && system.is_none_or(|system| system == "ANY")
    }
}
