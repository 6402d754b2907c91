use jiff::Timestamp;
use model::{AppId, Entropy, GroupId, UserId};
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::HashMap;

use super::grants::complete_grants;
use super::prepare::{Prepared, PreparedApp, PreparedUser};
use super::{PORTICO, at_app, authenticators, policies};
use crate::apps::{
    UriKind, assign_group, assign_user, create_app, find_app_by_label, replace_uris,
};
use crate::authenticator::Enrollment;
use crate::authenticator::enrollment::create_enrollment;
use crate::config::OrgConfig;
use crate::directory::{
    EVERYONE, Group, add_to_group, create_group, create_user, find_group_by_name, grant_admin_role,
};
use crate::policy::{Names, assign_app_policy, find_policy_by_name};
use crate::settings::set_interaction_code;
use crate::store::{Json, Moment, parsed};
use crate::universal_logout::set_endpoint;

impl Prepared {
    /// Writes everything, in the caller's transaction.
    pub(crate) fn store(
        &self,
        db: &Connection,
        everyone: GroupId,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        let everyone = Group {
            id: everyone,
            name: EVERYONE.to_owned(),
            description: "All users in your organization".to_owned(),
        };
        create_group(db, &everyone, now)?;
        authenticators::store(db, &self.authenticators, now)?;
        set_interaction_code(db, self.settings.interaction_code)?;
        let mut people = People::default();
        for prepared in &self.users {
            store_user(db, prepared, &everyone.id, now)?;
            let user = &prepared.user;
            people.0.insert(user.profile.login.to_lowercase(), &user.id);
        }
        for prepared in &self.groups {
            create_group(db, &prepared.group, now)?;
            for id in people.named(&prepared.members) {
                add_to_group(db, id, &prepared.group.id)?;
            }
        }
        let groups = self.groups.iter().map(|prepared| &prepared.group);
        let names = Names::new(
            groups
                .chain([&everyone])
                .map(|group| (group.name.as_str(), &group.id)),
            people.0.iter().map(|(login, id)| (login.as_str(), *id)),
        );
        policies::store(db, &self.policies, &names, entropy, now)?;
        for prepared in &self.apps {
            store_app(db, prepared, &people, now)?;
        }
        Ok(())
    }
}

/// The users by login, in lower case.
#[derive(Default)]
struct People<'a>(HashMap<String, &'a UserId>);

impl<'a> People<'a> {
    /// The users with these logins; a checked seed names no others.
    fn named(&self, logins: &[String]) -> impl Iterator<Item = &'a UserId> {
        logins
            .iter()
            .filter_map(|login| self.0.get(&login.to_lowercase()).copied())
    }
}

fn store_user(
    db: &Connection,
    prepared: &PreparedUser,
    everyone: &GroupId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let user = &prepared.user;
    create_user(db, user, now)?;
    add_to_group(db, &user.id, everyone)?;
    for role in &prepared.roles {
        grant_admin_role(db, &user.id, role)?;
    }
    for factor in &prepared.factors {
        let enrollment = Enrollment {
            id: factor.id.clone(),
            key: factor.key,
            kind: factor.kind.clone(),
            created_at: now,
        };
        create_enrollment(db, &user.id, &enrollment)?;
    }
    Ok(())
}

fn store_app(
    db: &Connection,
    prepared: &PreparedApp,
    people: &People<'_>,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let app = &prepared.app;
    create_app(db, app, now)?;
    set_endpoint(db, &app.id, prepared.universal_logout.as_ref())?;
    for name in &prepared.groups {
        if let Some(group) = find_group_by_name(db, name)? {
            assign_group(db, &app.id, &group, now)?;
        }
    }
    for (policy_type, name) in &prepared.policies {
        if let Some(policy) = find_policy_by_name(db, *policy_type, name)? {
            assign_app_policy(db, &app.id, &policy)?;
        }
    }
    for id in people.named(&prepared.users) {
        assign_user(db, &app.id, id, now)?;
    }
    for role in &prepared.roles {
        db.prepare_cached(
            "INSERT OR IGNORE INTO app_roles (app_id, role, id, created_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            app.id.as_str(),
            role.as_str(),
            role.assignment_id(),
            Moment(now),
        ))?;
    }
    Ok(())
}

/// Registers the addresses of the Portico app where it is now: they may have changed since the org was made. An org from the time
/// before the app needed more grants gets these.
pub(crate) fn align_portico(
    db: &Connection,
    config: &OrgConfig,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<Option<AppId>> {
    let (seed, app_url) = (&config.seed, &config.app_url);
    let Some(id) = find_portico(db)? else {
        return Ok(None);
    };
    if let Some(app) = seed.apps.iter().find(|app| app.label == PORTICO) {
        let redirect = at_app(&app.redirect_uris, app_url);
        replace_uris(db, &id, UriKind::Redirect, &redirect)?;
        let post_logout = at_app(&app.post_logout_redirect_uris, app_url);
        replace_uris(db, &id, UriKind::PostLogout, &post_logout)?;
        if let Some(endpoint) = app.universal_logout(app_url) {
            set_endpoint(db, &id, Some(&endpoint))?;
        }
        let issuer = config.url.as_str().trim_end_matches('/');
        complete_grants(db, (app, &id), issuer, entropy, now)?;
    }
    Ok(Some(id))
}

/// Under this name the org remembers which app is Portico, whatever an administrator calls it later.
const PORTICO_APP: &str = "porticoApp";

fn find_portico(db: &Connection) -> rusqlite::Result<Option<AppId>> {
    let known = db
        .prepare_cached(
            "SELECT apps.id FROM org_settings JOIN apps ON apps.id = json_extract(value, '$') WHERE name = ?1",
        )?
        .query_row([PORTICO_APP], |row| parsed(row, 0))
        .optional()?;
    if known.is_some() {
        return Ok(known);
    }
    let found = find_app_by_label(db, PORTICO)?;
    if let Some(id) = &found {
        db.prepare_cached("INSERT OR REPLACE INTO org_settings (name, value) VALUES (?1, ?2)")?
            .execute((PORTICO_APP, Json(id)))?;
    }
    Ok(found)
}
