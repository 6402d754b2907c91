//! The composition root: reads the configuration, puts the app and the local org together, and serves them.
//!
//! There are no rules of business here; what a request means is decided in `bff`, `org` and `app`.

pub mod ambient;
pub mod announce;
pub mod assets;
pub mod config;
mod events;
pub mod examine;
pub mod layers;
pub mod listen;
pub mod local_org;
mod org_calls;
mod org_client;
pub mod org_token;
pub mod panics;
pub mod router;
pub mod run;
pub mod service_app;
pub mod set_up;
pub mod start_error;
pub mod stop;
pub mod web_app;
pub mod widget;
