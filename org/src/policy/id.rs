use model::{Entropy, OrgId};
use serde::{Deserialize, Serialize};
use std::fmt;

use super::PolicyType;

const LENGTH: usize = 20;
const PREFIX_LENGTH: usize = 3;

/// A text that is not the id of a policy or of a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not {what}: expected {LENGTH} letters and digits that begin with {} or {}", prefixes[0], prefixes[1])]
pub(crate) struct InvalidPolicyId {
    value: String,
    what: &'static str,
    prefixes: [&'static str; 2],
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, apps: $for_apps:literal, groups: $for_groups:literal, $what:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub(crate) struct $name(String);

        impl $name {
            /// A fresh one, with the prefix that Okta gives to the type.
            pub(crate) fn generate(policy_type: PolicyType, entropy: &dyn Entropy) -> Self {
                let prefix = if policy_type.is_for_apps() { $for_apps } else { $for_groups };
                Self(generate(prefix, entropy))
            }

            /// The id as it appears on the wire.
            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidPolicyId;

            fn try_from(value: String) -> Result<Self, Self::Error> {
                let prefixes = [$for_apps, $for_groups];
                if is_id(&value, prefixes) {
                    Ok(Self(value))
                } else {
                    Err(InvalidPolicyId { value, what: $what, prefixes })
                }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A policy: `rst…` for the types that apps are assigned to, `00p…` for the others.
    PolicyId, apps: "rst", groups: "00p", "a policy id"
);
id!(
    /// A rule of a policy: `rul…` or `0pr…`.
    RuleId, apps: "rul", groups: "0pr", "a rule id"
);

/// Behind the prefix all ids of Okta are made alike.
fn generate(prefix: &str, entropy: &dyn Entropy) -> String {
    let alike = OrgId::generate(entropy);
    format!("{prefix}{}", &alike.as_str()[PREFIX_LENGTH..])
}

fn is_id(value: &str, prefixes: [&str; 2]) -> bool {
    value.len() == LENGTH
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && prefixes.iter().any(|prefix| value.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::SeededEntropy;

    #[test]
    fn the_prefix_tells_policies_of_apps_from_those_of_groups() {
        let entropy = SeededEntropy::new(1);
        for (policy_type, policy, rule) in [
            (PolicyType::AccessPolicy, "rst", "rul"),
            (PolicyType::ProfileEnrollment, "rst", "rul"),
            (PolicyType::OktaSignOn, "00p", "0pr"),
            (PolicyType::MfaEnroll, "00p", "0pr"),
            (PolicyType::Password, "00p", "0pr"),
        ] {
            let policy_id = PolicyId::generate(policy_type, &entropy);
            let rule_id = RuleId::generate(policy_type, &entropy);
            assert!(policy_id.as_str().starts_with(policy), "{policy_id}");
            assert!(rule_id.as_str().starts_with(rule), "{rule_id}");
            assert_eq!(
                PolicyId::try_from(policy_id.to_string()),
                Ok(policy_id.clone())
            );
            assert!(RuleId::try_from(policy_id.to_string()).is_err());
        }
    }

    #[test]
    fn a_text_that_is_no_id_is_refused_without_a_panic() {
        for text in ["", "rst", "rstü99999999999999", "00u12345678901234567"] {
            let error = PolicyId::try_from(text.to_owned()).expect_err("no policy id");
            assert!(error.to_string().contains("not a policy id"), "{error}");
        }
    }
}
