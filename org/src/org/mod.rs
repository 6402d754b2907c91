//! The org as a value: opened from a data directory, and turned into a router.

mod api_token;
mod error;
mod first_start;
mod older_org;
mod open;
mod service_app;

use jiff::Timestamp;
use model::{AppId, Clock, Entropy, OrgId};
use secrecy::SecretString;
use std::sync::{Arc, Weak};

pub(crate) use api_token::make_api_token;
pub use api_token::{ApiTokenError, NewApiToken};
pub use error::OpenError;
pub use open::TestSettings;
pub use service_app::ServiceAppError;

use crate::apps::PublishedKeys;
use crate::authenticator::password::Passwords;
use crate::authenticator::webauthn::RelyingParty;
use crate::clock::OrgClock;
use crate::config::OrgUrl;
use crate::host::Hosts;
use crate::inbox::Inbox;
use crate::limits::Limits;
use crate::oauth::keys::KeyError;
use crate::oauth::server::{LiveServers, Servers};
use crate::outbound::Outbound;
use crate::policy::PolicyCache;
use crate::seal::Sealer;
use crate::seed::DemoUser;
use crate::sign_in::Kit;
use crate::store::Store;
use crate::throttle::{LetterLimit, Throttle};
use crate::universal_logout;

/// A local org that is open. Cloning gives another hold on the same org; the last one to go closes it.
#[derive(Debug, Clone)]
pub struct Org {
    inner: Arc<Inner>,
}

/// A hold on an org that does not keep it open.
#[derive(Debug, Clone)]
pub(crate) struct WeakOrg(Weak<Inner>);

impl WeakOrg {
    /// The org, unless it was closed.
    pub(crate) fn upgrade(&self) -> Option<Org> {
        self.0.upgrade().map(|inner| Org { inner })
    }
}

#[derive(Debug)]
struct Inner {
    id: OrgId,
    url: OrgUrl,
    hosts: Hosts,
    app_url: String,
    clock: Arc<OrgClock>,
    entropy: Arc<dyn Entropy>,
    store: Store,
    inbox: Inbox,
    outbound: Outbound,
    published_keys: PublishedKeys,
    universal_logout: universal_logout::Signal,
    throttle: Throttle,
    letters: Arc<LetterLimit>,
    limits: Limits,
    dev: bool,
    sealer: Sealer,
    passwords: Passwords,
    servers: LiveServers,
    policies: Arc<PolicyCache>,
    relying_party: RelyingParty,
    portico: PorticoClient,
    demo_users: Vec<DemoUser>,
}

/// How the Portico app is registered in this org.
#[derive(Debug, Clone)]
pub struct PorticoClient {
    /// Its `client_id`.
    pub client_id: AppId,
    /// Its secret, for `client_secret_basic`.
    pub client_secret: SecretString,
}

impl Org {
    /// Everything the org serves.
    pub fn router(&self) -> axum::Router {
        crate::router::router(self)
    }

    /// The operations of the management API that are built.
    pub fn api_operations(&self) -> Vec<crate::ApiOperation> {
        let (_, rows) = crate::api::table(self).into_parts();
        rows.iter().map(crate::ApiOperation::from).collect()
    }

    /// The credentials of the Portico app.
    pub fn portico_client(&self) -> PorticoClient {
        self.inner.portico.clone()
    }

    /// The users of the seed, with the passwords that the `credentials` file holds. Empty when the file was deleted.
    pub fn demo_users(&self) -> &[DemoUser] {
        &self.inner.demo_users
    }

    pub(crate) fn downgrade(&self) -> WeakOrg {
        WeakOrg(Arc::downgrade(&self.inner))
    }

    pub(crate) fn id(&self) -> &OrgId {
        &self.inner.id
    }

    pub(crate) fn url(&self) -> &OrgUrl {
        &self.inner.url
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.inner.hosts
    }

    pub(crate) fn app_url(&self) -> &str {
        &self.inner.app_url
    }

    /// The org's time, which can be moved at `/dev/clock`. A program that serves the org's apps as well gives it to them too,
    /// lest they take the org's tokens for expired.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::<OrgClock>::clone(&self.inner.clock)
    }

    pub(crate) fn org_clock(&self) -> &OrgClock {
        &self.inner.clock
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Whether the pages for developers exist.
    pub(crate) fn is_dev(&self) -> bool {
        self.inner.dev
    }

    pub(crate) fn inbox(&self) -> &Inbox {
        &self.inner.inbox
    }

    /// How the org reaches others.
    pub(crate) fn outbound(&self) -> &Outbound {
        &self.inner.outbound
    }

    /// The keys of apps that publish them.
    pub(crate) fn published_keys(&self) -> &PublishedKeys {
        &self.inner.published_keys
    }

    /// Wakes who tells apps that somebody is to be signed out.
    pub(crate) fn universal_logout(&self) -> &universal_logout::Signal {
        &self.inner.universal_logout
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.inner.throttle
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.inner.entropy
    }

    /// What the sign-in engine works with.
    pub(crate) fn kit(&self) -> Kit {
        Kit {
            url: self.inner.url.clone(),
            entropy: Arc::clone(&self.inner.entropy),
            sealer: self.inner.sealer.clone(),
            relying_party: self.inner.relying_party.clone(),
            policies: Arc::clone(&self.inner.policies),
            letters: Arc::clone(&self.inner.letters),
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.inner.sealer
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    /// The authorization servers as they are at this moment.
    pub(crate) fn servers(&self) -> Arc<Servers> {
        self.inner.servers.now()
    }

    /// Reads the authorization servers again, after a change to one was committed.
    pub(crate) fn reload_servers(&self) -> Result<(), KeyError> {
        let inner = &self.inner;
        inner
            .servers
            .reload(&inner.store, &inner.sealer, &inner.url)
    }
}
