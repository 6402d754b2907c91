use serde::Deserialize;
use serde_json::Value;

use super::super::{Status, text};
use crate::api::ApiError;
use crate::policy::server_access::{Included, Members, People, RuleConditions, TokenLifetimes};

/// A rule as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    name: String,
    pub(super) priority: Option<u32>,
    #[serde(default)]
    pub(super) status: Status,
    conditions: Option<ConditionsBody>,
    actions: Option<ActionsBody>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConditionsBody {
    people: Option<PeopleBody>,
    grant_types: Option<ListBody>,
    scopes: Option<ListBody>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PeopleBody {
    users: Option<MembersBody>,
    groups: Option<MembersBody>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MembersBody {
    include: Option<Vec<String>>,
    exclude: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct ListBody {
    include: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct ActionsBody {
    token: Option<TokenBody>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenBody {
    access_token_lifetime_minutes: Option<u32>,
    refresh_token_lifetime_minutes: Option<u32>,
    refresh_token_window_minutes: Option<u32>,
    inline_hook: Option<Value>,
}

/// What a rule is made of, before the database was asked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) conditions: RuleConditions,
    pub(super) token: TokenLifetimes,
}

/// Okta's limit, in characters.
const NAME: usize = 100;

impl RuleBody {
    pub(super) fn checked(&mut self) -> Result<Checked, ApiError> {
        if self.kind.as_deref() != Some("RESOURCE_ACCESS") {
            return Err(ApiError::invalid(
                "type",
                "The type must be RESOURCE_ACCESS",
            ));
        }
        let name = text("name", &self.name, NAME)?;
        let conditions = self
            .conditions
            .take()
            .ok_or_else(|| ApiError::invalid("conditions", "The field cannot be left blank"))?;
        let token = self.actions.take().and_then(|actions| actions.token);
        Ok(Checked {
            name,
            conditions: conditions.whole(),
            token: token.map_or_else(|| Ok(TokenLifetimes::default()), TokenBody::checked)?,
        })
    }
}

impl ConditionsBody {
    fn whole(self) -> RuleConditions {
        let people = self.people.unwrap_or_default();
        RuleConditions {
            people: People {
                users: members(people.users),
                groups: members(people.groups),
            },
            grant_types: included(self.grant_types),
            scopes: included(self.scopes),
        }
    }
}

fn members(sent: Option<MembersBody>) -> Members {
    let sent = sent.unwrap_or_default();
    Members {
        include: sent.include.unwrap_or_default(),
        exclude: sent.exclude.unwrap_or_default(),
    }
}

fn included(sent: Option<ListBody>) -> Included {
    Included {
        include: sent.and_then(|list| list.include).unwrap_or_default(),
    }
}

/// Okta's limits, in minutes.
const ACCESS: std::ops::RangeInclusive<u32> = 5..=1440;
const WINDOW: std::ops::RangeInclusive<u32> = 10..=2_628_000;

impl TokenBody {
    fn checked(self) -> Result<TokenLifetimes, ApiError> {
        let usual = TokenLifetimes::default();
        let access = self
            .access_token_lifetime_minutes
            .unwrap_or(usual.access_token_lifetime_minutes);
        let refresh = self
            .refresh_token_lifetime_minutes
            .unwrap_or(usual.refresh_token_lifetime_minutes);
        let window = self
            .refresh_token_window_minutes
            .unwrap_or(usual.refresh_token_window_minutes);
        let wrong = |field: &str, message: &str| {
            Err(ApiError::invalid(
                &format!("actions.token.{field}"),
                message,
            ))
        };
        if !ACCESS.contains(&access) {
            return wrong(
                "accessTokenLifetimeMinutes",
                "The value must be between 5 and 1440",
            );
        }
        if refresh != 0 && refresh < access {
            return wrong(
                "refreshTokenLifetimeMinutes",
                "The value must be 0, or at least the lifetime of the access token",
            );
        }
        if !WINDOW.contains(&window) || window < access {
            return wrong(
                "refreshTokenWindowMinutes",
                "The value must be between 10 and 2628000, and at least the lifetime of the access token",
            );
        }
        let is_hooked = self
            .inline_hook
            .is_some_and(|hook| hook.get("id").is_some_and(|id| !id.is_null() && id != ""));
        if is_hooked {
            return wrong("inlineHook", "The local org has no inline hooks");
        }
        Ok(TokenLifetimes {
            access_token_lifetime_minutes: access,
            refresh_token_lifetime_minutes: refresh,
            refresh_token_window_minutes: window,
        })
    }
}
