//! The local org as a part of this program.

use std::path::Path;
use std::sync::Arc;

use app::context::DemoAccount;
use model::{Clock, Entropy};
use org::{DemoUser, Org, OrgConfig, Seed};
use secrecy::ExposeSecret;
use url::Url;

use crate::config::LocalOrgConfig;
use crate::start_error::StartError;

/// Opens the local org, making and filling its data directory at the first start.
pub async fn open(
    config: &LocalOrgConfig,
    app_url: &Url,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> Result<Org, StartError> {
    let seed = match &config.org_seed {
        Some(path) => read_seed(path)?,
        None => Seed::demo(),
    };
    let config = OrgConfig {
        url: config.org_url.clone(),
        data_dir: config.org_data_dir.clone(),
        app_url: app_url.clone(),
        seed,
        dev: false,
        mail_server: None,
    };
    Ok(Org::open(config, clock, entropy).await?)
}

/// The demo accounts, with the passwords that a newcomer needs.
pub fn accounts(org: &Org) -> Vec<DemoAccount> {
    let account = |user: &DemoUser| DemoAccount {
        login: user.login.clone(),
        purpose: user.role.clone(),
        password: user.password.expose_secret().to_owned(),
    };
    org.demo_users().iter().map(account).collect()
}

fn read_seed(path: &Path) -> Result<Seed, StartError> {
    let unusable = |reason: String| StartError::Seed {
        path: path.to_owned(),
        reason,
    };
    let json = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
    Seed::from_json(&json).map_err(|error| unusable(error.to_string()))
}
