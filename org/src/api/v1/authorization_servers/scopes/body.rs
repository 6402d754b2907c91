use rusqlite::Connection;
use serde::Deserialize;

use super::super::text;
use crate::api::ApiError;
use crate::oauth::server::{Consent, MetadataPublish, ScopeRecord, list_scopes};

/// A scope as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ScopeBody {
    #[serde(default)]
    name: String,
    display_name: Option<String>,
    description: Option<String>,
    consent: Option<Consent>,
    metadata_publish: Option<MetadataPublish>,
    default: Option<bool>,
    optional: Option<bool>,
}

/// Okta's limits, in characters.
const NAME: usize = 255;
const TEXT: usize = 1024;

impl ScopeBody {
    /// The scope that it makes, whose id is still to be given.
    pub(super) fn checked(self) -> Result<ScopeRecord, ApiError> {
        let name = text("name", &self.name, NAME)?;
        // RFC 6749 §3.3
        let is_token = name
            .bytes()
            .all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e));
        if !is_token || name == "*" {
            return Err(ApiError::invalid(
                "name",
                "The name must be printable ASCII without spaces, quotes and backslashes",
            ));
        }
        if name.starts_with("okta.") && !name.starts_with("okta.myAccount.") {
            return Err(ApiError::invalid("name", "The prefix okta. is reserved"));
        }
        let optional_text = |field: &str, sent: Option<String>| {
            let sent = sent.filter(|sent| !sent.trim().is_empty());
            sent.map(|sent| text(field, &sent, TEXT)).transpose()
        };
        Ok(ScopeRecord {
            id: String::new(),
            name,
            display_name: optional_text("displayName", self.display_name)?,
            description: optional_text("description", self.description)?,
            consent: self.consent.unwrap_or(Consent::Implicit),
            metadata_publish: self.metadata_publish.unwrap_or(MetadataPublish::NoClients),
            is_default: self.default.unwrap_or(false),
            optional: self.optional.unwrap_or(false),
            system: false,
        })
    }
}

/// Checks that no other scope of the server has the name.
pub(super) fn check(db: &Connection, server: &str, scope: &ScopeRecord) -> Result<(), ApiError> {
    let is_taken = list_scopes(db, server)?
        .iter()
        .any(|other| other.id != scope.id && other.name == scope.name);
    if is_taken {
        return Err(ApiError::duplicate("name"));
    }
    Ok(())
}
