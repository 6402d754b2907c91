use rusqlite::Connection;

use crate::api::{ApiError, Writing};
use crate::apps::{AppRecord, find_app_record};

/// The app with this id, else `E0000007`.
pub(in crate::api::v1) fn find_app(db: &Connection, id: &str) -> Result<AppRecord, ApiError> {
    find_app_record(db, id)?.ok_or_else(|| ApiError::not_found("AppInstance", id))
}

/// The app with this id, to be changed by somebody who may change it as well as others.
pub(in crate::api::v1) fn find_to_change(
    writing: &Writing<'_>,
    id: &str,
) -> Result<AppRecord, ApiError> {
    let app = find_app(writing.db, id)?;
    writing.caller.may_change(writing.db, &app.id)?;
    Ok(app)
}
