//! The HTTP layers of the app. Each is a function for `axum::middleware::from_fn_with_state`, with a [`WebPolicy`] as state.
//!
//! Outermost first: [`security_headers::add`] (also on refusals), [`host::check`], [`csrf::protect`], [`redirects::guard`].

pub mod csrf;
pub mod host;
mod policy;
pub mod redirects;
mod refusal;
pub mod security_headers;

pub use policy::WebPolicy;
