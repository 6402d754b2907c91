//! What an org holds when its data directory is new.

mod apply;
mod authenticators;
mod check;
mod credentials;
mod error;
mod factors;
mod grants;
pub(crate) mod policies;
mod prepare;
mod user;

use model::AppId;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use crate::api::Role;
use crate::apps::{ApplicationType, RotationType, TokenEndpointAuthMethod};
use crate::policy::PolicyType;
use crate::universal_logout::{Endpoint, SubjectFormat};

pub(crate) use apply::align_portico;
pub(crate) use check::PORTICO;
pub(crate) use credentials::Credentials;
pub use credentials::DemoUser;
pub use error::SeedError;
pub(crate) use policies::PolicySeed;
pub(crate) use prepare::{Prepared, Tools};

use authenticators::SeedAuthenticator;
use user::SeedUser;

/// The users, groups and apps of a new org, checked as a whole.
///
/// Only values from [`Seed::demo`], [`Seed::from_json`] and [`Seed::of_existing_org`] exist, so one that is at hand is consistent.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Seed {
    #[serde(default)]
    pub(crate) users: Vec<SeedUser>,
    #[serde(default)]
    pub(crate) groups: Vec<SeedGroup>,
    #[serde(default)]
    pub(crate) apps: Vec<SeedApp>,
    #[serde(default)]
    pub(crate) policies: Vec<PolicySeed>,
    #[serde(default)]
    authenticators: Vec<SeedAuthenticator>,
    #[serde(default)]
    settings: SeedSettings,
}

/// Switches of the org.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct SeedSettings {
    /// Whether apps may use the interaction code flow.
    interaction_code: bool,
}

impl Default for SeedSettings {
    /// On, unlike at Okta: this org is for trying things out.
    fn default() -> Self {
        Self {
            interaction_code: true,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SeedGroup {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) members: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SeedApp {
    pub(crate) label: String,
    #[serde(rename = "type")]
    pub(crate) application_type: ApplicationType,
    pub(crate) client_id: Option<AppId>,
    pub(crate) client_secret: Option<SecretString>,
    pub(crate) token_endpoint_auth_method: TokenEndpointAuthMethod,
    #[serde(default)]
    pub(crate) pkce_required: bool,
    #[serde(default)]
    pub(crate) redirect_uris: Vec<String>,
    #[serde(default)]
    pub(crate) post_logout_redirect_uris: Vec<String>,
    #[serde(default = "authorization_code")]
    pub(crate) grant_types: Vec<String>,
    /// What becomes of refresh tokens, as Okta decides by itself unless it is said.
    pub(crate) refresh_token: Option<SeedRefreshToken>,
    /// The scopes of Okta's API that it may ask for at the org's own server.
    #[serde(default)]
    pub(crate) okta_api_scopes: Vec<String>,
    /// The administrator roles of a service app.
    #[serde(default)]
    pub(crate) roles: Vec<Role>,
    #[serde(default)]
    pub(crate) assigned_groups: Vec<String>,
    #[serde(default)]
    pub(crate) assigned_users: Vec<String>,
    /// Where the app is told that somebody is to be signed out of everything.
    pub(crate) universal_logout_uri: Option<String>,
    /// The authentication policy by name; Okta's default is "Any two factors".
    pub(crate) access_policy: Option<String>,
    /// The user profile policy by name; the default registers nobody.
    pub(crate) profile_policy: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SeedRefreshToken {
    pub(crate) rotation_type: RotationType,
    /// In seconds.
    #[serde(default)]
    pub(crate) leeway: u8,
}

fn authorization_code() -> Vec<String> {
    vec!["authorization_code".to_owned()]
}

impl SeedApp {
    /// The policies that it names.
    fn policies(&self) -> impl Iterator<Item = (PolicyType, &str)> {
        [
            (PolicyType::AccessPolicy, &self.access_policy),
            (PolicyType::ProfileEnrollment, &self.profile_policy),
        ]
        .into_iter()
        .filter_map(|(kind, name)| Some((kind, name.as_deref()?)))
    }
}

/// Puts the app's address where a seed leaves it open.
fn at_app(uris: &[String], app_url: &Url) -> Vec<String> {
    uris.iter().map(|uri| uri_at_app(uri, app_url)).collect()
}

fn uri_at_app(uri: &str, app_url: &Url) -> String {
    uri.replace("{APP_URL}", app_url.as_str().trim_end_matches('/'))
}

impl SeedApp {
    /// Where the app is told of sign-outs.
    fn universal_logout(&self, app_url: &Url) -> Option<Endpoint> {
        let uri = self.universal_logout_uri.as_deref()?;
        Some(Endpoint {
            uri: uri_at_app(uri, app_url),
            subject: SubjectFormat::default(),
        })
    }
}

const DEMO: &str = include_str!("demo.json");

impl Seed {
    /// The built-in demo: three users, the group Retailers, the app Portico.
    ///
    /// # Panics
    /// Never: a test reads the text that it is made from.
    #[expect(
        clippy::expect_used,
        reason = "a test reads the text, which is part of the program"
    )]
    pub fn demo() -> Self {
        Self::from_json(DEMO).expect("the built-in seed is valid")
    }

    /// Reads a seed and checks it. The error names the field at fault and how to mend it.
    pub fn from_json(json: &str) -> Result<Self, SeedError> {
        let seed: Self = serde_json::from_str(json)?;
        check::check(&seed)?;
        Ok(seed)
    }

    /// What an org that exists already is told of a seed at each start: its apps, whose addresses follow Portico's. To read and
    /// check a hundred thousand users whom it has already would take half a second.
    pub fn of_existing_org(json: &str) -> Result<Self, SeedError> {
        #[derive(Deserialize)]
        struct Kept {
            #[serde(default)]
            apps: Vec<SeedApp>,
        }
        let Kept { apps } = serde_json::from_str(json)?;
        Ok(Self {
            apps,
            ..Self::default()
        })
    }
}

#[cfg(test)]
mod tests;
