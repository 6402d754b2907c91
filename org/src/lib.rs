//! The local org: an Okta-compatible identity org as one axum router over SQLite.
//!
//! It does on the wire what an Okta org does, or answers 501 with the name of the operation that it does not have. Open one
//! with [`Org::open`] and serve [`Org::router`].
//!
//! | module | holds |
//! | --- | --- |
//! | `store` | the database: one writer, many readers |
//! | `directory`, `apps` | who and what there is |
//! | `authenticator` | how identity is proved |
//! | `policy` | decisions, as pure functions |
//! | `interaction` | the sign-in engine, a pure state machine |
//! | `oauth` | the protocol; `oauth::issue` is the one door for tokens |
//! | `hosted` | the pages |
//! | `idx` | the same sign-in for apps that ask people themselves |
//! | `events` | the System Log |
//! | `universal_logout` | what apps are told when somebody is to be signed out of everything |
//! | `api` | the management API |
#![warn(missing_docs)]

mod api;
mod apps;
mod authenticator;
mod branding;
mod browser;
mod clock;
mod config;
mod cookies;
mod cors;
mod dev;
mod directory;
mod events;
mod failure;
mod handle;
mod health;
mod host;
mod hosted;
mod housekeeping;
mod idx;
mod inbox;
mod interaction;
mod limits;
mod middleware;
mod oauth;
mod okta_error;
mod org;
mod outbound;
mod paths;
mod policy;
mod private_file;
mod request_id;
mod router;
mod seal;
mod seed;
mod session;
mod settings;
mod sign_in;
mod store;
mod throttle;
mod trusted_origins;
mod universal_logout;
mod wire_id;

pub use api::ApiOperation;
pub use authenticator::password::PasswordCost;
pub use config::OrgConfig;
pub use events::SystemLogLines;
pub use inbox::{InvalidMailServer, MailServer};
pub use limits::{InvalidRateLimits, RateLimits};
pub use org::{
    ApiTokenError, NewApiToken, OpenError, Org, PorticoClient, ServiceAppError, TestSettings,
};
pub use outbound::{Answering, HttpClient, OutboundError};
pub use seed::{DemoUser, Seed, SeedError};
pub use throttle::ClientAddress;
