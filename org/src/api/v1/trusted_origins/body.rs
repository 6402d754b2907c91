use rusqlite::Connection;
use serde::Deserialize;

use crate::api::ApiError;
use crate::trusted_origins::{TrustKind, TrustScope, Unique, find_other};

/// A trusted origin as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OriginBody {
    #[serde(default)]
    name: String,
    #[serde(default)]
    origin: String,
    #[serde(default)]
    scopes: Vec<TrustScope>,
    pub(super) status: Option<Status>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Status {
    Active,
    Inactive,
}

/// What a trusted origin is made of, as far as it can be checked without the database.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) origin: String,
    pub(super) scopes: Vec<TrustScope>,
}

/// Okta's limit, in characters.
const NAME: usize = 255;

impl OriginBody {
    pub(super) fn checked(self) -> Result<Checked, ApiError> {
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            return Err(ApiError::invalid("name", "The field cannot be left blank"));
        }
        if name.chars().count() > NAME {
            return Err(ApiError::invalid(
                "name",
                "String cannot be longer than 255 characters",
            ));
        }
        Ok(Checked {
            name,
            origin: origin(&self.origin)?,
            scopes: scopes(self.scopes)?,
        })
    }
}

/// The origin as a browser writes it; a path or anything else behind it is refused.
fn origin(sent: &str) -> Result<String, ApiError> {
    let invalid = || {
        ApiError::invalid(
            "origin",
            "The origin must be http:// or https://, a host and a port, and nothing else",
        )
    };
    let url = url::Url::parse(sent).map_err(|_| invalid())?;
    let is_bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !matches!(url.scheme(), "http" | "https") || !is_bare || sent.len() > NAME {
        return Err(invalid());
    }
    Ok(url.origin().ascii_serialization())
}

/// At least one, and none twice.
fn scopes(mut sent: Vec<TrustScope>) -> Result<Vec<TrustScope>, ApiError> {
    if sent.is_empty() {
        return Err(ApiError::invalid(
            "scopes",
            "The field cannot be left blank",
        ));
    }
    let mut seen: Vec<TrustKind> = Vec::new();
    for scope in &mut sent {
        if seen.contains(&scope.kind) {
            return Err(ApiError::invalid("scopes", "A type is there twice"));
        }
        seen.push(scope.kind);
        let is_for_frames = scope.kind == TrustKind::IframeEmbed;
        if !is_for_frames
            && scope
                .allowed_okta_apps
                .take()
                .is_some_and(|apps| !apps.is_empty())
        {
            return Err(ApiError::invalid(
                "scopes",
                "Only IFRAME_EMBED has allowedOktaApps",
            ));
        }
        let apps = scope.allowed_okta_apps.iter().flatten();
        if is_for_frames && !apps.into_iter().all(|app| app == "OKTA_ENDUSER") {
            return Err(ApiError::invalid(
                "scopes",
                "The one allowed Okta app is OKTA_ENDUSER",
            ));
        }
    }
    Ok(sent)
}

impl Checked {
    /// Checks that no other one has the name or the origin.
    pub(super) fn check(&self, db: &Connection, own: &str) -> Result<(), ApiError> {
        if find_other(db, (Unique::Name, &self.name), own)? {
            return Err(ApiError::duplicate("name"));
        }
        if find_other(db, (Unique::Origin, &self.origin), own)? {
            return Err(ApiError::duplicate("origin"));
        }
        Ok(())
    }
}
