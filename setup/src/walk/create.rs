use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::walk::{Object, Secret, Walk};
use crate::{Fault, password};

/// How often something is looked for after a call that may have made it.
const MAX_LOOKS: u32 = 5;

impl Walk<'_> {
    /// Makes an object and returns it as the org has it.
    ///
    /// A call without an answer may have been carried out, and so may one that was refused because the object exists: the
    /// next try begins with a look, so nothing is made twice.
    pub(super) async fn create(&mut self, object: &Object) -> Result<Value, Fault> {
        let Some(create) = &object.create else {
            return Err(Fault::unexpected(format!(
                "{} {:?} belongs to something that is not there",
                object.kind, object.name
            )));
        };
        let mut body = create.body.clone();
        if let Some(secret) = &create.secret {
            let password = self.password(secret)?;
            body["credentials"] = json!({"password": {"value": password.expose_secret()}});
        }
        let client = &self.guide.client;
        let mut tries = 1;
        loop {
            let fault = match client
                .write(&create.method, &create.path, Some(&body))
                .await
            {
                // Some answer with nothing, some with less than what a look shows.
                Ok(made) if made["id"].is_string() => return Ok(made),
                Ok(_) => return self.made(object).await,
                Err(fault) => fault,
            };
            let may_be_there = match &fault {
                Fault::Unknown { .. } => true,
                Fault::Refused(refusal) => refusal.is_duplicate(),
                _ => false,
            };
            if !may_be_there || tries >= MAX_LOOKS {
                return Err(fault);
            }
            let patience = client.patience();
            patience.pause.pause(patience.back_off(tries)).await;
            if let Some(made) = object.find.run(client).await? {
                return Ok(made);
            }
            tries += 1;
        }
    }

    async fn made(&self, object: &Object) -> Result<Value, Fault> {
        let made = object.find.run(&self.guide.client).await?;
        Ok(made.unwrap_or_else(|| json!({})))
    }

    /// The chosen password, or one that is made up and told before it is used.
    pub(super) fn password(&mut self, secret: &Secret) -> Result<SecretString, Fault> {
        if let Some(chosen) = &secret.chosen {
            return Ok(chosen.clone());
        }
        let made_up = password::generate(&*self.guide.client.patience().entropy);
        self.narrator.password(&secret.login, &made_up)?;
        Ok(made_up)
    }
}
