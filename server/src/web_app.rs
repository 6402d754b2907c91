//! The app as a part of this program: its relying party, its pages and the org it trusts.

use std::path::Path;
use std::sync::Arc;

use app::context::{DemoAccount, OrgInfo};
use axum::Router;
use bff::{Bff, BffConfig, ClientAuthentication, ClientCredentials, ReqwestClient, SessionKeys};
use leptos::config::{Env, LeptosOptions};
use model::{Clock, Entropy};
use org::Org;
use secrecy::ExposeSecret;
use url::Url;

use crate::assets;
use crate::config::{AppConfig, Remote};
use crate::router::{self, AppState};
use crate::start_error::StartError;

/// The file in the data directory that keeps the keys made at the first start.
const KEY_FILE: &str = "session-keys";
/// The file in the data directory that keeps the sessions.
const STORE_FILE: &str = "sessions.sqlite";

/// The org that signs people in, and who the app is to it.
#[derive(Debug)]
pub struct Provider {
    issuer: String,
    client: ClientCredentials,
    scopes: Option<Vec<String>>,
}

impl Provider {
    /// The org that runs in this program.
    pub fn local(org: &Org, url: &Url) -> Self {
        let client = org.portico_client();
        Self {
            issuer: url.as_str().trim_end_matches('/').to_owned(),
            client: ClientCredentials {
                client_id: client.client_id.to_string(),
                authentication: ClientAuthentication::SecretBasic(client.client_secret),
            },
            scopes: None,
        }
    }

    /// An org elsewhere.
    pub fn remote(remote: Remote) -> Self {
        let authentication = match remote.client_secret {
            Some(secret) => ClientAuthentication::SecretBasic(secret),
            None => ClientAuthentication::None,
        };
        Self {
            issuer: remote.issuer,
            client: ClientCredentials {
                client_id: remote.client_id,
                authentication,
            },
            scopes: remote.scopes,
        }
    }

    /// The issuer, as the org writes it.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }
}

/// Opens the app's store and builds its router. The org need not be up.
pub async fn open(
    config: &AppConfig,
    provider: Provider,
    demo_accounts: Vec<DemoAccount>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> Result<Router, StartError> {
    let org = Arc::new(OrgInfo {
        issuer: provider.issuer.clone(),
        demo_accounts,
    });
    let http = Arc::new(ReqwestClient::for_issuer(&issuer_address(
        &provider.issuer,
    )?));
    let bff_config = BffConfig {
        app_url: config.app_url.clone(),
        issuer: provider.issuer,
        client: provider.client,
        scopes: provider.scopes,
        session_keys: session_keys(config, &*entropy)?,
        store_path: store_path(&config.app_session_store, &config.app_data_dir)?,
    };
    let leptos = leptos_options();
    Ok(router::router(AppState {
        bff: Bff::open(bff_config, clock, entropy, http).await?,
        org,
        reload_socket: config.watch.as_ref().map(|_| reload_socket(&leptos)),
        assets: assets::find(&leptos),
        leptos,
    }))
}

fn issuer_address(issuer: &str) -> Result<Url, StartError> {
    Url::parse(issuer).map_err(|error| StartError::Setting {
        key: "OKTA_ISSUER",
        reason: format!(
            "{issuer:?} is not an address ({error}); it looks like https://example.okta.com"
        ),
    })
}

/// The keys from the configuration, else those in the data directory, which are made at the first start.
fn session_keys(config: &AppConfig, entropy: &dyn Entropy) -> Result<SessionKeys, StartError> {
    let Some(keys) = &config.app_session_keys else {
        return Ok(SessionKeys::load_or_create(
            &config.app_data_dir.join(KEY_FILE),
            entropy,
        )?);
    };
    SessionKeys::parse(keys.expose_secret()).map_err(|error| StartError::Setting {
        key: "APP_SESSION_KEYS",
        reason: error.to_string(),
    })
}

fn reload_socket(options: &LeptosOptions) -> String {
    format!("ws://{}:{}", options.site_addr.ip(), options.reload_port)
}

/// Where the built files are: from cargo-leptos' environment, else where its release build puts them.
fn leptos_options() -> LeptosOptions {
    match leptos::config::get_configuration(None) {
        Ok(built) => built.leptos_options,
        Err(_) => LeptosOptions::builder()
            .output_name("portico")
            .site_root("target/site")
            .env(Env::PROD)
            .hash_files(true)
            .build(),
    }
}

/// Reads `APP_SESSION_STORE`.
fn store_path(setting: &str, data_dir: &Path) -> Result<std::path::PathBuf, StartError> {
    match setting.strip_prefix("sqlite:") {
        Some("") => Ok(data_dir.join(STORE_FILE)),
        Some(path) => Ok(path.into()),
        None => Err(StartError::Setting {
            key: "APP_SESSION_STORE",
            reason: format!(
                "{setting:?} is not a store this version has; use `sqlite:` or `sqlite:<path>`"
            ),
        }),
    }
}
