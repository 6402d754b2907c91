use jiff::{SignedDuration, Timestamp};
use model::{AppId, GroupId};
use rusqlite::Connection;
use serde_json::json;
use std::sync::Arc;
use testkit::{SeededEntropy, TestDir};

use super::{PolicySet, assign_app_policy, find_policy_by_name};
use crate::policy::app_sign_on::AppSignOnActions;
use crate::policy::{Names, Policy, PolicyCache, PolicyDraft, PolicyType, Subject, store_defaults};
use crate::store::{Store, StoreError};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// An org with its defaults, the group "Testers" and one app.
struct Fixture {
    store: Store,
    _dir: TestDir,
    everyone: GroupId,
    testers: GroupId,
    app: AppId,
}

impl Fixture {
    async fn new() -> Self {
        let dir = TestDir::new();
        let store = Store::open(dir.path()).expect("a store");
        let entropy = SeededEntropy::new(1);
        let fixture = Self {
            store,
            _dir: dir,
            everyone: GroupId::generate(&entropy),
            testers: GroupId::generate(&entropy),
            app: AppId::generate(&entropy),
        };
        let (everyone, testers) = (fixture.everyone.clone(), fixture.testers.clone());
        let app = fixture.app.clone();
        fixture
            .write(move |db| {
                store_defaults(db, &everyone, &SeededEntropy::new(2), NOW)?;
                db.execute(
                    "INSERT INTO groups (id, name, description, type, created_at) \
                     VALUES (?1, 'Testers', '', 'OKTA_GROUP', 0)",
                    [testers.as_str()],
                )?;
                db.execute(
                    "INSERT INTO apps (id, label, status, application_type, token_endpoint_auth_method, \
                     pkce_required, grant_types, created_at) VALUES (?1, 'App', 'ACTIVE', 'web', 'none', 1, '[]', 0)",
                    [app.as_str()],
                )
            })
            .await;
        fixture
    }

    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> T {
        self.store
            .write(move |db| change(db).map_err(StoreError::from))
            .await
            .expect("a change")
    }

    fn load(&self) -> PolicySet {
        self.store.read(PolicySet::load).expect("policies")
    }

    /// Puts a policy for Testers before the default.
    async fn put(&self) {
        let testers = self.testers.clone();
        self.write(move |db| {
            let mut draft: PolicyDraft = serde_json::from_value(json!({
                "type": "OKTA_SIGN_ON",
                "name": "Lenient",
                "conditions": {"people": {"groups": {"include": ["Testers"]}}},
                "rules": [
                    {"name": "First", "actions": {"signon": {"access": "DENY"}}},
                    {"name": "Second", "actions": {"signon": {"access": "ALLOW"}}}
                ]
            }))
            .expect("a policy");
            draft.resolve(&Names::new([("Testers", &testers)], []));
            let mut set = PolicySet::load(db)?;
            set.put(draft, &SeededEntropy::new(3));
            set.save(db, NOW)
        })
        .await;
    }
}

#[tokio::test]
async fn what_is_written_is_read_again() {
    let fixture = Fixture::new().await;
    let mut in_memory = PolicySet::of_new_org(&fixture.everyone, &SeededEntropy::new(2));
    // Policies for apps have no order of their own.
    let order = |policy: &Policy<AppSignOnActions>| (policy.is_system, policy.name.clone());
    in_memory.access.sort_by_key(order);
    assert_eq!(fixture.load(), in_memory);
    fixture.put().await;
    let names: Vec<String> = fixture
        .load()
        .sign_on
        .iter()
        .map(|one| one.name.clone())
        .collect();
    assert_eq!(names, ["Lenient", "Default Policy"]);
}

#[tokio::test]
async fn a_rule_that_the_policy_no_longer_has_is_deleted_and_the_age_of_the_others_kept() {
    let fixture = Fixture::new().await;
    fixture.put().await;
    let later = NOW + SignedDuration::from_secs(60);
    fixture
        .write(move |db| {
            let mut set = PolicySet::load(db)?;
            set.sign_on[0].rules.remove(0);
            set.save(db, later)
        })
        .await;
    let rules: Vec<(String, i64, i64)> = fixture
        .store
        .read(|db| {
            db.prepare(
                "SELECT r.name, r.created_at, r.updated_at FROM policy_rules AS r \
                 JOIN policies ON policies.id = policy_id WHERE policies.name = 'Lenient'",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
        })
        .expect("rules");
    assert_eq!(rules, [("Second".to_owned(), 0, 60_000)]);
}

#[tokio::test]
async fn an_app_is_assigned_to_policies_of_its_types_alone() {
    let fixture = Fixture::new().await;
    let app = fixture.app.clone();
    let assigned = fixture
        .write(move |db| {
            let mut answers = Vec::new();
            for (policy_type, name) in [
                (PolicyType::AccessPolicy, "Any one factor"),
                (PolicyType::AccessPolicy, "password ONLY"),
                (PolicyType::OktaSignOn, "Default Policy"),
            ] {
                let id = find_policy_by_name(db, policy_type, name)?.expect("a policy");
                answers.push(assign_app_policy(db, &app, &id)?);
            }
            Ok(answers)
        })
        .await;
    assert_eq!(assigned, [true, true, false]);
    let nobody = Subject {
        user: None,
        groups: &[],
    };
    let decision = fixture.load().app_sign_on(&fixture.app, nobody);
    assert_eq!(
        decision.because.policy_name.as_deref(),
        Some("Password only")
    );
}

#[tokio::test]
async fn an_explanation_calls_groups_by_their_names() {
    let fixture = Fixture::new().await;
    fixture.put().await;
    let nobody = Subject {
        user: None,
        groups: &[],
    };
    let because = fixture.load().global_session(nobody).because;
    assert_eq!(
        because.checks[0].what,
        "Policy “Lenient”: the person is a member of “Testers”"
    );
}

#[tokio::test]
async fn policies_are_read_again_only_after_a_change() {
    let fixture = Fixture::new().await;
    let cache = PolicyCache::default();
    let current = || {
        fixture
            .store
            .read(|db| cache.current(db))
            .expect("policies")
    };
    let first = current();
    assert!(Arc::ptr_eq(&first, &current()));

    fixture.put().await;
    let second = current();
    assert_eq!(second.sign_on.len(), first.sign_on.len() + 1);

    let app = fixture.app.clone();
    let assigned = fixture.app.clone();
    fixture
        .write(move |db| {
            let id = find_policy_by_name(db, PolicyType::AccessPolicy, "Password only")?;
            assign_app_policy(db, &app, &id.expect("a policy"))
        })
        .await;
    assert!(
        current()
            .assigned
            .contains_key(&(assigned, PolicyType::AccessPolicy))
    );

    fixture
        .write(|db| {
            db.execute(
                "UPDATE groups SET name = 'Renamed' WHERE name = 'Testers'",
                [],
            )
        })
        .await;
    assert!(current().labels.values().any(|label| label == "Renamed"));
}

#[tokio::test]
async fn a_change_that_is_undone_is_not_remembered() {
    let fixture = Fixture::new().await;
    let cache = Arc::new(PolicyCache::default());
    let inside = Arc::clone(&cache);
    let undone: Result<(), StoreError> = fixture
        .store
        .write(move |db| {
            db.execute("DELETE FROM policies WHERE name = 'Password only'", [])?;
            let seen = inside.current(db)?;
            assert_eq!(seen.access.len(), 2);
            Err(StoreError::Stopped)
        })
        .await;
    assert!(undone.is_err());
    let current = fixture
        .store
        .read(|db| cache.current(db))
        .expect("policies");
    assert_eq!(current.access.len(), 3);
}
