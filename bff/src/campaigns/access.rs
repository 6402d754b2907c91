use std::collections::HashMap;
use std::sync::PoisonError;

use http::StatusCode;

use super::org_user::segment;
use super::{CampaignTrouble, Campaigns};
use crate::service::Call;
use crate::session::Session;

/// How long the org's word on somebody's roles counts, in seconds. A page asks for it several times.
const SECONDS: i64 = 5;

/// More people than this are not remembered.
const MOST_KNOWN: usize = 1_000;

/// The administrator roles that may bring people in: those that may create users and put them into groups
/// (<https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm>). `USER_ADMIN` is Okta's
/// "Group Administrator". Application, help desk and group membership administrators may not create users.
const ROLES: [&str; 3] = ["SUPER_ADMIN", "ORG_ADMIN", "USER_ADMIN"];

/// Who may, and until when that counts.
pub(super) type KnownRoles = HashMap<String, (bool, i64)>;

/// Whether somebody may work on campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignAccess {
    /// Yes.
    Allowed,
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
        match self.has_role(&session.subject).await {
            Ok(true) => CampaignAccess::Allowed,
            Ok(false) => CampaignAccess::NotAllowed,
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
        roles.get(&session.subject).is_some_and(|(may, _)| *may)
    }

    async fn has_role(&self, subject: &str) -> Result<bool, CampaignTrouble> {
        let service = self.service()?;
        let now = self.now();
        if let Some(known) = self.known(subject, now) {
            return Ok(known);
        }
        let path = format!("/api/v1/users/{}/roles", segment(subject));
        let answer = service.call(Call::get(path)).await?;
        // A session may outlive its user.
        let may = answer.status == StatusCode::OK
            && answer.body.as_array().is_some_and(|roles| {
                roles.iter().any(|role| {
                    role["status"] == "ACTIVE"
                        && role["type"]
                            .as_str()
                            .is_some_and(|kind| ROLES.contains(&kind))
                })
            });
        let mut roles = self
            .inner
            .roles
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if roles.len() >= MOST_KNOWN {
            roles.clear();
        }
        roles.insert(subject.to_owned(), (may, now.saturating_add(SECONDS)));
        Ok(may)
    }

    fn known(&self, subject: &str, now: i64) -> Option<bool> {
        let roles = self
            .inner
            .roles
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (may, until) = roles.get(subject)?;
        (now < *until).then_some(*may)
    }
}
