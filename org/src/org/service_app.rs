use model::AppId;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::Org;
use crate::apps::{
    ApplicationType, NewKey, create_key, find_app_by_label, find_app_record, list_keys,
};
use crate::events::{self, Event, EventType, Origin, record};
use crate::failure::Failure;
use crate::policy::Status;
use crate::store::StoreError;

/// The label of the app by which Portico calls the management API in its own name.
const SERVICE: &str = "Portico campaigns";

/// The service app could not be told its key.
#[derive(Debug, thiserror::Error)]
#[error("the key of the service app could not be registered: {0}")]
pub struct ServiceAppError(String);

impl Org {
    /// Registers the public half of Portico's own key with its service app, as an administrator would do in the Admin Console,
    /// and gives the app's `client_id`. A key that is registered already stays as it is. `None`: the seed has no service app with
    /// the label "Portico campaigns".
    ///
    /// # Errors
    ///
    /// When the org cannot be read or written.
    pub async fn register_service_key(
        &self,
        public: Map<String, Value>,
    ) -> Result<Option<AppId>, ServiceAppError> {
        let (entropy, now) = (self.kit().entropy, self.now());
        let change = move |db: &Connection| -> rusqlite::Result<_> {
            let Some(id) = find_service_app(db)? else {
                return Ok(None);
            };
            let kid = public.get("kid").and_then(Value::as_str);
            if list_keys(db, &id)?.iter().any(|key| key.kid() == kid) {
                return Ok(Some(id));
            }
            let key = NewKey {
                jwk: public.clone(),
                status: Status::Active,
            };
            create_key(db, &id, &key, &*entropy, now)?;
            let event = Event::of(EventType::ClientUpdate).to(events::client_of(db, &id)?);
            record(db, &event, &Origin::of_the_org(), &*entropy, now)?;
            Ok(Some(id))
        };
        let written = self
            .store()
            .write(move |db| change(db).map_err(|error| Failure::from(StoreError::from(error))));
        written
            .await
            .map_err(|failure| ServiceAppError(failure.to_string()))
    }
}

fn find_service_app(db: &Connection) -> rusqlite::Result<Option<AppId>> {
    let Some(id) = find_app_by_label(db, SERVICE)? else {
        return Ok(None);
    };
    let found = find_app_record(db, id.as_str())?;
    let is_service =
        found.is_some_and(|app| app.registration.application_type == ApplicationType::Service);
    Ok(is_service.then_some(id))
}
