//! What an org holds when its data directory is new.

mod apply;
mod authenticators;
mod check;
mod credentials;
mod error;
mod factors;
pub(crate) mod policies;
mod prepare;
mod user;

use model::AppId;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use crate::apps::{ApplicationType, TokenEndpointAuthMethod};
use crate::policy::PolicyType;

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
/// Only values from [`Seed::demo`] and [`Seed::from_json`] exist, so one that is at hand is consistent.
#[derive(Debug, Deserialize)]
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
    #[serde(default)]
    pub(crate) assigned_groups: Vec<String>,
    #[serde(default)]
    pub(crate) assigned_users: Vec<String>,
    /// The authentication policy by name; Okta's default is "Any two factors".
    pub(crate) access_policy: Option<String>,
    /// The user profile policy by name; the default registers nobody.
    pub(crate) profile_policy: Option<String>,
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
    let base = app_url.as_str().trim_end_matches('/');
    uris.iter()
        .map(|uri| uri.replace("{APP_URL}", base))
        .collect()
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
}

#[cfg(test)]
mod tests;
