use jiff::Timestamp;
use model::{AppId, Entropy, GroupId, UserId};
use rusqlite::Connection;
use secrecy::{ExposeSecret as _, SecretString};
use std::collections::HashMap;
use url::Url;

use super::{Credentials, DemoUser, PORTICO, Seed, SeedApp, SeedUser};
use crate::apps::{
    NewApp, UriKind, assign_group, assign_user, create_app, find_app_by_label, replace_uris,
    secret_label,
};
use crate::authenticator::password::{self, PasswordError, Passwords};
use crate::directory::{
    EVERYONE, Group, NewUser, Profile, add_to_group, create_group, create_user, find_group_by_name,
    grant_admin_role,
};
use crate::handle::Handle;
use crate::org::OpenError;
use crate::seal::Sealer;

/// What a seed needs besides itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tools<'a> {
    pub(crate) passwords: &'a Passwords,
    pub(crate) sealer: &'a Sealer,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) app_url: &'a Url,
}

/// A seed with all that takes time done: passwords are hashed, secrets sealed.
#[derive(Debug)]
pub(crate) struct Prepared {
    users: Vec<(NewUser, Vec<String>)>,
    groups: Vec<(Group, Vec<String>)>,
    apps: Vec<(NewApp, Vec<String>, Vec<String>)>,
    pub(crate) credentials: Credentials,
}

impl Prepared {
    pub(crate) fn new(seed: &Seed, tools: Tools<'_>) -> Result<Self, OpenError> {
        let mut users = Vec::new();
        let mut demo_users = Vec::new();
        for user in &seed.users {
            let password = user
                .password
                .clone()
                .unwrap_or_else(|| password::generate(tools.entropy));
            demo_users.push(demo_user(user, &password));
            users.push((new_user(user, &password, tools)?, user.roles.clone()));
        }
        let groups = seed.groups.iter().map(|group| {
            let new = Group {
                id: GroupId::generate(tools.entropy),
                name: group.name.clone(),
                description: group.description.clone(),
            };
            (new, group.members.clone())
        });
        let apps = seed.apps.iter().map(|app| {
            let new = new_app(app, tools)?;
            Ok((new, app.assigned_groups.clone(), app.assigned_users.clone()))
        });
        Ok(Self {
            users,
            groups: groups.collect(),
            apps: apps.collect::<Result<_, OpenError>>()?,
            credentials: Credentials { users: demo_users },
        })
    }

    /// Writes everything, in one transaction of the caller's.
    pub(crate) fn store(
        &self,
        db: &Connection,
        everyone: &GroupId,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        let built_in = Group {
            id: everyone.clone(),
            name: EVERYONE.to_owned(),
            description: "All users in your organization".to_owned(),
        };
        create_group(db, &built_in, now)?;
        let mut ids = HashMap::new();
        for (user, roles) in &self.users {
            create_user(db, user, now)?;
            add_to_group(db, &user.id, everyone)?;
            for role in roles {
                grant_admin_role(db, &user.id, role)?;
            }
            ids.insert(user.profile.login.to_lowercase(), &user.id);
        }
        for (group, members) in &self.groups {
            create_group(db, group, now)?;
            for id in members
                .iter()
                .filter_map(|login| ids.get(&login.to_lowercase()))
            {
                add_to_group(db, id, &group.id)?;
            }
        }
        for (app, groups, users) in &self.apps {
            create_app(db, app, now)?;
            for name in groups {
                if let Some(group) = find_group_by_name(db, name)? {
                    assign_group(db, &app.id, &group)?;
                }
            }
            for id in users
                .iter()
                .filter_map(|login| ids.get(&login.to_lowercase()))
            {
                assign_user(db, &app.id, id)?;
            }
        }
        Ok(())
    }
}

fn demo_user(user: &SeedUser, password: &SecretString) -> DemoUser {
    DemoUser {
        login: user.login.clone(),
        name: format!("{} {}", user.first_name, user.last_name),
        role: user.description.clone(),
        password: password.clone(),
    }
}

fn new_user(
    user: &SeedUser,
    password: &SecretString,
    tools: Tools<'_>,
) -> Result<NewUser, PasswordError> {
    let salt = tools.entropy.bytes();
    Ok(NewUser {
        id: UserId::generate(tools.entropy),
        status: user.status,
        profile: Profile {
            login: user.login.clone(),
            email: user.email.clone(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            ..Profile::default()
        },
        password_hash: Some(tools.passwords.hash(password.expose_secret(), salt)?),
    })
}

fn new_app(app: &SeedApp, tools: Tools<'_>) -> Result<NewApp, OpenError> {
    let id = app
        .client_id
        .clone()
        .unwrap_or_else(|| AppId::generate(tools.entropy));
    let secret_sealed = if app.token_endpoint_auth_method.is_confidential() {
        let secret = app
            .client_secret
            .clone()
            .unwrap_or_else(|| Handle::generate(tools.entropy).expose().to_owned().into());
        let sealed = tools
            .sealer
            .seal(&secret_label(&id), secret.expose_secret().as_bytes())?;
        Some(sealed)
    } else {
        None
    };
    Ok(NewApp {
        id,
        label: app.label.clone(),
        application_type: app.application_type,
        token_endpoint_auth_method: app.token_endpoint_auth_method,
        secret_sealed,
        pkce_required: app.pkce_required,
        grant_types: app.grant_types.clone(),
        redirect_uris: at_app(&app.redirect_uris, tools.app_url),
        post_logout_redirect_uris: at_app(&app.post_logout_redirect_uris, tools.app_url),
    })
}

fn at_app(uris: &[String], app_url: &Url) -> Vec<String> {
    let base = app_url.as_str().trim_end_matches('/');
    uris.iter()
        .map(|uri| uri.replace("{APP_URL}", base))
        .collect()
}

/// Registers the addresses of the app where it is now: they may have changed since the org was made.
pub(crate) fn align_portico(
    db: &Connection,
    seed: &Seed,
    app_url: &Url,
) -> rusqlite::Result<Option<AppId>> {
    let Some(id) = find_app_by_label(db, PORTICO)? else {
        return Ok(None);
    };
    if let Some(app) = seed.apps.iter().find(|app| app.label == PORTICO) {
        let redirect = at_app(&app.redirect_uris, app_url);
        replace_uris(db, &id, UriKind::Redirect, &redirect)?;
        let post_logout = at_app(&app.post_logout_redirect_uris, app_url);
        replace_uris(db, &id, UriKind::PostLogout, &post_logout)?;
    }
    Ok(Some(id))
}
