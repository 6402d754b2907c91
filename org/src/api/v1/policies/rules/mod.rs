//! The rules of a policy.

mod create;
mod delete;
mod get;
mod lifecycle;
mod list;
mod replace;

use super::record::{PolicyRecord, RuleRecord};
use super::view::{rule_target, target};
use super::{MANAGE, READ};
use crate::api::Table;
use crate::events::{Event, EventType};

pub(super) fn table(table: Table) -> Table {
    table
        .get(
            "/api/v1/policies/{policyId}/rules",
            "listPolicyRules",
            READ,
            list::list,
        )
        .post(
            "/api/v1/policies/{policyId}/rules",
            "createPolicyRule",
            MANAGE,
            create::create,
        )
        .get(
            "/api/v1/policies/{policyId}/rules/{ruleId}",
            "getPolicyRule",
            READ,
            get::get,
        )
        .put(
            "/api/v1/policies/{policyId}/rules/{ruleId}",
            "replacePolicyRule",
            MANAGE,
            replace::replace,
        )
        .delete(
            "/api/v1/policies/{policyId}/rules/{ruleId}",
            "deletePolicyRule",
            MANAGE,
            delete::delete,
        )
        .post(
            "/api/v1/policies/{policyId}/rules/{ruleId}/lifecycle/activate",
            "activatePolicyRule",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/policies/{policyId}/rules/{ruleId}/lifecycle/deactivate",
            "deactivatePolicyRule",
            MANAGE,
            lifecycle::deactivate,
        )
}

/// What happened to a rule of a policy.
fn event(kind: EventType, policy: &PolicyRecord, rule: &RuleRecord) -> Event {
    Event::of(kind).to(target(policy)).to(rule_target(rule))
}
