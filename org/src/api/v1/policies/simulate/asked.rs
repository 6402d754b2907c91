use model::{AppId, GroupId, UserId};
use rusqlite::Connection;
use serde::Deserialize;

use super::super::sent;
use crate::api::ApiError;
use crate::apps::find_app_label;
use crate::directory::{find_user, groups_of};
use crate::policy::PolicyType;

/// One simulation, as it is sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sent {
    app_instance: Option<String>,
    /// Okta's description has the second name, its examples the first.
    #[serde(alias = "policyTypes")]
    policy_type: Option<Vec<String>>,
    policy_context: Context,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Context {
    user: Option<SentUser>,
    groups: Option<SentGroups>,
}

#[derive(Debug, Clone, Deserialize)]
struct SentUser {
    id: String,
}

#[derive(Debug, Clone, Deserialize)]
struct SentGroups {
    ids: Vec<String>,
}

/// The same, understood.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) types: Vec<PolicyType>,
    pub(super) app: Option<AppId>,
    pub(super) user: Option<UserId>,
    pub(super) groups: Vec<GroupId>,
}

/// What is simulated unless the request says which.
const TYPES: [PolicyType; 4] = [
    PolicyType::OktaSignOn,
    PolicyType::MfaEnroll,
    PolicyType::AccessPolicy,
    PolicyType::ProfileEnrollment,
];

impl Asked {
    pub(super) fn of(db: &Connection, sent: Sent) -> Result<Self, ApiError> {
        let types = match sent.policy_type {
            None => TYPES.to_vec(),
            Some(named) => named
                .iter()
                .map(|name| sent::policy_type(name))
                .collect::<Result<_, _>>()?,
        };
        let app = sent.app_instance.map(|id| find_app(db, &id)).transpose()?;
        if app.is_none() && types.iter().any(|policy_type| policy_type.is_for_apps()) {
            return Err(ApiError::invalid(
                "appInstance",
                "The field cannot be left blank",
            ));
        }
        let (user, groups) = match (sent.policy_context.user, sent.policy_context.groups) {
            (Some(user), None) => {
                let (user, groups) = find_person(db, &user.id)?;
                (Some(user), groups)
            }
            (None, Some(groups)) => (None, find_groups(db, &groups.ids)?),
            (Some(_), Some(_)) | (None, None) => {
                let message = "Either a user or groups are expected";
                return Err(ApiError::invalid("policyContext", message));
            }
        };
        Ok(Self {
            types,
            app,
            user,
            groups,
        })
    }
}

fn find_app(db: &Connection, id: &str) -> Result<AppId, ApiError> {
    let missing = || ApiError::not_found("AppInstance", id);
    let app = AppId::parse(id).map_err(|_| missing())?;
    find_app_label(db, &app)?.ok_or_else(missing)?;
    Ok(app)
}

fn find_person(db: &Connection, id: &str) -> Result<(UserId, Vec<GroupId>), ApiError> {
    let missing = || ApiError::not_found("User", id);
    let user = UserId::parse(id).map_err(|_| missing())?;
    find_user(db, &user)?.ok_or_else(missing)?;
    let groups = groups_of(db, &user)?;
    Ok((user, groups))
}

fn find_groups(db: &Connection, ids: &[String]) -> Result<Vec<GroupId>, ApiError> {
    let find = |id: &String| {
        let missing = || ApiError::not_found("UserGroup", id);
        let group = GroupId::parse(&**id).map_err(|_| missing())?;
        let exists: bool = db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM groups WHERE id = ?1)")?
            .query_row([id], |row| row.get(0))?;
        if exists { Ok(group) } else { Err(missing()) }
    };
    ids.iter().map(find).collect()
}
