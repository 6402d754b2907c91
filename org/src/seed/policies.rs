//! The policies of a seed, in the shapes of Okta's API.

use jiff::Timestamp;
use model::{Entropy, GroupId, UserId};
use rusqlite::Connection;
use std::collections::HashSet;

use super::SeedError;
use crate::policy::{Names, Noun, PolicyDraft, PolicySet, PolicyType, defaults, is_called};

/// A policy in a seed. One with the name of a policy of a new org changes that one; groups stand there by name, users by login.
pub(crate) type PolicySeed = PolicyDraft;

/// Writes the policies, in the caller's transaction, after the defaults.
pub(crate) fn store(
    db: &Connection,
    policies: &[PolicySeed],
    names: &Names,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    if policies.is_empty() {
        return Ok(());
    }
    let mut set = PolicySet::load(db)?;
    for seed in policies {
        let mut draft = seed.clone();
        draft.resolve(names);
        set.put(draft, entropy);
    }
    set.save(db, now)
}

/// Checks what the shapes alone do not say. The names of groups and the logins are in lower case.
pub(super) fn check(
    policies: &[PolicySeed],
    groups: &HashSet<String>,
    logins: &HashSet<String>,
) -> Result<(), SeedError> {
    for (index, policy) in policies.iter().enumerate() {
        if let Some(flaw) = policy.flaw() {
            let field = format!("policies[{index}].{}", flaw.field);
            return Err(SeedError::field(field, flaw.problem, flaw.remedy));
        }
        if has_policy(&policies[..index], policy.policy_type(), policy.name()) {
            return Err(SeedError::field(
                format!("policies[{index}].name"),
                "an earlier policy of the same type has the same name",
                "say everything about a policy in one place",
            ));
        }
        check_names(index, policy, groups, logins)?;
    }
    Ok(())
}

fn check_names(
    index: usize,
    policy: &PolicySeed,
    groups: &HashSet<String>,
    logins: &HashSet<String>,
) -> Result<(), SeedError> {
    let mut unknown = None;
    policy.clone().visit_names(&mut |noun, name| {
        let key = name.to_lowercase();
        let is_known = match noun {
            Noun::Group => groups.contains(&key) || GroupId::parse(&**name).is_ok(),
            Noun::User => logins.contains(&key) || UserId::parse(&**name).is_ok(),
        };
        if !is_known {
            unknown.get_or_insert_with(|| name.clone());
        }
    });
    match unknown {
        None => Ok(()),
        Some(name) => Err(SeedError::field(
            format!("policies[{index}]"),
            format!("it names {name:?}, which the seed does not define"),
            "define it in the seed, or correct the name",
        )),
    }
}

/// Whether the seed, or every new org, has the policy that an app names.
pub(super) fn is_known(policies: &[PolicySeed], policy_type: PolicyType, name: &str) -> bool {
    has_policy(policies, policy_type, name) || has_policy(&defaults(), policy_type, name)
}

fn has_policy(policies: &[PolicySeed], policy_type: PolicyType, name: &str) -> bool {
    policies
        .iter()
        .any(|policy| policy.policy_type() == policy_type && is_called(policy.name(), name))
}

#[cfg(test)]
mod tests {}
