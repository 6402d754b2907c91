//! An org that an earlier version of the program made, which had the password and nothing else.

use jiff::Timestamp;
use model::{AppId, EnrollmentId, Entropy, UserId};
use rusqlite::Connection;

use super::OpenError;
use crate::authenticator::email::EmailAddress;
use crate::authenticator::enrollment::create_enrollment;
use crate::authenticator::{AuthenticatorKey, Enrollment, EnrollmentKind, catalog};
use crate::directory::{EVERYONE, Profile, UserStatus, find_group_by_name};
use crate::policy::{PolicyType, assign_app_policy, find_policy_by_name, store_defaults};
use crate::store::{Json, parsed};

/// The policy that lets apps go on as before.
const AS_BEFORE: &str = "Password only";

/// Whether the org is from the time before there were policies.
pub(super) fn is_older(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT NOT EXISTS (SELECT 1 FROM policies)", [], |row| {
        row.get(0)
    })
}

/// Gives the org what every new one begins with. Its apps go on asking for the password alone, and its active users can receive
/// emails, as an administrator vouched for their addresses.
pub(super) fn complete(
    db: &Connection,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(), OpenError> {
    let everyone =
        find_group_by_name(db, EVERYONE)?.ok_or_else(|| OpenError::incomplete("group Everyone"))?;
    store_defaults(db, &everyone, entropy, now)?;
    catalog::store_defaults(db, entropy, now)?;
    if let Some(policy) = find_policy_by_name(db, PolicyType::AccessPolicy, AS_BEFORE)? {
        for app in list_apps(db)? {
            assign_app_policy(db, &app, &policy)?;
        }
    }
    for (user, profile) in list_active_users(db)? {
        if let Ok(address) = EmailAddress::parse(&profile.email) {
            let enrollment = Enrollment {
                id: EnrollmentId::generate(entropy),
                key: AuthenticatorKey::OktaEmail,
                kind: EnrollmentKind::Email { address },
                created_at: now,
            };
            create_enrollment(db, &user, &enrollment).map_err(rusqlite::Error::from)?;
        }
    }
    Ok(())
}

fn list_apps(db: &Connection) -> rusqlite::Result<Vec<AppId>> {
    db.prepare("SELECT id FROM apps")?
        .query_map([], |row| parsed(row, 0))?
        .collect()
}

fn list_active_users(db: &Connection) -> rusqlite::Result<Vec<(UserId, Profile)>> {
    db.prepare("SELECT id, profile FROM users WHERE status = ?1")?
        .query_map([UserStatus::Active.as_str()], |row| {
            Ok((parsed(row, 0)?, row.get::<_, Json<Profile>>(1)?.0))
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authenticator::enrollment::enrollments_of;
    use crate::policy::{PolicySet, Subject};
    use crate::store::Store;
    use testkit::{SeededEntropy, TestDir};

    const OLDER: &str = "\
        INSERT INTO groups (id, name, description, type, created_at) \
          VALUES ('00gAAAAAAAAAAAAAAAAA', 'Everyone', '', 'BUILT_IN', 0); \
        INSERT INTO apps (id, label, status, application_type, token_endpoint_auth_method, pkce_required, grant_types, \
          created_at) VALUES ('0oaAAAAAAAAAAAAAAAAA', 'App', 'ACTIVE', 'web', 'none', 1, '[]', 0); \
        INSERT INTO users (id, login, login_key, status, profile, created_at, updated_at, status_changed_at) VALUES \
          ('00uAAAAAAAAAAAAAAAAA', 'a@example.com', 'a@example.com', 'ACTIVE', \
           '{\"login\":\"a@example.com\",\"email\":\"a@example.com\",\"firstName\":\"A\",\"lastName\":\"A\"}', 0, 0, 0), \
          ('00uBBBBBBBBBBBBBBBBB', 'b@example.com', 'b@example.com', 'STAGED', \
           '{\"login\":\"b@example.com\",\"email\":\"b@example.com\",\"firstName\":\"B\",\"lastName\":\"B\"}', 0, 0, 0);";

    #[tokio::test]
    async fn an_older_org_goes_on_with_the_password_and_can_send_emails() {
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

        let keys = |id: &str| -> Vec<AuthenticatorKey> {
            let user = UserId::parse(id).expect("an id");
            let enrollments = store.read(|db| enrollments_of(db, &user));
            let enrollments = enrollments.expect("enrollments");
            enrollments.iter().map(|one| one.key).collect()
        };
        assert_eq!(keys("00uAAAAAAAAAAAAAAAAA"), [AuthenticatorKey::OktaEmail]);
        assert_eq!(keys("00uBBBBBBBBBBBBBBBBB"), []);
        let catalog = store.read(catalog::Catalog::load).expect("a catalog");
        assert!(catalog.get(AuthenticatorKey::OktaPassword).is_some());
    }
}
