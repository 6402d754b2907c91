use rusqlite::Connection;

use crate::api::ApiError;
use crate::apps::{AppRecord, find_app_record};

/// The app with this id, else `E0000007`.
pub(in crate::api::v1) fn find_app(db: &Connection, id: &str) -> Result<AppRecord, ApiError> {
    find_app_record(db, id)?.ok_or_else(|| ApiError::not_found("AppInstance", id))
}
