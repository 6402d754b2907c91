use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;

use super::super::find_app;
use super::super::view::Secrets;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Caller, Listing, Path};
use crate::apps::list_secrets;

/// `GET /api/v1/apps/{appId}/credentials/secrets`. Those who may change apps are told what the secrets are, as at Okta.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let read = |db: &Connection| {
        let app = find_app(db, &id)?;
        let secrets = Secrets::for_caller(&caller, db, &app.id, org.sealer());
        let found = list_secrets(db, &app.id)?;
        found
            .iter()
            .map(|secret| view(&app.id, secret, secrets, org.url()))
            .collect::<Result<Vec<_>, ApiError>>()
    };
    Ok(listing.whole(org.store().read(|db| Ok(read(db)))??))
}
