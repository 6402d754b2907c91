use model::{AppId, UserId};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::directory::UserStatus;
use crate::store::parsed;

/// What is so about a user and an app at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) user_status: UserStatus,
    pub(crate) is_app_active: bool,
    pub(crate) is_assigned: bool,
}

impl Facts {
    /// The facts, unless the user or the app is gone.
    pub(crate) fn find(
        connection: &Connection,
        user: &UserId,
        app: &AppId,
    ) -> rusqlite::Result<Option<Self>> {
        connection
            .prepare_cached(
                "SELECT user_status, app_status = 'ACTIVE' AS is_app_active, is_assigned FROM issue_facts \
                 WHERE user_id = ?1 AND app_id = ?2",
            )?
            .query_row((user.as_str(), app.as_str()), Self::from_row)
            .optional()
    }

    /// Reads the columns `user_status`, `is_app_active` and `is_assigned`.
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            user_status: parsed(row, "user_status")?,
            is_app_active: row.get("is_app_active")?,
            is_assigned: row.get("is_assigned")?,
        })
    }
}
