//! The app as a part of this program: its relying party, its pages and the org it trusts.

use std::sync::Arc;

use app::context::{DemoAccount, OrgInfo};
use axum::Router;
use bff::{
    Bff, BffConfig, Campaigns, CampaignsConfig, CampaignsSurroundings, ClientAuthentication,
    ClientCredentials, ReqwestClient, ServiceCredentials, SessionKeys, StoreAddress, TokioPause,
};
use leptos::config::{Env, LeptosOptions};
use model::{Clock, Entropy};
use org::Org;
use secrecy::ExposeSecret;
use tokio::sync::watch;
use url::Url;

use crate::assets;
use crate::config::{AppConfig, Remote};
use crate::router::{self, AppState};
use crate::service_app;
use crate::start_error::StartError;
use crate::widget::WidgetFolder;

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
    /// The service app, for campaigns.
    service: Option<ServiceCredentials>,
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
            service: None,
        }
    }

    /// The same with a service app.
    #[must_use]
    pub fn with_service(mut self, service: Option<ServiceCredentials>) -> Self {
        self.service = service;
        self
    }

    /// An org elsewhere.
    ///
    /// # Errors
    ///
    /// When the app's key there cannot be used.
    pub fn remote(remote: Remote) -> Result<Self, StartError> {
        let authentication = remote.authentication()?;
        let service = service_app::remote(&remote)?;
        Ok(Self {
            issuer: remote.issuer,
            client: ClientCredentials {
                client_id: remote.client_id,
                authentication,
            },
            scopes: remote.scopes,
            service,
        })
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
    stop: watch::Receiver<bool>,
) -> Result<Router, StartError> {
    let org = Arc::new(OrgInfo {
        issuer: provider.issuer.clone(),
        demo_accounts,
        sign_in: config.app_sign_in,
    });
    let issuer = issuer_address(&provider.issuer)?;
    let http = Arc::new(ReqwestClient::for_issuer(&issuer));
    let keys = session_keys(config, &*entropy)?;
    let campaigns = CampaignsConfig {
        app_url: config.app_url.clone(),
        issuer,
        service: provider.service.clone(),
        folder: config.app_data_dir.clone(),
        keys: keys.clone(),
    };
    let around = CampaignsSurroundings {
        clock: Arc::clone(&clock),
        entropy: Arc::clone(&entropy),
        http: http.clone(),
        pause: Arc::new(TokioPause),
    };
    let bff_config = BffConfig {
        app_url: config.app_url.clone(),
        issuer: provider.issuer,
        client: provider.client,
        scopes: provider.scopes,
        session_keys: keys,
        store: store(config)?,
    };
    let leptos = leptos_options();
    let mut bff = Bff::open(bff_config, clock, entropy, http).await?;
    if let Some(service) = provider.service {
        bff = bff.with_brand(service, Arc::new(TokioPause));
    }
    let campaigns = Campaigns::open(campaigns, around).await?;
    Ok(router::router(AppState {
        bff: bff.with_campaigns(campaigns),
        org,
        reload_socket: config.watch.as_ref().map(|_| reload_socket(&leptos)),
        assets: assets::find(&leptos),
        widget: WidgetFolder::find(&config.app_widget_dir),
        leptos,
        stop,
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
fn store(config: &AppConfig) -> Result<StoreAddress, StartError> {
    let default_file = config.app_data_dir.join(STORE_FILE);
    let address = config.app_session_store.expose_secret();
    StoreAddress::parse(address, &default_file).map_err(|error| StartError::Setting {
        key: "APP_SESSION_STORE",
        reason: error.to_string(),
    })
}
