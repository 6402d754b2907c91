use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

use http::StatusCode;
use serde_json::Value;

use super::org_user::segment;
use super::reach::Reach;
use super::{CampaignTrouble, Campaigns};
use crate::service::{Call, Service};
use crate::session::Session;

/// How long the org's word on somebody's roles counts, in seconds. A page asks for it several times.
const SECONDS: i64 = 5;

/// More people than this are not remembered.
const MOST_KNOWN: usize = 1_000;

/// The administrator roles that may bring anybody in: those that may create users and put them into groups
/// (<https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm>). Application, help desk and group
/// membership administrators may not create users.
const ROLES: [&str; 2] = ["SUPER_ADMIN", "ORG_ADMIN"];

/// Okta's "Group Administrator", who may do so in all groups, or in those that are the targets of the role.
const GROUP_ADMINISTRATOR: &str = "USER_ADMIN";

/// As many targets as one answer has room for. A role that is limited to more reaches these.
const MOST_TARGETS: &str = "limit=200";

/// Who may, in which groups, and until when that counts.
pub(super) type KnownRoles = HashMap<String, (Reach, i64)>;

/// Whether somebody may work on campaigns.
#[derive(Debug, Clone)]
pub enum CampaignAccess {
    /// Yes, on these.
    Allowed(Campaigns),
    /// No: the org has not given them a role that allows it.
    NotAllowed,
    /// Nobody can tell, because the service app is not configured.
    NotSetUp,
    /// Nobody can tell right now.
    CannotTell(CampaignTrouble),
}

impl Campaigns {
    /// Asks the org for the roles of a person. Every request that shows or changes a campaign asks first.
    pub async fn access(&self, session: &Session) -> CampaignAccess {
        match self.reach_of(&session.subject).await {
            Ok(reach) if reach.is_nothing() => CampaignAccess::NotAllowed,
            Ok(reach) => CampaignAccess::Allowed(Self {
                inner: Arc::clone(&self.inner),
                reach,
            }),
            Err(CampaignTrouble::NotSetUp) => CampaignAccess::NotSetUp,
            Err(trouble) => CampaignAccess::CannotTell(trouble),
        }
    }

    /// Whether the org has last said of this person that they may, however long ago. It shows the way to the pages, which
    /// ask anew.
    pub fn was_allowed(&self, session: &Session) -> bool {
        let roles = self
            .inner
            .roles
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        roles
            .get(&session.subject)
            .is_some_and(|(reach, _)| !reach.is_nothing())
    }

    async fn reach_of(&self, subject: &str) -> Result<Reach, CampaignTrouble> {
        let service = self.service()?;
        let now = self.now();
        if let Some(known) = self.known(subject, now) {
            return Ok(known);
        }
        let path = format!("/api/v1/users/{}/roles", segment(subject));
        let answer = service.call(Call::get(path.clone())).await?;
        let roles = match answer.body.as_array() {
            Some(roles) if answer.status == StatusCode::OK => &**roles,
            // A session may outlive its user.
            _ => &[],
        };
        let reach = reach_by(service, &path, roles).await?;
        let mut roles = self
            .inner
            .roles
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if roles.len() >= MOST_KNOWN {
            roles.clear();
        }
        let until = now.saturating_add(SECONDS);
        roles.insert(subject.to_owned(), (reach.clone(), until));
        Ok(reach)
    }

    fn known(&self, subject: &str, now: i64) -> Option<Reach> {
        let roles = self
            .inner
            .roles
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (reach, until) = roles.get(subject)?;
        (now < *until).then(|| reach.clone())
    }
}

/// What all roles of somebody allow together. `path` is that of the roles.
async fn reach_by(
    service: &Service,
    path: &str,
    roles: &[Value],
) -> Result<Reach, CampaignTrouble> {
    let kind = |role: &Value| role["type"].as_str().unwrap_or_default().to_owned();
    let active = || roles.iter().filter(|role| role["status"] == "ACTIVE");
    if active().any(|role| ROLES.contains(&&*kind(role))) {
        return Ok(Reach::Every);
    }
    let mut groups = BTreeSet::new();
    for role in active().filter(|role| kind(role) == GROUP_ADMINISTRATOR) {
        let targets = targets_of(service, path, role).await?;
        if targets.is_empty() {
            return Ok(Reach::Every);
        }
        groups.extend(targets.iter().filter_map(group_id));
    }
    Ok(Reach::Groups(Arc::new(groups)))
}

/// What a role is limited to; nothing, if it is not.
async fn targets_of(
    service: &Service,
    path: &str,
    role: &Value,
) -> Result<Vec<Value>, CampaignTrouble> {
    let word = |name: &str| segment(role[name].as_str().unwrap_or_default());
    let (id, given_to) = (word("id"), word("assignmentType"));
    let path = format!("{path}/{id}/targets?assignmentType={given_to}&{MOST_TARGETS}");
    let answer = service.call(Call::get(path)).await?;
    match answer.body {
        Value::Array(targets) if answer.status == StatusCode::OK => Ok(targets),
        // Whoever cannot be told the limits must not take them for none.
        _ => Err(CampaignTrouble::OrgRefused),
    }
}

/// The group of a target, by its resource name: `orn:{partition}:directory:{org}:groups:{group}`.
fn group_id(target: &Value) -> Option<String> {
    let (rest, id) = target["orn"].as_str()?.rsplit_once(':')?;
    rest.ends_with(":groups").then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_target_that_is_no_group_reaches_none() {
        let group = |orn: &str| group_id(&json!({ "orn": orn }));
        let id = Some("00gabc".to_owned());
        assert_eq!(group("orn:okta:directory:00o1:groups:00gabc"), id);
        assert_eq!(group("orn:okta:idp:00o1:apps:oidc_client:0oa1"), None);
        assert_eq!(group_id(&json!({})), None);
    }
}
