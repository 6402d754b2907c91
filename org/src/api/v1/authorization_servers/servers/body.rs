use rusqlite::Connection;
use serde::Deserialize;

use super::super::text;
use crate::api::ApiError;
use crate::oauth::server::{IssuerMode, RotationMode, list_servers};

/// A server as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServerBody {
    #[serde(default)]
    name: String,
    description: Option<String>,
    #[serde(default)]
    audiences: Vec<String>,
    issuer_mode: Option<IssuerMode>,
    credentials: Option<Credentials>,
    access_token_encrypted_response_algorithm: Option<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Credentials {
    signing: Option<Signing>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Signing {
    rotation_mode: Option<RotationMode>,
}

/// What a server is made of, checked as far as it can be without the database.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) audience: String,
    pub(super) issuer_mode: Option<IssuerMode>,
    pub(super) rotation_mode: Option<RotationMode>,
}

/// Okta's limits, in characters.
const NAME: usize = 255;
const DESCRIPTION: usize = 1024;

impl ServerBody {
    pub(super) fn checked(self) -> Result<Checked, ApiError> {
        let name = text("name", &self.name, NAME)?;
        let description = match self.description.as_deref() {
            None | Some("") => String::new(),
            Some(description) => text("description", description, DESCRIPTION)?,
        };
        let [audience] = self.audiences.as_slice() else {
            return Err(ApiError::invalid(
                "audiences",
                "The field must have exactly one audience",
            ));
        };
        if self.issuer_mode == Some(IssuerMode::CustomUrl) {
            return Err(ApiError::invalid(
                "issuerMode",
                "The org has no custom URL domain",
            ));
        }
        if self
            .access_token_encrypted_response_algorithm
            .is_some_and(|algorithm| !algorithm.is_null())
        {
            return Err(ApiError::invalid(
                "accessTokenEncryptedResponseAlgorithm",
                "The local org does not encrypt access tokens",
            ));
        }
        let signing = self.credentials.and_then(|credentials| credentials.signing);
        Ok(Checked {
            name,
            description,
            audience: text("audiences", audience, NAME)?,
            issuer_mode: self.issuer_mode,
            rotation_mode: signing.and_then(|signing| signing.rotation_mode),
        })
    }
}

impl Checked {
    /// Checks that no other server has the name.
    pub(super) fn check(&self, db: &Connection, own: Option<&str>) -> Result<(), ApiError> {
        let is_taken = list_servers(db)?
            .iter()
            .any(|other| own != Some(other.id.as_str()) && other.name == self.name);
        if is_taken {
            return Err(ApiError::duplicate("name"));
        }
        Ok(())
    }
}
