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
mod tests {
    use super::*;
    use crate::policy::Subject;
    use crate::store::{Store, StoreError};
    use serde_json::{Value, json};
    use testkit::{SeededEntropy, TestDir};

    fn read(policies: Value) -> Vec<PolicySeed> {
        serde_json::from_value(policies).expect("policies")
    }

    fn problem(policies: Value) -> String {
        let groups = HashSet::from(["everyone".to_owned(), "testers".to_owned()]);
        let logins = HashSet::from(["jane@example.com".to_owned()]);
        match check(&read(policies), &groups, &logins) {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    fn for_people(people: Value) -> Value {
        json!([{"type": "OKTA_SIGN_ON", "name": "Mine", "rules": [
            {"name": "One", "conditions": {"people": people}, "actions": {"signon": {"access": "ALLOW"}}}
        ]}])
    }

    #[test]
    fn a_name_that_the_seed_does_not_define_is_refused() {
        let groups = |name: &str| for_people(json!({"groups": {"include": [name]}}));
        let users = |name: &str| for_people(json!({"users": {"exclude": [name]}}));
        assert_eq!(problem(groups("TESTERS")), "");
        assert_eq!(problem(users("Jane@Example.com")), "");
        assert_eq!(problem(groups("00g12345678901234567")), "");
        for (policies, name) in [(groups("Nobody"), "Nobody"), (users("john"), "john")] {
            let problem = problem(policies);
            assert!(
                problem.contains("policies[0]") && problem.contains(name),
                "{problem}"
            );
        }
        let target = problem(
            json!([{"type": "PROFILE_ENROLLMENT", "name": "Mine", "rules": [
                {"name": "Catch-all Rule", "actions": {"profileEnrollment": {
                    "access": "ALLOW", "unknownUserAction": "DENY", "targetGroupIds": ["Nowhere"]
                }}}
            ]}]),
        );
        assert!(target.contains("Nowhere"), "{target}");
    }

    #[test]
    fn a_flaw_and_a_name_used_twice_are_told_with_their_place() {
        let twice = problem(json!([
            {"type": "ACCESS_POLICY", "name": "Any one factor"},
            {"type": "PASSWORD", "name": "Any one factor"},
            {"type": "ACCESS_POLICY", "name": "one factor ACCESS"}
        ]));
        assert!(twice.contains("policies[2].name"), "{twice}");
        let flaw = problem(json!([{"type": "ACCESS_POLICY", "name": "Mine", "conditions": {}}]));
        assert!(flaw.contains("policies[0].conditions"), "{flaw}");
    }

    #[test]
    fn apps_may_name_policies_of_the_seed_and_of_every_new_org() {
        let mine = read(json!([{"type": "ACCESS_POLICY", "name": "Mine"}]));
        let knows = |policy_type, name| is_known(&mine, policy_type, name);
        for name in ["mine", "Any two factors", "Any one factor", "Password only"] {
            assert!(knows(PolicyType::AccessPolicy, name), "{name}");
        }
        assert!(knows(
            PolicyType::ProfileEnrollment,
            "User Enrollment Policy"
        ));
        assert!(!knows(PolicyType::ProfileEnrollment, "Mine"));
        assert!(!knows(PolicyType::AccessPolicy, "Other"));
    }

    #[tokio::test]
    async fn a_seed_adds_policies_and_changes_those_of_a_new_org() {
        let dir = TestDir::new();
        let org = Store::open(dir.path()).expect("a store");
        let entropy = SeededEntropy::new(1);
        let testers = GroupId::generate(&entropy);
        let ids = Names::new([("Testers", &testers)], []);
        let seed = read(json!([
            {"type": "OKTA_SIGN_ON", "name": "Mine",
             "conditions": {"people": {"groups": {"include": ["Testers"]}}},
             "rules": [{"name": "One", "actions": {"signon": {"access": "DENY"}}}]},
            {"type": "OKTA_SIGN_ON", "name": "Default Policy", "rules": [
                {"name": "Default Rule", "actions": {"signon": {
                    "access": "ALLOW", "primaryFactor": "PASSWORD_IDP"
                }}}
            ]}
        ]));
        org.write(move |db| {
            let now = Timestamp::UNIX_EPOCH;
            let everyone = GroupId::generate(&entropy);
            crate::policy::store_defaults(db, &everyone, &entropy, now)?;
            store(db, &seed, &ids, &entropy, now)?;
            Ok::<_, StoreError>(())
        })
        .await
        .expect("a change");
        let set = org.read(PolicySet::load).expect("policies");
        let access = |groups: &[GroupId]| {
            let who = Subject { user: None, groups };
            set.global_session(who).outcome.access.is_allowed()
        };
        assert!(!access(&[testers]) && access(&[]));
        assert!(set.every_global_session_asks_password());
    }
}
