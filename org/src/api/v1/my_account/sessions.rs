use http::StatusCode;

use super::own_id;
use crate::api::{ApiError, Change};
use crate::directory::end_sessions;
use crate::events::{self, Event, EventType};

/// `DELETE /idp/myaccount/sessions`: signs the person out of the org everywhere. Apps keep their tokens.
pub(super) async fn delete(change: Change) -> Result<StatusCode, ApiError> {
    let user = own_id(&change.caller)?;
    change
        .run(move |writing| {
            end_sessions(writing.db, &user, false, writing.now)?;
            let person = events::user_of(writing.db, &user)?;
            writing.log(Event::of(EventType::SessionClear).to(person))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
