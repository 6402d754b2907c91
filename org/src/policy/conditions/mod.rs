//! The conditions of policies and rules, in Okta's shapes, and whether they hold.

mod context;
mod device;
mod finding;
mod network;
mod people;
mod risk;

use serde::{Deserialize, Serialize};

use crate::policy::Subject;

use context::{AppCondition, AuthContext, AuthProvider, IdentityProvider, examine_user_type};
use device::{Device, PlatformCondition};
use finding::matches;
pub(crate) use finding::{Examined, Finding, Labels};
use network::Network;
pub(crate) use people::{IncludeExclude, People};
use risk::{Behaviors, ElCondition, RiskScore};

/// When a policy or a rule applies. What is absent does not restrict.
///
/// One shape for all types: Okta's types differ in which of these they have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Conditions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) people: Option<People>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_type: Option<IncludeExclude>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) network: Option<Network>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device: Option<Device>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) platform: Option<PlatformCondition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) risk_score: Option<RiskScore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) risk: Option<Behaviors>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) el_condition: Option<ElCondition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) auth_context: Option<AuthContext>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) identity_provider: Option<IdentityProvider>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) auth_provider: Option<AuthProvider>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) app: Option<AppCondition>,
}

impl Conditions {
    /// Looks at each condition, also after one that does not hold: the explanation shows them all.
    pub(crate) fn examine(&self, who: Subject<'_>, labels: Labels<'_>) -> Examined {
        let mut findings: Vec<Finding> = self
            .examine_each(who, labels)
            .map(|(_, finding)| finding)
            .collect();
        if findings.is_empty() {
            findings.push(matches("without condition", true));
        }
        Examined { findings }
    }

    /// The same with the place of each in Okta's shape: `people.groups.include`.
    pub(crate) fn examine_each(
        &self,
        who: Subject<'_>,
        labels: Labels<'_>,
    ) -> impl Iterator<Item = (&'static str, Finding)> {
        let people = match &self.people {
            Some(people) => people.examine(who, labels),
            None => Vec::new(),
        };
        people.into_iter().chain(self.examine_client())
    }

    /// Whether they leave anybody out.
    pub(crate) fn restricts(&self) -> bool {
        let people = self.people.as_ref();
        people.is_some_and(People::restricts) || self.examine_client().next().is_some()
    }

    /// What Okta knows of a client by its network, its device and its history, the org does not. It decides as Okta does for a
    /// client that nothing is known of: outside of every zone, with a device that is neither registered nor managed, at low
    /// risk. So a rule that trusts a place or a device never applies by accident, and the next one is asked.
    fn examine_client(&self) -> impl Iterator<Item = (&'static str, Finding)> {
        let of = |place, finding: Option<Finding>| finding.map(|finding| (place, finding));
        [
            of(
                "userType",
                self.user_type.as_ref().and_then(examine_user_type),
            ),
            of(
                "network.connection",
                self.network.as_ref().and_then(Network::examine),
            ),
            of("device", self.device.as_ref().and_then(Device::examine)),
            of(
                "platform",
                self.platform.as_ref().and_then(PlatformCondition::examine),
            ),
            of(
                "riskScore.level",
                self.risk_score.as_ref().and_then(RiskScore::examine),
            ),
            of(
                "risk.behaviors",
                self.risk.as_ref().and_then(Behaviors::examine),
            ),
            of(
                "elCondition.condition",
                self.el_condition.as_ref().and_then(ElCondition::examine),
            ),
            of(
                "authContext.authType",
                self.auth_context.as_ref().and_then(AuthContext::examine),
            ),
            of(
                "identityProvider.provider",
                self.identity_provider
                    .as_ref()
                    .and_then(IdentityProvider::examine),
            ),
            of(
                "authProvider.provider",
                self.auth_provider.as_ref().and_then(AuthProvider::examine),
            ),
            of("app", self.app.as_ref().and_then(AppCondition::examine)),
        ]
        .into_iter()
        .flatten()
    }
}

#[cfg(test)]
mod tests;
