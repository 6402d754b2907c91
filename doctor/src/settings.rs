//! What the app was told: the same values that it starts with, passed in by the program.

use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::SecretString;
use url::Url;

use crate::uri::is_loopback;

/// The app's and the local org's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `APP_URL`.
    pub app_url: Url,
    /// `APP_LISTEN`.
    pub app_listen: Option<SocketAddr>,
    /// `APP_SESSION_KEYS`.
    pub session_keys: Option<SecretString>,
    /// `ORG_URL`.
    pub org_url: Url,
    /// `ORG_LISTEN`.
    pub org_listen: Option<SocketAddr>,
    /// `PORTICO_DEV`.
    pub dev_pages: Option<bool>,
    /// Whether `ORG_RATE_LIMITS` refuses anything.
    pub has_rate_limits: bool,
    /// `OKTA_ISSUER`: without it the app uses the local org.
    pub issuer: Option<String>,
    /// `OKTA_CLIENT_ID`.
    pub client_id: Option<String>,
    /// `OKTA_CLIENT_SECRET`.
    pub client_secret: Option<SecretString>,
    /// `OKTA_SCOPES`.
    pub scopes: Option<Vec<String>>,
    /// `APP_SIGN_IN`, where it is not `hosted`: the page of the app that signs people in.
    pub own_page: Option<OwnPage>,
    /// The data directories and what is in them.
    pub files: Vec<KeptFile>,
}

/// A page of the app that signs people in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnPage {
    /// The app's own forms, by direct authentication.
    Forms,
    /// The org's widget.
    Widget,
}

/// A file or folder that should be its owner's alone.
#[derive(Debug, Clone)]
pub struct KeptFile {
    /// Where it is.
    pub path: PathBuf,
    /// The permission bits, such as `0o600`; none where the system has no such bits.
    pub mode: Option<u32>,
    /// A folder needs its execute bit.
    pub is_folder: bool,
}

impl Settings {
    /// Whether the app signs in at the local org.
    pub(crate) fn uses_local_org(&self) -> bool {
        self.issuer.is_none()
    }

    /// Whether others than this machine can reach the local org.
    pub(crate) fn is_local_org_public(&self) -> bool {
        let listens_publicly = self
            .org_listen
            .is_some_and(|socket| !socket.ip().to_canonical().is_loopback());
        listens_publicly || !is_loopback(&self.org_url)
    }

    /// The issuer, exactly as the app compares it.
    pub(crate) fn issuer(&self) -> String {
        let local = || self.org_url.as_str().trim_end_matches('/').to_owned();
        self.issuer.clone().unwrap_or_else(local)
    }

    /// The scopes the app asks for when it is not left to choose.
    pub(crate) fn asks_for(&self, scope: &str) -> bool {
        match &self.scopes {
            Some(scopes) => scopes.iter().any(|known| known == scope),
            None => matches!(scope, "openid" | "profile" | "email" | "groups"),
        }
    }
}
