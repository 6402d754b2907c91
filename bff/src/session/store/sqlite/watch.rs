//! Watching the file for sessions that end in whatever process.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use crate::session::SessionHandle;
use crate::session::store::{EndedNotice, Notices};
use crate::sqlite_file::connect;

/// How often it is looked whether the file has changed: a page is to know within half a second. A look takes microseconds.
const PAUSE: Duration = Duration::from_millis(100);

/// What is known of the file.
struct Watch {
    connection: Connection,
    /// SQLite's mark of the last change by another connection.
    version: i64,
    /// The last notice that was handed on.
    sequence: i64,
}

/// Tells of what ends until nobody listens.
pub(super) async fn watch(path: PathBuf, notices: Arc<Notices>) {
    let mut watch = None;
    while !notices.stop_watching() {
        let looked = match &mut watch {
            Some(watch) => Watch::look(watch, &notices),
            None => Watch::begin(&path).map(|begun| {
                watch = Some(begun);
                // Something may have ended since the first listener came.
                notices.tell(EndedNotice::Unknown);
            }),
        };
        if let Err(error) = looked {
            tracing::error!(%error, "ended sessions cannot be watched");
            watch = None;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

impl Watch {
    fn begin(path: &std::path::Path) -> rusqlite::Result<Self> {
        let connection = connect(path)?;
        Ok(Self {
            version: version(&connection)?,
            sequence: connection.query_row(
                "SELECT coalesce(max(sequence), 0) FROM ended_session",
                [],
                |row| row.get(0),
            )?,
            connection,
        })
    }

    fn look(&mut self, notices: &Notices) -> rusqlite::Result<()> {
        let version = version(&self.connection)?;
        if version == self.version {
            return Ok(());
        }
        let mut ended = self.connection.prepare_cached(
            "SELECT sequence, row_key FROM ended_session WHERE sequence > ?1 ORDER BY sequence",
        )?;
        let mut rows = ended.query([self.sequence])?;
        while let Some(row) = rows.next()? {
            self.sequence = row.get(0)?;
            notices.tell(EndedNotice::Session(SessionHandle(row.get(1)?)));
        }
        self.version = version;
        Ok(())
    }
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}
