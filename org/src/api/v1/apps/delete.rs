use http::StatusCode;
use model::ErrorCode;

use super::find_to_change;
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::apps::{delete_app, end_all_of};
use crate::events::{Event, EventType};
use crate::policy::Status;

/// `DELETE /api/v1/apps/{appId}`. An active app is deactivated first.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    let portico = change.org().portico_client().client_id;
    change
        .run(move |writing| {
            let app = find_to_change(writing, &id)?;
            if app.status == Status::Active {
                return Err(ApiError::new(ErrorCode::DeleteAppForbidden));
            }
            if app.id == portico {
                return Err(ApiError::new(ErrorCode::DeleteAppForbidden)
                    .because("The web app that was started with the org signs in by this app"));
            }
            end_all_of(writing.db, &app.id, writing.now)?;
            delete_app(writing.db, &app.id)?;
            writing.log(Event::of(EventType::AppDelete).to(target(&app)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
