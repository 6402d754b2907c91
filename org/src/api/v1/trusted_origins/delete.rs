use http::StatusCode;

use super::origin_of;
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::trusted_origins::delete_trusted_origin;

/// `DELETE /api/v1/trustedOrigins/{trustedOriginId}`.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let trusted = origin_of(writing.db, &id)?;
            delete_trusted_origin(writing.db, &trusted.id)?;
            writing.log(Event::of(EventType::TrustedOriginDelete).to(target(&trusted)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
