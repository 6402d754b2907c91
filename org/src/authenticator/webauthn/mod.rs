//! Passkeys and security keys (WebAuthn Level 3, <https://www.w3.org/TR/webauthn-3/>).

mod credential;

pub(crate) use credential::Credential;
