use rusqlite::Connection;
use serde_json::{Value, json};

use super::apps::views as app_views;
use super::groups::views as group_views;
use crate::api::v1::roles::record::Assignment;
use crate::api::{ApiError, Listing};
use crate::config::OrgUrl;

/// The targets that a list of roles is asked to have in it.
#[derive(Debug, Clone, Copy)]
pub(in crate::api::v1::roles) enum Embedded {
    Groups,
    Apps,
}

impl Embedded {
    /// What `expand` says.
    pub(in crate::api::v1::roles) fn read(listing: &Listing) -> Result<Option<Self>, ApiError> {
        match listing.parameter("expand") {
            None => Ok(None),
            Some("targets/groups") => Ok(Some(Self::Groups)),
            Some("targets/catalog/apps") => Ok(Some(Self::Apps)),
            Some(_) => Err(ApiError::invalid(
                "expand",
                "Expected targets/groups or targets/catalog/apps",
            )),
        }
    }

    /// The value of `_embedded` for a role.
    pub(in crate::api::v1::roles) fn of(
        self,
        db: &Connection,
        role: &Assignment,
        url: &OrgUrl,
    ) -> Result<Value, ApiError> {
        Ok(match self {
            Self::Groups => {
                let groups = super::record::group_targets(db, role, "", usize::MAX)?;
                json!({"targets": {"groups": group_views(db, &groups, url)?}})
            }
            Self::Apps => {
                let apps = super::record::app_targets(db, role, "", usize::MAX)?;
                json!({"targets": {"catalog": {"apps": app_views(db, &apps, url)?}}})
            }
        })
    }
}
