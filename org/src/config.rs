use std::path::PathBuf;
use std::sync::Arc;
use url::Url;

use crate::{HttpClient, MailServer, RateLimits, Seed, SystemLogLines};

/// What the local org needs to know before it starts.
#[derive(Debug)]
pub struct OrgConfig {
    /// The public address of the org, which is also its issuer: `http://localhost:7000`.
    pub url: Url,
    /// Where the database, the key file and the `credentials` file are kept. Created when absent.
    pub data_dir: PathBuf,
    /// The public address of the Portico app, which goes into the redirect URIs of its registration.
    pub app_url: Url,
    /// What a data directory holds at first; not read again later.
    pub seed: Seed,
    /// Whether the pages for developers exist under `/dev`, which show every message and move the clock. Only for an org that
    /// nobody but its own machine can reach.
    pub dev: bool,
    /// Where mails go, besides the inbox under `/dev`.
    pub mail_server: Option<MailServer>,
    /// Where the System Log goes besides the database.
    pub system_log: Option<SystemLogLines>,
    /// How many requests are answered in a minute.
    pub rate_limits: RateLimits,
    /// How the org reaches the apps that it tells of sign-outs, and those that publish their keys.
    pub http: Arc<dyn HttpClient>,
}

/// The org's address as it stands in every URL the org makes: without a slash at the end.
#[derive(Debug, Clone)]
pub(crate) struct OrgUrl(String);

impl OrgUrl {
    pub(crate) fn new(url: &Url) -> Self {
        Self(url.as_str().trim_end_matches('/').to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}
