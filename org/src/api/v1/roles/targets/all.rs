//! The targets of a role of a user, whoever it was given to: the user, or groups of theirs.

use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::view::kind_href;
use super::{MOST, USUAL, record};
use crate::Org;
use crate::api::v1::apps::APP_NAME;
use crate::api::v1::roles::missing;
use crate::api::v1::roles::record::{Assignee, Assignment};
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Caller, Listing, Path, cut, href};
use crate::config::OrgUrl;
use crate::directory::groups_of;

/// `GET /api/v1/users/{userId}/roles/{roleIdOrEncodedRoleId}/targets`.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path((user, id)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?.unwrap_or_default().concat();
    let wanted = Wanted::read(&listing)?;
    let mut targets = org
        .store()
        .read(|db| Ok(targets_of(db, &caller, (&user, &id), wanted)))??;
    targets.retain(|target| target.key() > after);
    targets.truncate(limit + 1);
    let (targets, next) = cut(targets, limit, |target| vec![target.key()]);
    let org_id: String = org
        .store()
        .read(|db| db.query_row("SELECT id FROM org", (), |row| row.get(0)))?;
    let items = targets.iter().map(|target| target.view(&org_id, org.url()));
    Ok(listing.page(items.collect(), next))
}

/// Which of the two ways to a role is asked for.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Own,
    OfGroups,
    Both,
}

impl Wanted {
    fn read(listing: &Listing) -> Result<Self, ApiError> {
        match listing.parameter("assignmentType") {
            None => Ok(Self::Both),
            Some("USER") => Ok(Self::Own),
            Some("GROUP") => Ok(Self::OfGroups),
            Some(_) => Err(ApiError::invalid(
                "assignmentType",
                "Expected USER or GROUP",
            )),
        }
    }
}

/// One target with the way to it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    target: String,
    is_app: bool,
    by: &'static str,
}

fn targets_of(
    db: &Connection,
    caller: &Caller,
    (user, id): (&str, &str),
    wanted: Wanted,
) -> Result<Vec<Found>, ApiError> {
    let user = find_user(db, caller, user)?;
    let mut holders = Vec::new();
    if matches!(wanted, Wanted::Own | Wanted::Both) {
        holders.push((Assignee::User(user.id.to_string()), "USER"));
    }
    if matches!(wanted, Wanted::OfGroups | Wanted::Both) {
        let groups = groups_of(db, &user.id)?;
        holders.extend(
            groups
                .iter()
                .map(|group| (Assignee::Group(group.to_string()), "GROUP")),
        );
    }
    let (mut found, mut is_known) = (Vec::new(), false);
    for (holder, by) in holders {
        for role in holder.list(db)? {
            if role.id == id || role.role.assignment_id() == id {
                is_known = true;
                add(db, &role, by, &mut found)?;
            }
        }
    }
    if is_known {
        found.sort();
        found.dedup();
        Ok(found)
    } else {
        Err(missing(id))
    }
}

fn add(
    db: &Connection,
    role: &Assignment,
    by: &'static str,
    to: &mut Vec<Found>,
) -> rusqlite::Result<()> {
    let groups = record::group_targets(db, role, "", usize::MAX)?;
    let apps = record::app_targets(db, role, "", usize::MAX)?;
    let groups = groups.into_iter().map(|target| (target, false));
    let apps = apps.into_iter().map(|target| (target, true));
    to.extend(
        groups
            .chain(apps)
            .map(|(target, is_app)| Found { target, is_app, by }),
    );
    Ok(())
}

impl Found {
    /// What the list is sorted by.
    fn key(&self) -> String {
        format!("{} {}", self.target, self.by)
    }

    fn view(&self, org: &str, url: &OrgUrl) -> Value {
        let Self { target, .. } = self;
        let (orn, own) = match (self.is_app, target.as_str()) {
            (true, APP_NAME) => (
                format!("orn:okta:idp:{org}:apps:{APP_NAME}"),
                kind_href(url),
            ),
            (true, id) => (
                format!("orn:okta:idp:{org}:apps:{APP_NAME}:{id}"),
                href(url, &format!("/apps/{id}")),
            ),
            (false, id) => (
                format!("orn:okta:directory:{org}:groups:{id}"),
                href(url, &format!("/groups/{id}")),
            ),
        };
        json!({
            "orn": orn,
            "assignmentType": self.by,
            "_links": {"self": {"href": own}},
        })
    }
}
