use http::StatusCode;

use super::super::find_app;
use super::super::view::target;
use super::record::{self, find};
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};

/// `DELETE /api/v1/apps/{appId}/grants/{grantId}`. Tokens that were issued with the scope live on until they expire, as at Okta.
pub(super) async fn revoke(
    change: Change,
    Path((id, grant)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            let grant = find(writing.db, &app.id, &grant)?;
            record::delete(writing.db, &grant.id)?;
            let event = Event::of(EventType::ScopeRevoke).to(target(&app));
            writing.log(event.debug("scope", grant.scope))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
