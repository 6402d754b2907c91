use rusqlite::Connection;
use serde_json::Value;
use testkit::TestOrg;

/// The events that were written from here on.
pub(crate) struct WrittenEvents {
    database: Connection,
    before: i64,
}

impl WrittenEvents {
    pub(crate) fn from_now(org: &TestOrg) -> Self {
        let database = Connection::open(org.dir().path().join("org.sqlite3")).expect("a database");
        let before = database
            .query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| {
                row.get(0)
            })
            .expect("a number");
        Self { database, before }
    }

    /// All of them, in their order.
    pub(crate) fn all(&self) -> Vec<Value> {
        let mut statement = self
            .database
            .prepare("SELECT event FROM events WHERE seq > ?1 ORDER BY seq")
            .expect("a statement");
        let events = statement
            .query_map([self.before], |row| row.get::<_, String>(0))
            .expect("events");
        events
            .map(|event| serde_json::from_str(&event.expect("an event")).expect("JSON"))
            .collect()
    }

    /// The type of each, with the names of its targets.
    pub(crate) fn told(&self) -> Vec<String> {
        let name = |target: &Value| {
            target["displayName"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let told = |event: &Value| {
            let kind = event["eventType"].as_str().expect("a type");
            let targets = event["target"].as_array().cloned().unwrap_or_default();
            let names: Vec<String> = targets.iter().map(name).collect();
            format!("{kind}: {}", names.join(", "))
        };
        self.all().iter().map(told).collect()
    }
}
