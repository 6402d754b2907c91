use rusqlite::Connection;
use std::fmt;
use std::io::Write;

/// Where the System Log goes besides the database: each event as one line of JSON, after it was committed, in the order of
/// the log.
pub struct SystemLogLines {
    out: Box<dyn Write + Send + Sync>,
    /// The last event that was written; none before the first look.
    seen: Option<i64>,
    is_broken: bool,
}

impl SystemLogLines {
    /// Writes to `out`, such as standard output. What cannot be written is lost, and said once.
    pub fn to(out: impl Write + Send + Sync + 'static) -> Self {
        Self {
            out: Box::new(out),
            seen: None,
            is_broken: false,
        }
    }

    /// Looks where the log is now: what was written before is not repeated.
    pub(crate) fn start(&mut self, db: &Connection) {
        let last = "SELECT coalesce(max(seq), 0) FROM events";
        self.seen = db.query_row(last, [], |row| row.get(0)).ok();
    }

    /// Writes what came since.
    pub(crate) fn follow(&mut self, db: &Connection) {
        let Some(seen) = self.seen else {
            return self.start(db);
        };
        match new_events(db, seen) {
            Ok(events) => {
                for (seq, event) in events {
                    self.seen = Some(seq);
                    self.write(&event);
                }
                self.flush();
            }
            Err(error) => tracing::warn!(%error, "the System Log could not be read"),
        }
    }

    fn write(&mut self, event: &str) {
        let written = writeln!(self.out, "{event}");
        self.note(written);
    }

    fn flush(&mut self) {
        let flushed = self.out.flush();
        self.note(flushed);
    }

    fn note(&mut self, outcome: std::io::Result<()>) {
        if let Err(error) = outcome
            && !self.is_broken
        {
            self.is_broken = true;
            tracing::warn!(%error, "the lines of the System Log could not be written");
        }
    }
}

fn new_events(db: &Connection, seen: i64) -> rusqlite::Result<Vec<(i64, String)>> {
    db.prepare_cached("SELECT seq, event FROM events WHERE seq > ?1 ORDER BY seq")?
        .query_map([seen], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

impl fmt::Debug for SystemLogLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemLogLines")
            .field("seen", &self.seen)
            .finish_non_exhaustive()
    }
}
