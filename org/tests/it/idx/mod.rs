//! The sign-in API, as an app meets it that asks people itself.

mod by_session;
mod changed_policies;
mod client;
mod email_link;
mod interact;
mod passkey;
mod recover;
mod register;
mod shape;
mod sign_in;
mod transport;
