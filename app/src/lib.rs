//! The app: pages and islands in feature folders, and the server functions behind them.
//!
//! Pages are rendered on the server and need no script. What needs a browser is an island, the only code that becomes
//! WebAssembly. `server.rs` files exist on the server alone; what pages may know of a request reaches them through
//! [`context`].

// A page is one type, as deep as its elements are nested.
#![recursion_limit = "256"]
#![expect(
    unreachable_pub,
    reason = "`#[component]` and `#[island]` make the types of properties public"
)]

pub mod campaigns;
pub mod context;
mod draft;
mod error;
pub mod failure;
mod frame;
mod home;
mod moment;
mod navigation;
mod not_found;
mod notice;
mod onboarding;
mod path;
mod problem;
mod profile;
mod remaining;
mod security;
pub mod session;
mod shell;
mod sign_in;
pub mod sign_out;
pub mod texts;
pub mod toast;
mod tokens;
mod viewer;
pub mod widget;

pub use shell::{App, Assets, shell};
pub use texts::Language;
pub use viewer::{Claim, Person, Viewer};
