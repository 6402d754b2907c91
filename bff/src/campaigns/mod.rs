//! Onboarding campaigns: people are brought to the org, put into a group, invited, and accompanied until they have arrived.
//!
//! What is kept here is who belongs to a campaign and how far they have come; accounts, groups and roles are the org's, which is
//! asked by the service app ([`crate::service`]). The file is the app's own, wherever sessions are kept.
//!
//! Work on people is done by a task beside the requests (`worker.rs`), some dozens at a time. Each row is a small state machine
//! in the store, and is written down before and after each call of the org, so that a program that ends in between knows what it
//! has to ask the org for: nobody is made or invited twice.

mod access;
mod campaign;
mod export;
mod groups;
mod intake;
mod invitation;
mod jobs;
mod org_user;
mod person;
mod reach;
mod store;
mod worker;

use std::fmt;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use model::{Clock, Entropy};
use tokio::sync::Notify;
use url::Url;

pub use access::CampaignAccess;
pub use campaign::{
    Campaign, CampaignProgress, CampaignSummary, InvalidCampaign, NewCampaign, Preview,
};
pub use groups::CampaignGroup;
pub use intake::{Intake, IntakeTrouble, MOST_BYTES, MOST_ROWS};
pub use invitation::{AcceptedInvitation, Invitation};
pub use person::CampaignTerms;
pub use store::{CampaignPerson, PeopleCount, RowFlaw, RowPreview};

use crate::bff::BffError;
use crate::cookies::SessionKeys;
use crate::outbound::{HttpClient, Outbound, TargetPolicy};
use crate::service::{
    Pause, SERVICE_SCOPES, Service, ServiceCredentials, ServiceTrouble, Surroundings,
};
use crate::session::StoreError;
use access::KnownRoles;
use reach::Reach;
use store::Store;

/// The file in the app's data directory.
const FILE: &str = "campaigns.sqlite";

/// Whoever holds it does the work, so that of several processes with the same directory one does.
const LOCK: &str = "campaigns.lock";

/// What the campaigns must be told.
#[derive(Debug)]
pub struct CampaignsConfig {
    /// The public address of the app.
    pub app_url: Url,
    /// The issuer that signs people in.
    pub issuer: Url,
    /// Who the app is to the org's API. Without it there are no campaigns.
    pub service: Option<ServiceCredentials>,
    /// The app's data directory.
    pub folder: PathBuf,
    /// The keys that seal the codes of invitations.
    pub keys: SessionKeys,
}

/// Time, chance and the world outside.
#[derive(Debug, Clone)]
pub struct CampaignsSurroundings {
    /// The app's clock.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// How requests reach the org.
    pub http: Arc<dyn HttpClient>,
    /// How to wait for a busy org.
    pub pause: Arc<dyn Pause>,
}

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CampaignTrouble {
    /// The service app is not configured.
    #[error("the service app is not configured")]
    NotSetUp,
    /// The org cannot be asked right now.
    #[error("the org cannot be reached")]
    OrgUnavailable,
    /// The org does not let the service app do this.
    #[error("the org refused the service app")]
    OrgRefused,
    /// The file of the campaigns cannot be read or written.
    #[error("the store of the campaigns cannot be used")]
    StoreUnavailable,
    /// There is no such campaign, or no such person in it.
    #[error("there is no such campaign")]
    NoSuchCampaign,
    /// Something else is being done for the campaign.
    #[error("the campaign is busy")]
    Busy,
    /// There is nobody for whom it could be done.
    #[error("there is nobody to do this for")]
    Nobody,
}

impl From<StoreError> for CampaignTrouble {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the campaigns cannot be read or saved");
        Self::StoreUnavailable
    }
}

impl From<ServiceTrouble> for CampaignTrouble {
    fn from(trouble: ServiceTrouble) -> Self {
        match trouble {
            ServiceTrouble::Unavailable => Self::OrgUnavailable,
            ServiceTrouble::Refused => Self::OrgRefused,
        }
    }
}

/// The campaigns of one app. Cheap to clone; the work ends when the last clone goes.
///
/// What names a campaign or a group works on those within reach: all of them, or for whom [`Campaigns::access`] gives it, those
/// that the role allows.
#[derive(Clone)]
pub struct Campaigns {
    inner: Arc<Inner>,
    reach: Reach,
}

struct Inner {
    store: Store,
    service: Option<Service>,
    keys: SessionKeys,
    app_url: Url,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    pause: Arc<dyn Pause>,
    roles: Mutex<KnownRoles>,
    wake: Arc<Notify>,
    lock_path: PathBuf,
    lock: Mutex<Option<File>>,
}

impl Campaigns {
    /// Opens the file and takes up the work that an earlier process has left. The org is not contacted before somebody asks.
    ///
    /// # Errors
    ///
    /// When the file cannot be made, read or brought up to date.
    pub async fn open(
        config: CampaignsConfig,
        around: CampaignsSurroundings,
    ) -> Result<Self, BffError> {
        let CampaignsSurroundings {
            clock,
            entropy,
            http,
            pause,
        } = around;
        let store = Store::open(config.folder.join(FILE)).await?;
        let service = config.service.map(|credentials| {
            let targets = TargetPolicy::for_issuer(&config.issuer);
            let around = Surroundings {
                outbound: Outbound::new(http, targets),
                clock: Arc::clone(&clock),
                entropy: Arc::clone(&entropy),
                pause: Arc::clone(&pause),
            };
            Service::new(&config.issuer, credentials, &SERVICE_SCOPES, around)
        });
        let inner = Arc::new(Inner {
            store,
            service,
            keys: config.keys,
            app_url: config.app_url,
            clock,
            entropy,
            pause,
            roles: Mutex::default(),
            wake: Arc::new(Notify::new()),
            lock_path: config.folder.join(LOCK),
            lock: Mutex::new(None),
        });
        if inner.service.is_some() {
            tokio::spawn(worker::run(
                Arc::downgrade(&inner),
                Arc::clone(&inner.wake),
                Arc::clone(&inner.pause),
            ));
        }
        Ok(Self {
            inner,
            reach: Reach::Every,
        })
    }

    /// The time by the app's clock, in seconds since 1970.
    fn now(&self) -> i64 {
        self.inner.now()
    }

    fn service(&self) -> Result<&Service, CampaignTrouble> {
        self.inner.service.as_ref().ok_or(CampaignTrouble::NotSetUp)
    }
}

impl Inner {
    fn now(&self) -> i64 {
        self.clock.now().as_second()
    }
}

impl Drop for Inner {
    /// The worker then sees that nobody needs it any more.
    fn drop(&mut self) {
        self.wake.notify_one();
    }
}

impl fmt::Debug for Campaigns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Campaigns")
            .field("service", &self.inner.service)
            .finish_non_exhaustive()
    }
}
