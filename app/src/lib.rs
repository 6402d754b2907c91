//! The app: pages and islands in feature folders, and the server functions behind them.
//!
//! Pages are rendered on the server and need no script. What needs a browser is an island, the only code that becomes
//! WebAssembly. `server.rs` files exist on the server alone; what pages may know of a request reaches them through
//! [`context`].

#![expect(
    unreachable_pub,
    reason = "`#[component]` and `#[island]` make the types of properties public"
)]

pub mod context;
mod error;
pub mod failure;
mod home;
mod navigation;
mod not_found;
mod onboarding;
mod path;
mod problem;
mod profile;
mod shell;
mod sign_in;
pub mod sign_out;
mod viewer;

pub use shell::{App, Assets, shell};
pub use viewer::{Claim, Person, Viewer};
