use std::fmt;
use std::io;
use std::sync::Arc;

use model::{Clock, Entropy, Timestamp};
use url::Url;

use crate::brand::{Brand, BrandColors};
use crate::campaigns::Campaigns;
use crate::config::{BffConfig, ClientCredentials};
use crate::cookies::{CookieNames, SessionKeys};
use crate::outbound::{HttpClient, Outbound, TargetPolicy};
use crate::provider::Provider;
use crate::service::{Pause, ServiceCredentials};
use crate::session::store::SessionStore;
use crate::session::store::redis::RedisStore;
use crate::session::store::sqlite::SqliteStore;
use crate::session::{StoreAddress, StoreError};
use crate::web::WebPolicy;

/// The relying party of one app at one org. Cheap to clone.
#[derive(Clone)]
pub struct Bff {
    pub(crate) parts: Arc<Parts>,
    campaigns: Option<Campaigns>,
    brand: Option<Brand>,
}

/// What the operations of [`Bff`] are made of.
pub(crate) struct Parts {
    pub(crate) app_url: Url,
    pub(crate) client: ClientCredentials,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) keys: SessionKeys,
    pub(crate) names: CookieNames,
    pub(crate) provider: Provider,
    pub(crate) outbound: Outbound,
    pub(crate) store: Box<dyn SessionStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) web: WebPolicy,
}

/// Why the relying party cannot start. The text names the setting and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum BffError {
    /// The app's own address cannot be used.
    #[error("APP_URL cannot be used: {0}")]
    AppUrl(&'static str),
    /// The issuer cannot be used.
    #[error("OKTA_ISSUER cannot be used: {0}")]
    Issuer(&'static str),
    /// The folder or file of the session store cannot be made.
    #[error("the session store at {path} cannot be created; choose a writable APP_DATA_DIR")]
    StoreFolder {
        /// Where it should be.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The session store cannot be opened or brought up to date.
    #[error(
        "the session store cannot be opened: {0}; is APP_DATA_DIR writable and from this version or an older one?"
    )]
    Store(String),
    /// The address of the Redis or Valkey store cannot be used.
    #[error("APP_SESSION_STORE cannot be used: {0}")]
    Redis(String),
}

impl Bff {
    /// Opens the session store and makes everything ready. The org is not contacted: it may be down at start.
    pub async fn open(
        config: BffConfig,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        http: Arc<dyn HttpClient>,
    ) -> Result<Self, BffError> {
        let issuer = config.check()?;
        let web = WebPolicy::new(&config.app_url, &issuer);
        let outbound = Outbound::new(http, TargetPolicy::for_issuer(&issuer));
        let store = open_store(config.store).await?;
        let parts = Parts {
            names: CookieNames::for_app(&config.app_url),
            provider: Provider::new(config.issuer, outbound.clone(), clock.clone(), web.clone()),
            app_url: config.app_url,
            client: config.client,
            scopes: config.scopes,
            keys: config.session_keys,
            outbound,
            store,
            clock,
            entropy,
            web,
        };
        Ok(Self {
            parts: Arc::new(parts),
            campaigns: None,
            brand: None,
        })
    }

    /// The same with campaigns.
    #[must_use]
    pub fn with_campaigns(mut self, campaigns: Campaigns) -> Self {
        self.campaigns = Some(campaigns);
        self
    }

    /// The same with the colours of the org's brand, which its service app may read ([`crate::BRAND_SCOPES`]).
    #[must_use]
    pub fn with_brand(mut self, service: ServiceCredentials, pause: Arc<dyn Pause>) -> Self {
        let issuer = Url::parse(self.parts.provider.issuer()).ok();
        self.brand = issuer.map(|issuer| Brand::new(&self.parts, &issuer, service, pause));
        self
    }

    /// The colours of the org's brand, where they are known. They are asked for at the first call, which waits three quarters of a
    /// second at most, and again every five minutes, for which nobody waits.
    pub async fn brand_colors(&self) -> Option<BrandColors> {
        match &self.brand {
            Some(brand) => brand.colors().await,
            None => None,
        }
    }

    /// The campaigns of the app, where it has any.
    pub const fn campaigns(&self) -> Option<&Campaigns> {
        self.campaigns.as_ref()
    }

    /// What the layers of [`crate::web`] need to know. It learns the org's origins as metadata arrives.
    pub fn web_policy(&self) -> WebPolicy {
        self.parts.web.clone()
    }

    /// The time by the app's clock, for pages that say how long ago something was.
    pub fn time(&self) -> Timestamp {
        self.parts.clock.now()
    }

    /// Whether the session store answers: what a readiness probe asks.
    pub async fn is_ready(&self) -> bool {
        self.parts.store.answers().await
    }
}

async fn open_store(address: StoreAddress) -> Result<Box<dyn SessionStore>, BffError> {
    Ok(match address {
        StoreAddress::Sqlite(path) => Box::new(SqliteStore::open(path).await?),
        StoreAddress::Redis(address) => Box::new(
            RedisStore::open(&address).map_err(|error| BffError::Redis(error.to_string()))?,
        ),
    })
}

impl Parts {
    /// `{APP_URL}/login/callback`, where the org sends the browser back.
    pub(crate) fn redirect_uri(&self) -> String {
        self.address("login/callback")
    }

    /// `{APP_URL}/signed-out`, where the org sends the browser after signing out.
    pub(crate) fn post_logout_redirect_uri(&self) -> String {
        self.address("signed-out")
    }

    pub(crate) fn address(&self, path: &str) -> String {
        // `app_url` is an origin, which always ends in a slash.
        format!("{}{path}", self.app_url)
    }
}

impl fmt::Debug for Bff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bff")
            .field("app_url", &self.parts.app_url.as_str())
            .finish_non_exhaustive()
    }
}

impl From<StoreError> for BffError {
    fn from(error: StoreError) -> Self {
        Self::Store(error.to_string())
    }
}
