//! Group rules: an expression over a user's profile, and the groups of those for whom it is true.

mod expression;
mod membership;

pub(crate) use expression::Expression;
pub(crate) use membership::{apply_rule_to_all, apply_rules, leave_groups_of_rule};
