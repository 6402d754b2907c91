use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::path::Path;
use std::time::Duration;

use super::StoreOpenError;

/// Applied in order; the database remembers how many it has had. A released one is never edited.
const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/0001_org.sql")),
    M::up(include_str!("migrations/0002_policies.sql")),
    M::up(include_str!("migrations/0003_authenticators.sql")),
    M::up(include_str!("migrations/0004_inbox.sql")),
    M::up(include_str!("migrations/0005_interactions.sql")),
    M::up(include_str!("migrations/0006_org_settings.sql")),
    M::up(include_str!("migrations/0007_api.sql")),
    M::up(include_str!("migrations/0008_apps.sql")),
    M::up(include_str!("migrations/0011_directory.sql")),
    M::up(include_str!("migrations/0012_system_log.sql")),
    M::up(include_str!("migrations/0009_authorization_servers.sql")),
    M::up(include_str!("migrations/0010_org_objects.sql")),
    M::up(include_str!("migrations/0013_service_apps.sql")),
    M::up(include_str!("migrations/0014_factors.sql")),
    M::up(include_str!("migrations/0015_events_by_type.sql")),
    M::up(include_str!("migrations/0016_session_apps.sql")),
    M::up(include_str!("migrations/0017_refresh_tokens.sql")),
    M::up(include_str!("migrations/0018_universal_logout.sql")),
    M::up(include_str!("migrations/0019_interactions_by_user.sql")),
    M::up(include_str!("migrations/0020_oob_codes.sql")),
    M::up(include_str!("migrations/0021_authn_transactions.sql")),
    M::up(include_str!("migrations/0022_profile_columns.sql")),
    M::up(include_str!("migrations/0022_my_account.sql")),
    M::up(include_str!("migrations/0023_signing_keys.sql")),
    M::up(include_str!("migrations/0024_custom_attributes.sql")),
    M::up(include_str!("migrations/0025_role_targets.sql")),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// A connection as every part of the org uses it.
///
/// `synchronous=FULL` makes an acknowledged change survive a power cut, not only a crash of the process.
pub(super) fn connect(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Negative: in KiB. The default of 2 MiB per connection is more than the org's working set.
    connection.pragma_update(None, "cache_size", -512)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreOpenError> {
    Ok(MIGRATIONS.to_latest(connection)?)
}

/// A database in memory with the whole schema and nothing in it.
#[cfg(test)]
pub(crate) fn test_database() -> Connection {
    let mut connection = Connection::open_in_memory().expect("a database");
    connection
        .pragma_update(None, "foreign_keys", true)
        .expect("foreign keys");
    migrate(&mut connection).expect("the schema");
    connection
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_valid_sql_in_a_valid_order() {
        MIGRATIONS.validate().expect("valid migrations");
    }
}
