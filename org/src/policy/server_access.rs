//! The access policies of a custom authorization server (`OAUTH_AUTHORIZATION_POLICY`): which grants and scopes they allow to
//! whom, and how long tokens live.

use model::{AppId, GroupId, UserId};
use serde::{Deserialize, Serialize};

use crate::oauth::Scope;

/// Stands for every client, every member of the org, every scope.
pub(crate) const ALL_CLIENTS: &str = "ALL_CLIENTS";
pub(crate) const EVERYONE: &str = "EVERYONE";
pub(crate) const ANY_SCOPE: &str = "*";

/// One active rule of an active policy.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// Of the policy: ids of apps, or [`ALL_CLIENTS`].
    pub(crate) clients: Vec<String>,
    pub(crate) conditions: RuleConditions,
    pub(crate) token: TokenLifetimes,
}

/// What a request must be for a rule, in the shape of Okta's `RESOURCE_ACCESS` rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct RuleConditions {
    pub(crate) people: People,
    pub(crate) grant_types: Included,
    pub(crate) scopes: Included,
}

/// Whom a rule is for: one of the users, or a member of one of the groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct People {
    pub(crate) users: Members,
    pub(crate) groups: Members,
}

/// Ids that are meant, and ids that are not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Members {
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
}

/// Names that are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Included {
    pub(crate) include: Vec<String>,
}

/// How long what a rule gives is good, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_field_names, reason = "the names are Okta's")]
pub(crate) struct TokenLifetimes {
    pub(crate) access_token_lifetime_minutes: u32,
    /// 0: for ever, as long as it is used.
    pub(crate) refresh_token_lifetime_minutes: u32,
    /// How long a refresh token may lie unused.
    pub(crate) refresh_token_window_minutes: u32,
}

impl Default for TokenLifetimes {
    fn default() -> Self {
        Self {
            access_token_lifetime_minutes: 60,
            refresh_token_lifetime_minutes: 0,
            refresh_token_window_minutes: 10_080,
        }
    }
}

/// What is asked of a server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccessRequest<'a> {
    pub(crate) grant_type: &'a str,
    pub(crate) scopes: &'a [Scope],
    pub(crate) app: &'a AppId,
    /// None for an app that acts for itself.
    pub(crate) person: Option<Person<'a>>,
}

/// For whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person<'a> {
    pub(crate) id: &'a UserId,
    pub(crate) groups: &'a [GroupId],
}

impl RuleConditions {
    /// For everyone, by these grants, with any scope.
    pub(crate) fn for_everyone(grant_types: &[&str]) -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Self {
            people: People {
                users: Members::default(),
                groups: Members {
                    include: texts(&[EVERYONE]),
                    exclude: Vec::new(),
                },
            },
            grant_types: Included {
                include: texts(grant_types),
            },
            scopes: Included {
                include: texts(&[ANY_SCOPE]),
            },
        }
    }
}

impl People {
    fn has(&self, person: Person<'_>) -> bool {
        let is_user = |list: &[String]| list.iter().any(|id| id == person.id.as_str());
        let is_member = |list: &[String]| {
            list.iter()
                .any(|id| id == EVERYONE || person.groups.iter().any(|group| group.as_str() == id))
        };
        let is_included = is_user(&self.users.include) || is_member(&self.groups.include);
        is_included && !is_user(&self.users.exclude) && !is_member(&self.groups.exclude)
    }
}

impl Rule {
    /// Whether the rule may match a request of this app by this grant.
    pub(crate) fn has_grant(&self, app: &AppId, grant_type: &str) -> bool {
        let is_for_app = self
            .clients
            .iter()
            .any(|client| client == ALL_CLIENTS || client == app.as_str());
        let allowed = &self.conditions.grant_types.include;
        is_for_app && allowed.iter().any(|allowed| allowed == grant_type)
    }

    fn allows(&self, request: &AccessRequest<'_>) -> bool {
        let has_scope = |scope: &Scope| {
            let allowed = &self.conditions.scopes.include;
            allowed
                .iter()
                .any(|allowed| allowed == ANY_SCOPE || allowed == scope.as_str())
        };
        self.has_grant(request.app, request.grant_type)
            && request
                .person
                .is_none_or(|person| self.conditions.people.has(person))
            && request.scopes.iter().all(has_scope)
    }
}

/// How long tokens may live by the first rule that matches. `None`: no rule matches, so nothing is issued.
pub(crate) fn evaluate(rules: &[Rule], request: &AccessRequest<'_>) -> Option<TokenLifetimes> {
    rules
        .iter()
        .find(|rule| rule.allows(request))
        .map(|rule| rule.token)
}

#[cfg(test)]
mod tests;
