use model::{AppId, Entropy, GroupId, UserId};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::authenticators::SeedAuthenticator;
use super::check::REFRESH_TOKEN;
use super::factors::{self, PreparedFactor};
use super::user::{SeedPassword, SeedUser};
use super::{Credentials, DemoUser, PolicySeed, Seed, SeedApp, SeedGroup, SeedSettings, at_app};
use crate::api::Role;
use crate::apps::{
    ApplicationType, ClientSettings, NewApp, NewSecret, Presentation, RefreshTokenSettings,
    Registration, generate_secret,
};
use crate::authenticator::password::{self, Passwords};
use crate::directory::{Group, NewUser, Profile};
use crate::org::OpenError;
use crate::policy::{PolicyType, Status};
use crate::seal::Sealer;
use crate::universal_logout::Endpoint;

/// What a seed needs besides itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tools<'a> {
    pub(crate) passwords: &'a Passwords,
    pub(crate) sealer: &'a Sealer,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) app_url: &'a Url,
}

/// A seed with all that takes time done: passwords are hashed, secrets sealed, ids chosen.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(super) users: Vec<PreparedUser>,
    pub(super) groups: Vec<PreparedGroup>,
    pub(super) apps: Vec<PreparedApp>,
    pub(super) policies: Vec<PolicySeed>,
    pub(super) authenticators: Vec<SeedAuthenticator>,
    pub(super) settings: SeedSettings,
    pub(crate) credentials: Credentials,
}

#[derive(Debug)]
pub(super) struct PreparedUser {
    pub(super) user: NewUser,
    pub(super) factors: Vec<PreparedFactor>,
    pub(super) roles: Vec<String>,
}

#[derive(Debug)]
pub(super) struct PreparedGroup {
    pub(super) group: Group,
    /// Logins.
    pub(super) members: Vec<String>,
}

#[derive(Debug)]
pub(super) struct PreparedApp {
    pub(super) app: NewApp,
    pub(super) universal_logout: Option<Endpoint>,
    pub(super) okta_api_scopes: Vec<String>,
    pub(super) roles: Vec<Role>,
    /// Names.
    pub(super) groups: Vec<String>,
    /// Logins.
    pub(super) users: Vec<String>,
    /// Types and names.
    pub(super) policies: Vec<(PolicyType, String)>,
}

impl Prepared {
    pub(crate) fn new(seed: &Seed, tools: Tools<'_>) -> Result<Self, OpenError> {
        let mut users = Vec::new();
        let mut credentials = Credentials { users: Vec::new() };
        for user in &seed.users {
            let password = match &user.password {
                SeedPassword::Generated => Some(password::generate(tools.entropy)),
                SeedPassword::Given(password) => Some(password.clone()),
                SeedPassword::None => None,
            };
            users.push(prepare_user(user, password.as_ref(), tools)?);
            let demo_user = password.map(|password| demo_user(user, password));
            credentials.users.extend(demo_user);
        }
        let groups = seed.groups.iter().map(|group| prepare_group(group, tools));
        let apps = seed.apps.iter().map(|app| prepare_app(app, tools));
        Ok(Self {
            users,
            groups: groups.collect(),
            apps: apps.collect::<Result<_, _>>()?,
            policies: seed.policies.clone(),
            authenticators: seed.authenticators.clone(),
            settings: seed.settings,
            credentials,
        })
    }
}

fn demo_user(user: &SeedUser, password: SecretString) -> DemoUser {
    DemoUser {
        login: user.login.clone(),
        name: format!("{} {}", user.first_name, user.last_name),
        role: user.description.clone(),
        password,
    }
}

fn prepare_user(
    user: &SeedUser,
    password: Option<&SecretString>,
    tools: Tools<'_>,
) -> Result<PreparedUser, OpenError> {
    let hash = |password: &SecretString| {
        let salt = tools.entropy.bytes();
        tools.passwords.hash(password.expose_secret(), salt)
    };
    let password_hash = password.map(hash).transpose()?;
    let id = UserId::generate(tools.entropy);
    let profile = Profile {
        login: user.login.clone(),
        email: user.email.clone(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        ..Profile::default()
    };
    Ok(PreparedUser {
        factors: factors::prepare(user, &id, tools)?,
        user: NewUser {
            id,
            status: user.status(),
            profile,
            password_hash,
        },
        roles: user.roles.clone(),
    })
}

fn prepare_group(group: &SeedGroup, tools: Tools<'_>) -> PreparedGroup {
    PreparedGroup {
        group: Group {
            id: GroupId::generate(tools.entropy),
            name: group.name.clone(),
            description: group.description.clone(),
        },
        members: group.members.clone(),
    }
}

fn prepare_app(app: &SeedApp, tools: Tools<'_>) -> Result<PreparedApp, OpenError> {
    let given = app.client_id.clone();
    let id = given.unwrap_or_else(|| AppId::generate(tools.entropy));
    Ok(PreparedApp {
        app: NewApp {
            status: Status::Active,
            secret: seal_secret(app, &id, tools)?,
            registration: registration(app, tools.app_url),
            id,
        },
        universal_logout: app.universal_logout(tools.app_url),
        okta_api_scopes: app.okta_api_scopes.clone(),
        roles: app.roles.clone(),
        groups: app.assigned_groups.clone(),
        users: app.assigned_users.clone(),
        policies: app
            .policies()
            .map(|(kind, name)| (kind, name.to_owned()))
            .collect(),
    })
}

fn registration(app: &SeedApp, app_url: &Url) -> Registration {
    Registration {
        label: app.label.clone(),
        application_type: app.application_type,
        token_endpoint_auth_method: app.token_endpoint_auth_method,
        pkce_required: app.pkce_required || !app.token_endpoint_auth_method.is_confidential(),
        grant_types: app.grant_types.clone(),
        redirect_uris: at_app(&app.redirect_uris, app_url),
        post_logout_redirect_uris: at_app(&app.post_logout_redirect_uris, app_url),
        settings: ClientSettings {
            refresh_token: refresh_token(app),
            ..ClientSettings::default()
        },
        presentation: Presentation::default(),
        implicit_assignment: false,
    }
}

/// An app without the grant has no such settings.
pub(super) fn refresh_token(app: &SeedApp) -> Option<RefreshTokenSettings> {
    let has_grant = app.grant_types.iter().any(|grant| grant == REFRESH_TOKEN);
    let usual = RefreshTokenSettings::usual(app.application_type == ApplicationType::Browser);
    let given = app.refresh_token.map(|given| RefreshTokenSettings {
        rotation_type: given.rotation_type,
        leeway: given.leeway,
    });
    has_grant.then(|| given.unwrap_or(usual))
}

fn seal_secret(
    app: &SeedApp,
    id: &AppId,
    tools: Tools<'_>,
) -> Result<Option<NewSecret>, OpenError> {
    if !app.token_endpoint_auth_method.has_secret() {
        return Ok(None);
    }
    let given = app.client_secret.clone();
    let secret = given.unwrap_or_else(|| generate_secret(tools.entropy));
    Ok(Some(NewSecret::seal(
        id,
        &secret,
        tools.sealer,
        tools.entropy,
    )?))
}
