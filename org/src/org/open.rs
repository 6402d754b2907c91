use jiff::Timestamp;
use model::{Clock, Entropy, OrgId};
use rusqlite::{Connection, OptionalExtension as _};
use secrecy::SecretString;
use std::path::Path;
use std::sync::Arc;

use super::first_start::FirstStart;
use super::{Inner, OpenError, Org, PorticoClient, older_org};
use crate::apps::{PublishedKeys, list_secrets, open_secret};
use crate::authenticator::password::{PasswordCost, Passwords};
use crate::authenticator::webauthn::RelyingParty;
use crate::clock::OrgClock;
use crate::config::{OrgConfig, OrgUrl};
use crate::host::Hosts;
use crate::inbox::{Delivery, Inbox, courier, set_delivery};
use crate::limits::Limits;
use crate::oauth::server::LiveServers;
use crate::outbound::Outbound;
use crate::policy::Status;
use crate::seal::Sealer;
use crate::seed::{Credentials, align_portico};
use crate::sign_in::invite_those_who_wait;
use crate::store::{Store, StoreError, parsed};
use crate::throttle::{LetterLimit, Throttle};
use crate::universal_logout;

/// What tests replace so that they need not wait. Unsafe anywhere else.
#[derive(Debug, Clone)]
pub struct TestSettings {
    /// How much work a password hash takes.
    pub password_cost: PasswordCost,
    /// RSA keys in PKCS#8 form instead of fresh ones: current and next of the org's server, then of `default`.
    pub signing_keys: [Vec<u8>; 4],
}

/// How an org is opened: for use, or for a test.
struct Settings {
    password_cost: PasswordCost,
    signing_keys: Option<[Vec<u8>; 4]>,
}

impl Org {
    /// Whether a data directory holds an org already, so that a seed has nobody to give it any more. What cannot be read counts
    /// as none: opening it says why.
    pub fn exists(data_dir: &Path) -> bool {
        Store::peek(data_dir, find_org_id).is_ok_and(|id| id.is_some())
    }

    /// Opens the org in a data directory, which is held exclusively, and fills it when it is new.
    ///
    /// Fails when another process holds the directory, when it cannot be read or written, and when what is in it does not
    /// belong together.
    pub async fn open(
        config: OrgConfig,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, OpenError> {
        let settings = Settings {
            password_cost: PasswordCost::RECOMMENDED,
            signing_keys: None,
        };
        open(config, clock, entropy, settings).await
    }

    /// As [`Self::open`], with passwords that are quickly guessed and keys that are known.
    pub async fn open_with_insecure_test_settings(
        config: OrgConfig,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        settings: TestSettings,
    ) -> Result<Self, OpenError> {
        let settings = Settings {
            password_cost: settings.password_cost,
            signing_keys: Some(settings.signing_keys),
        };
        open(config, clock, entropy, settings).await
    }
}

async fn open(
    mut config: OrgConfig,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    settings: Settings,
) -> Result<Org, OpenError> {
    let store = Store::open_with(&config.data_dir, config.system_log.take())?;
    let sealer = Sealer::open(&config.data_dir, Arc::clone(&entropy))?;
    let passwords = Passwords::new(settings.password_cost);
    let config = Arc::new(config);
    let now = clock.now();
    let work = FirstStart {
        config: Arc::clone(&config),
        sealer: sealer.clone(),
        passwords: passwords.clone(),
        entropy: Arc::clone(&entropy),
        signing_keys: settings.signing_keys,
        now,
    };
    let is_new = store.read(find_org_id)?.is_none();
    fill(&store, work).await?;
    let id = store
        .read(find_org_id)?
        .ok_or_else(|| OpenError::incomplete("org"))?;
    let url = OrgUrl::new(&config.url);
    choose_delivery(&store, &config).await?;
    let inner = Inner {
        id,
        servers: LiveServers::open(&store, &sealer, &url)?,
        url,
        policies: Arc::default(),
        relying_party: RelyingParty::of(&config.url),
        hosts: Hosts::of(&config.url),
        app_url: config.app_url.to_string(),
        clock: Arc::new(OrgClock::new(clock)),
        inbox: Inbox::new(),
        outbound: Outbound::new(Arc::clone(&config.http), &config.url),
        published_keys: PublishedKeys::default(),
        universal_logout: universal_logout::Signal::new(),
        throttle: Throttle::default(),
        letters: Arc::<LetterLimit>::default(),
        limits: Limits::new(config.rate_limits),
        dev: config.dev,
        portico: load_portico(&config, (&store, &sealer), &entropy, now).await?,
        demo_users: Credentials::read(&config.data_dir)?.users,
        entropy,
        store,
        sealer,
        passwords,
    };
    let org = Org {
        inner: Arc::new(inner),
    };
    begin_delivery(&org, &config);
    if is_new {
        invite_those_who_wait(&org).await?;
    }
    Ok(org)
}

/// Sees to it that the org has all that this version of the program expects.
async fn fill(store: &Store, work: FirstStart) -> Result<(), OpenError> {
    if store.read(find_org_id)?.is_none() {
        work.run(store).await
    } else if store.read(older_org::is_older)? {
        store
            .write(move |db| older_org::complete(db, &*work.entropy, work.now))
            .await
    } else {
        Ok(())
    }
}

/// From here on messages are treated as this configuration says.
async fn choose_delivery(store: &Store, config: &OrgConfig) -> Result<(), StoreError> {
    let delivery = Delivery {
        kept: config.dev,
        mailed: config.mail_server.is_some(),
    };
    store
        .write(move |db| set_delivery(db, delivery).map_err(StoreError::from))
        .await
}

fn begin_delivery(org: &Org, config: &OrgConfig) {
    if let Some(server) = config.mail_server.clone() {
        tokio::spawn(courier::run(org.downgrade(), server, org.inbox().listen()));
    }
    let signal = org.universal_logout().listen();
    tokio::spawn(universal_logout::run(org.downgrade(), signal));
}

fn find_org_id(db: &Connection) -> rusqlite::Result<Option<OrgId>> {
    db.query_row("SELECT id FROM org", [], |row| parsed(row, 0))
        .optional()
}

async fn load_portico(
    config: &Arc<OrgConfig>,
    (store, sealer): (&Store, &Sealer),
    entropy: &Arc<dyn Entropy>,
    now: Timestamp,
) -> Result<PorticoClient, OpenError> {
    let (seen, entropy) = (Arc::clone(config), Arc::clone(entropy));
    let id = store
        .write(move |db| align_portico(db, &seen, &*entropy, now).map_err(OpenError::from))
        .await?
        .ok_or_else(OpenError::no_portico)?;
    let secrets = store.read(|db| list_secrets(db, &id))?;
    let usable = secrets.iter().find(|one| one.status == Status::Active);
    let client_secret = match usable {
        Some(secret) => open_secret(&id, &secret.sealed, sealer)?,
        // Its administrator made it an app without one: then it cannot sign in, and says so.
        None => SecretString::default(),
    };
    Ok(PorticoClient {
        client_id: id,
        client_secret,
    })
}
