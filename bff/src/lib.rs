//! The relying party: everything between a browser and the org that signs people in.
//!
//! [`Bff`] is the one entry point. It speaks the authorization code flow with PKCE (RFC 6749, RFC 7636, OpenID Connect
//! Core), checks every answer, and keeps the tokens away from the browser's scripts (RFC 10017, "backend for frontend"):
//!
//! | step | function | what the browser holds afterwards |
//! | --- | --- | --- |
//! | start | [`Bff::begin_sign_in`] | one sealed transaction cookie for this `state` |
//! | return | [`Bff::complete_sign_in`] | a sealed session cookie, and the sealed tokens in cookies of their own |
//! | each request | [`Bff::session`] | the same |
//! | end | [`Bff::sign_out`] | nothing |
//!
//! What must be checked first is a type: the code exchange accepts only a callback that has been verified, and a session
//! exists only after an ID token has passed every check. Time, randomness and the HTTP client are passed in.
//!
//! [`web`] holds the HTTP layers that every answer passes through; they know nothing of the pages.
#![warn(missing_docs)]

#[cfg(target_arch = "wasm32")]
compile_error!(
    "`bff` holds tokens and is server-only: gate the dependency behind the `ssr` feature"
);

mod bff;
mod config;
mod cookies;
mod fault;
mod oauth_client;
mod onboarding;
mod outbound;
mod private_folder;
mod provider;
mod revocation;
mod session;
mod sign_in;
mod sign_out;
pub mod web;

pub use bff::{Bff, BffError};
pub use config::{BffConfig, ClientAuthentication, ClientCredentials};
pub use cookies::{InvalidSessionKeys, SessionKeys};
pub use onboarding::{FieldError, Names, NamesField, NamesForm, Onboarding, OnboardingError};
pub use outbound::{BoxFuture, HttpClient, HttpError, ReqwestClient};
pub use session::{BrowserInfo, Session, SessionCheck, SessionState};
pub use sign_in::{Begun, CallbackQuery, Completed, SignInRequest};
pub use sign_out::{SignOut, SignedOutReturn};
pub use web::{csrf, host, redirects, security_headers};
