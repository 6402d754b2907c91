//! An org that an earlier version of the program made: one that had the password and nothing else, or authorization servers
//! whose scopes and claims were fixed.

use jiff::Timestamp;
use model::{AppId, Entropy};
use rusqlite::Connection;

use super::OpenError;
use crate::authenticator::catalog;
use crate::directory::{EVERYONE, find_group_by_name};
use crate::oauth::server;
use crate::policy::{PolicyType, assign_app_policy, find_policy_by_name, store_defaults};
use crate::store::parsed;

/// The policy that lets apps go on as before.
const AS_BEFORE: &str = "Password only";

/// Whether the org lacks what every new one begins with.
pub(super) fn is_older(db: &Connection) -> rusqlite::Result<bool> {
    Ok(lacks_policies(db)? || server::lack_stock(db)?)
}

fn lacks_policies(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT NOT EXISTS (SELECT 1 FROM policies)", [], |row| {
        row.get(0)
    })
}

/// Gives the org what every new one begins with. Its apps go on asking for the password alone. (Its users can receive emails
/// since the migration that knows authenticators.)
pub(super) fn complete(
    db: &Connection,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(), OpenError> {
    server::complete(db, entropy)?;
    if !lacks_policies(db)? {
        return Ok(());
    }
    let everyone =
        find_group_by_name(db, EVERYONE)?.ok_or_else(|| OpenError::incomplete("group Everyone"))?;
    store_defaults(db, &everyone, entropy, now)?;
    catalog::store_defaults(db, entropy, now)?;
    if let Some(policy) = find_policy_by_name(db, PolicyType::AccessPolicy, AS_BEFORE)? {
        for app in list_apps(db)? {
            assign_app_policy(db, &app, &policy)?;
        }
    }
    Ok(())
}

fn list_apps(db: &Connection) -> rusqlite::Result<Vec<AppId>> {
    db.prepare("SELECT id FROM apps")?
        .query_map([], |row| parsed(row, 0))?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authenticator::AuthenticatorKey;
    use crate::policy::{PolicySet, Subject};
    use crate::store::Store;
    use testkit::{SeededEntropy, TestDir};

    const OLDER: &str = "\
        INSERT INTO groups (id, name, description, type, created_at) \
          VALUES ('00gAAAAAAAAAAAAAAAAA', 'Everyone', '', 'BUILT_IN', 0); \
        INSERT INTO apps (id, label, status, application_type, token_endpoint_auth_method, pkce_required, grant_types, \
          created_at) VALUES ('0oaAAAAAAAAAAAAAAAAA', 'App', 'ACTIVE', 'web', 'none', 1, '[]', 0);";

    #[tokio::test]
    async fn an_older_org_goes_on_with_the_password_alone() {
        let dir = TestDir::new();
        let store = Store::open(dir.path()).expect("a store");
        store
            .write(|db| {
                db.execute_batch(OLDER)?;
                assert!(is_older(db)?);
                complete(db, &SeededEntropy::new(1), Timestamp::UNIX_EPOCH)
            })
            .await
            .expect("a change");
        assert!(!store.read(is_older).expect("an answer"));

        let nobody = Subject {
            user: None,
            groups: &[],
        };
        let app = AppId::parse("0oaAAAAAAAAAAAAAAAAA").expect("an id");
        let policies = store.read(PolicySet::load).expect("policies");
        let because = policies.app_sign_on(&app, nobody).because;
        assert_eq!(because.policy_name.as_deref(), Some(AS_BEFORE));

        let catalog = store.read(catalog::Catalog::load).expect("a catalog");
        assert!(catalog.get(AuthenticatorKey::OktaPassword).is_some());
    }
}
