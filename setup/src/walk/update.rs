use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::Fault;
use crate::walk::{Object, Secret, Update, Walk};
use crate::wanted::{self, Difference};

/// Fields that are the org's alone.
const READ_ONLY: [&str; 4] = ["_links", "_embedded", "created", "lastUpdated"];

/// An object as it is sent back to the org.
pub(super) fn sendable(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        for name in READ_ONLY {
            fields.remove(name);
        }
    }
    object
}

impl Walk<'_> {
    /// Writes what differs.
    pub(super) async fn update(
        &mut self,
        object: &Object,
        current: &Value,
        differences: &[Difference],
    ) -> Result<(), Fault> {
        let client = &self.guide.client;
        let address = object.address.of(current);
        match &object.update {
            Update::Never => Ok(()),
            Update::Whole => {
                // A status is changed by an operation of its own.
                let (status, others): (Vec<_>, Vec<_>) = differences
                    .iter()
                    .partition(|difference| difference.path == "status");
                if !status.is_empty() {
                    let path = format!("{address}/lifecycle/activate");
                    client.write(&Method::POST, &path, None).await?;
                }
                if others.is_empty() {
                    return Ok(());
                }
                let body = sendable(wanted::merged(current, &object.wanted));
                client
                    .write(&Method::PUT, &address, Some(&body))
                    .await
                    .map(drop)
            }
            Update::Fields => {
                let body = wanted::plain(&object.wanted);
                client
                    .write(&Method::POST, &address, Some(&body))
                    .await
                    .map(drop)
            }
            Update::Map { app, .. } => {
                let policy = object.wanted["policy"].as_str().unwrap_or_default();
                let path = format!("{app}/policies/{policy}");
                client.write(&Method::PUT, &path, None).await.map(drop)
            }
            Update::Life { login, chosen } => {
                let status = current["status"].as_str().unwrap_or_default();
                self.enliven(&address, status, login, chosen.clone()).await
            }
        }
    }

    /// Leads a user to `ACTIVE`, by whatever their status asks for.
    async fn enliven(
        &mut self,
        address: &str,
        status: &str,
        login: &str,
        chosen: Option<SecretString>,
    ) -> Result<(), Fault> {
        let client = &self.guide.client;
        let operation = match status {
            "SUSPENDED" => Some("unsuspend"),
            "LOCKED_OUT" => Some("unlock"),
            "STAGED" | "DEPROVISIONED" => Some("activate?sendEmail=false"),
            _ => None,
        };
        if let Some(operation) = operation {
            let path = format!("{address}/lifecycle/{operation}");
            client.write(&Method::POST, &path, None).await?;
        }
        let user = client.find(address).await?.unwrap_or_default();
        if user["status"] == "ACTIVE" {
            return Ok(());
        }
        // What is left is an account that waits for its first or next password.
        let login = login.to_owned();
        let password = self.password(&Secret { login, chosen })?;
        let body = json!({"credentials": {"password": {"value": password.expose_secret()}}});
        let client = &self.guide.client;
        client
            .write(&Method::POST, address, Some(&body))
            .await
            .map(drop)
    }
}
