use rusqlite::Connection;
use serde::Deserialize;

use super::super::{Status, text};
use crate::api::ApiError;
use crate::apps::find_app;
use crate::oauth::server::list_policies;
use crate::policy::server_access::ALL_CLIENTS;

/// A policy as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PolicyBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    name: String,
    description: Option<String>,
    pub(super) priority: Option<u32>,
    #[serde(default)]
    pub(super) status: Status,
    conditions: Option<Conditions>,
}

#[derive(Debug, Deserialize)]
struct Conditions {
    clients: Option<Clients>,
}

#[derive(Debug, Deserialize)]
struct Clients {
    #[serde(default)]
    include: Vec<String>,
}

/// What a policy is made of, checked as far as it can be without the database.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) clients: Vec<String>,
}

/// Okta's limits, in characters.
const NAME: usize = 100;
const DESCRIPTION: usize = 255;
/// More are no list that somebody keeps by hand.
const CLIENTS: usize = 1000;

impl PolicyBody {
    pub(super) fn checked(&self) -> Result<Checked, ApiError> {
        if self.kind.as_deref() != Some("OAUTH_AUTHORIZATION_POLICY") {
            return Err(ApiError::invalid(
                "type",
                "The type must be OAUTH_AUTHORIZATION_POLICY",
            ));
        }
        let name = text("name", &self.name, NAME)?;
        let description = match self.description.as_deref() {
            None => name.clone(),
            Some(description) => text("description", description, DESCRIPTION)?,
        };
        let clients = self
            .conditions
            .as_ref()
            .and_then(|conditions| conditions.clients.as_ref())
            .ok_or_else(|| {
                ApiError::invalid("conditions.clients", "The field cannot be left blank")
            })?;
        if clients.include.len() > CLIENTS {
            return Err(ApiError::invalid(
                "conditions.clients.include",
                "The list has more than 1000 clients",
            ));
        }
        Ok(Checked {
            name,
            description,
            clients: clients.include.clone(),
        })
    }
}

impl Checked {
    /// Checks what the database knows: every client exists, and no other policy of the server has the name.
    pub(super) fn check(
        &self,
        db: &Connection,
        server: &str,
        own: Option<&str>,
    ) -> Result<(), ApiError> {
        for client in &self.clients {
            if client != ALL_CLIENTS && find_app(db, client)?.is_none() {
                return Err(ApiError::invalid(
                    "conditions.clients.include",
                    "A client of the list does not exist",
                ));
            }
        }
        let is_taken = list_policies(db, server)?.iter().any(|other| {
            own != Some(other.id.as_str()) && other.name.eq_ignore_ascii_case(&self.name)
        });
        if is_taken {
            return Err(ApiError::duplicate("name"));
        }
        Ok(())
    }
}
