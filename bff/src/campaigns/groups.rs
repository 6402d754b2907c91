use serde_json::Value;

use super::org_user::segment;
use super::{CampaignTrouble, Campaigns};
use crate::service::Call;

/// As many groups as one answer has room for.
const LIST: &str = "/api/v1/groups?limit=150";

/// A group of the org that people can be put into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignGroup {
    /// Its id at the org.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl CampaignGroup {
    /// Reads one. Groups that are filled by the org or by another directory are not for campaigns.
    fn of(group: &Value) -> Option<Self> {
        if group["type"] != "OKTA_GROUP" {
            return None;
        }
        Some(Self {
            id: group["id"].as_str()?.to_owned(),
            name: group["profile"]["name"].as_str()?.to_owned(),
        })
    }
}

impl Campaigns {
    /// The groups to choose from, by name: the first 150 that the org tells.
    ///
    /// # Errors
    ///
    /// When the org cannot be asked.
    pub async fn groups(&self) -> Result<Vec<CampaignGroup>, CampaignTrouble> {
        let answer = self.service()?.call(Call::get(LIST.to_owned())).await?;
        let groups = answer.body.as_array().ok_or(CampaignTrouble::OrgRefused)?;
        let groups = groups.iter().filter_map(CampaignGroup::of);
        let mut groups: Vec<CampaignGroup> =
            groups.filter(|group| self.reach.has(&group.id)).collect();
        groups.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(groups)
    }

    /// A group that a campaign may use. `None`: there is no such group, or its members would become administrators by it,
    /// which the administrator who asks might not be allowed to do, or that administrator's role is limited to others.
    pub(super) async fn usable_group(
        &self,
        id: &str,
    ) -> Result<Option<CampaignGroup>, CampaignTrouble> {
        let service = self.service()?;
        if !self.reach.has(id) {
            return Ok(None);
        }
        let path = format!("/api/v1/groups/{}", segment(id));
        let group = service.call(Call::get(path.clone())).await?;
        let Some(group) = CampaignGroup::of(&group.body) else {
            return Ok(None);
        };
        let roles = service.call(Call::get(format!("{path}/roles"))).await?;
        let has_roles = roles.body.as_array().is_none_or(|roles| !roles.is_empty());
        Ok(Some(group).filter(|_| !has_roles))
    }
}
