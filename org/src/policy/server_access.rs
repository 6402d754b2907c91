//! The access policy of a custom authorization server (`OAUTH_AUTHORIZATION_POLICY`): which grants and scopes it allows.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::oauth::Scope;

/// One rule, in the shape of Okta's `RESOURCE_ACCESS` rules as far as the org decides by it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) grant_types: Vec<String>,
    /// Names of scopes; `*` is every scope.
    pub(crate) scopes: Vec<String>,
    pub(crate) access_token_lifetime_minutes: u16,
}

impl Rule {
    /// The rule that the `default` server begins with.
    pub(crate) fn default_rule() -> Self {
        Self {
            name: "Default Policy Rule".to_owned(),
            grant_types: vec![
                "authorization_code".to_owned(),
                "interaction_code".to_owned(),
            ],
            scopes: vec!["*".to_owned()],
            access_token_lifetime_minutes: 60,
        }
    }

    /// Whether the rule may match a request by this grant.
    pub(crate) fn has_grant(&self, grant_type: &str) -> bool {
        self.grant_types.iter().any(|allowed| allowed == grant_type)
    }

    fn allows(&self, grant_type: &str, scopes: &[Scope]) -> bool {
        let has_scope = |name: &str| {
            self.scopes
                .iter()
                .any(|allowed| allowed == "*" || allowed == name)
        };
        self.has_grant(grant_type) && scopes.iter().all(|scope| has_scope(scope.as_str()))
    }
}

/// How long an access token may live by the first rule that matches. `None`: no rule matches, so nothing is issued.
pub(crate) fn evaluate(
    rules: &[Rule],
    grant_type: &str,
    scopes: &[Scope],
) -> Option<SignedDuration> {
    rules
        .iter()
        .find(|rule| rule.allows(grant_type, scopes))
        .map(|rule| SignedDuration::from_mins(rule.access_token_lifetime_minutes.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_matches_decides() {
        let strict = Rule {
            scopes: vec!["openid".to_owned()],
            access_token_lifetime_minutes: 5,
            ..Rule::default_rule()
        };
        let rules = [strict, Rule::default_rule()];
        let evaluate = |scopes: &[Scope]| evaluate(&rules, "authorization_code", scopes);
        assert_eq!(
            evaluate(&[Scope::Openid]),
            Some(SignedDuration::from_mins(5))
        );
        assert_eq!(
            evaluate(&[Scope::Email]),
            Some(SignedDuration::from_mins(60))
        );
    }

    #[test]
    fn a_grant_type_that_no_rule_names_gets_nothing() {
        assert_eq!(evaluate(&[Rule::default_rule()], "password", &[]), None);
    }
}
