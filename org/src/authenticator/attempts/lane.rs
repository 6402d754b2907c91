use model::UserId;
use rusqlite::Connection;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::is_known_device;
use crate::store::Digest;

/// Where failures are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// A device that the user has signed in with.
    Device(Digest),
    /// All others together.
    Unknown,
}

impl Lane {
    pub(super) fn of(
        db: &Connection,
        user: &UserId,
        device: Option<Digest>,
    ) -> rusqlite::Result<Self> {
        Ok(match device {
            Some(device) if is_known_device(db, user, device)? => Self::Device(device),
            _ => Self::Unknown,
        })
    }

    /// Every lane that the user has.
    pub(super) fn all(db: &Connection, user: &UserId) -> rusqlite::Result<Vec<Self>> {
        let mut lanes = db
            .prepare_cached("SELECT device_hash FROM known_devices WHERE user_id = ?1")?
            .query_map([user.as_str()], |row| row.get(0).map(Self::Device))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        lanes.push(Self::Unknown);
        Ok(lanes)
    }
}

impl ToSql for Lane {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(match self {
            Self::Device(device) => device.as_bytes().as_slice(),
            Self::Unknown => &[],
        }))
    }
}

impl FromSql for Lane {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_blob()? {
            [] => Ok(Self::Unknown),
            _ => Digest::column_result(value).map(Self::Device),
        }
    }
}
