use model::ErrorCode;
use rusqlite::Connection;
use serde::Deserialize;

use super::super::find_group;
use crate::api::{ApiError, roles_of_group};
use crate::directory::Expression;

/// Okta's limit, in characters.
const NAME: usize = 50;
/// As many groups as a rule may name.
const MOST_GROUPS: usize = 100;

/// A rule as a request brings it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RuleInput {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    conditions: Conditions,
    actions: Actions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Conditions {
    expression: ExpressionInput,
    people: Option<People>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ExpressionInput {
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct People {
    users: Option<Excluded>,
    groups: Option<Excluded>,
}

#[derive(Debug, Default, Deserialize)]
struct Excluded {
    exclude: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Actions {
    assign_user_to_groups: Assigned,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Assigned {
    group_ids: Vec<String>,
}

/// What a rule says, once it is known that it can be kept.
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) expression: String,
    pub(super) groups: Vec<String>,
    pub(super) excluded: Vec<String>,
}

impl RuleInput {
    /// Looks at everything that can be judged by itself.
    pub(super) fn checked(self) -> Result<Checked, ApiError> {
        if self.kind != "group_rule" {
            return Err(ApiError::invalid("type", "Expected group_rule"));
        }
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME {
            return Err(ApiError::invalid(
                "name",
                "The field must have 1 to 50 characters",
            ));
        }
        let expression = self.conditions.expression;
        if expression.kind != "urn:okta:expression:1.0" {
            return Err(ApiError::invalid(
                "conditions.expression.type",
                "Expected urn:okta:expression:1.0",
            ));
        }
        Expression::parse(&expression.value).map_err(|error| {
            ApiError::invalid("conditions.expression.value", &error.to_string())
        })?;
        let groups = self.actions.assign_user_to_groups.group_ids;
        if groups.is_empty() {
            return Err(ApiError::invalid(
                "groupIds",
                "The field cannot be left blank",
            ));
        }
        if groups.len() > MOST_GROUPS {
            return Err(ApiError::new(ErrorCode::TooManyTargets));
        }
        let people = self.conditions.people.unwrap_or_default();
        let excluded =
            |list: Option<Excluded>| list.and_then(|list| list.exclude).unwrap_or_default();
        if !excluded(people.groups).is_empty() {
            return Err(ApiError::invalid(
                "conditions.people.groups.exclude",
                "Rules of the local org except users, not groups",
            ));
        }
        Ok(Checked {
            name,
            expression: expression.value,
            groups,
            excluded: excluded(people.users),
        })
    }
}

/// Whether a rule may fill these groups: they exist, are of people's making, and make nobody an administrator.
pub(super) fn check_groups(db: &Connection, groups: &[String]) -> Result<(), ApiError> {
    for id in groups {
        let group = find_group(db, id)?;
        if group.is_built_in() || !roles_of_group(db, id)?.is_empty() {
            return Err(ApiError::invalid(
                "groupIds",
                "A rule cannot fill Everyone or a group with administrator roles",
            ));
        }
    }
    Ok(())
}
