//! A local org in the process, with a directory of its own, known keys and people in every state.

use std::fs::File;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use model::{Clock, Entropy};
use org::{Org, OrgConfig, PasswordCost, RateLimits, Seed, TestSettings};
use rusqlite::{Connection, Params};
use url::Url;

use crate::http::InProcessHttp;
use crate::{Browser, SeededEntropy, TestClock, TestDir};

/// Where the test org says it is.
pub const ORG_URL: &str = "http://localhost:7000";
/// Where the Portico app says it is.
pub const APP_URL: &str = "http://127.0.0.1:3000";
/// The password of everyone in [`TEST_SEED`].
pub const PASSWORD: &str = "correct-horse-battery";
/// People, groups and apps for tests. Its apps have ids that say what they are.
pub const TEST_SEED: &str = include_str!("test_seed.json");

/// An org that is open on a temporary directory. Clones share it.
#[derive(Debug, Clone)]
pub struct TestOrg {
    org: Org,
    /// The org's time.
    pub clock: TestClock,
    dir: Arc<TestDir>,
    seed: String,
    /// Built once, because without optimisation that takes longer than most requests.
    router: Arc<OnceLock<Router>>,
}

impl TestOrg {
    /// A new org with [`TEST_SEED`].
    pub async fn start() -> Self {
        Self::with_seed(TEST_SEED).await
    }

    /// A new org with a seed of the test's own.
    pub async fn with_seed(seed: &str) -> Self {
        Self::with_config(seed, |_| {}).await
    }

    /// A new org with a configuration that the test changes.
    pub async fn with_config(seed: &str, change: impl FnOnce(&mut OrgConfig)) -> Self {
        let (clock, dir) = (TestClock::new(), Arc::new(TestDir::new()));
        let mut config = config(&dir, seed);
        change(&mut config);
        let org = open(config, &clock, 42).await;
        Self {
            org,
            clock,
            dir,
            seed: seed.to_owned(),
            router: Arc::default(),
        }
    }

    /// Closes the org and opens it again from its directory, as after a restart of the process, with the usual
    /// configuration.
    ///
    /// Every router and browser of the old one must be gone: they hold it open.
    pub async fn restart(self) -> Self {
        self.restart_with(|_| {}).await
    }

    /// The same with a configuration that the test changes.
    pub async fn restart_with(self, change: impl FnOnce(&mut OrgConfig)) -> Self {
        let Self {
            org,
            clock,
            dir,
            seed,
            router,
        } = self;
        drop((org, router));
        until_closed(&dir).await;
        let mut config = config(&dir, &seed);
        change(&mut config);
        let org = open(config, &clock, 43).await;
        Self {
            org,
            clock,
            dir,
            seed,
            router: Arc::default(),
        }
    }

    /// The org itself.
    pub fn org(&self) -> &Org {
        &self.org
    }

    /// Its data directory.
    pub fn dir(&self) -> &TestDir {
        &self.dir
    }

    /// How it is opened, for a test that opens it a second time.
    pub fn config(&self) -> OrgConfig {
        config(&self.dir, &self.seed)
    }

    /// A browser without cookies that reaches this org.
    pub fn browser(&self) -> Browser {
        let router = self.router.get_or_init(|| self.org.router());
        Browser::new().with_site(ORG_URL, router.clone())
    }

    /// Changes the org's database behind its back, where no operation of the org does it yet.
    pub fn execute(&self, sql: &str, parameters: impl Params) -> usize {
        self.database()
            .execute(sql, parameters)
            .expect("a change that the schema allows")
    }

    /// Puts a user into a status.
    pub fn set_user_status(&self, login: &str, status: &str) {
        let changed = self.execute(
            "UPDATE users SET status = ?2 WHERE login = ?1",
            (login, status),
        );
        assert_eq!(changed, 1, "a user of the seed");
    }

    /// An access token of the org's own authorization server in the name of a user who signed in just now, as an app with these
    /// scopes would have it.
    pub fn access_token(&self, login: &str, scopes: &[&str]) -> String {
        let token = format!("token of {login} for {}", scopes.join(" "));
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes());
        let scopes = format!(
            "[{}]",
            scopes
                .iter()
                .map(|scope| format!("{scope:?}"))
                .collect::<Vec<_>>()
                .join(",")
        );
        let far = self.clock.now().as_millisecond() + 3_600_000;
        let grant = format!(r#"{{"grant":{{"auth_time":"{}"}}}}"#, self.clock.now());
        self.execute(
            "INSERT OR REPLACE INTO authorization_codes \
             (code_hash, server, app_id, user_id, session_hash, authorization, expires_at, spent_at) \
             SELECT ?1, 'org', apps.id, users.id, ?1, ?2, ?3, ?3 FROM apps, users WHERE login = ?4 LIMIT 1",
            (digest.as_ref(), grant, far, login),
        );
        let made = self.execute(
            "INSERT OR REPLACE INTO access_tokens (token_hash, code_hash, server, app_id, user_id, scopes, expires_at) \
             SELECT ?1, ?1, 'org', apps.id, users.id, ?2, ?3 FROM apps, users WHERE login = ?4 LIMIT 1",
            (digest.as_ref(), scopes, far, login),
        );
        assert_eq!(made, 1, "a user of the seed");
        token
    }

    /// Takes every assignment from an app.
    pub fn unassign(&self, client_id: &str) {
        self.execute("DELETE FROM app_groups WHERE app_id = ?1", [client_id]);
        self.execute("DELETE FROM app_users WHERE app_id = ?1", [client_id]);
    }

    /// Lets every change of the org wait until the result is dropped, so that a test can bring many to the same point.
    #[must_use = "changes wait only while it lives"]
    pub fn hold_changes(&self) -> HeldChanges {
        let database = self.database();
        database
            .execute_batch("BEGIN IMMEDIATE")
            .expect("nobody else is writing");
        HeldChanges {
            _database: database,
        }
    }

    /// A connection to the org's database.
    pub fn database(&self) -> Connection {
        Connection::open(self.dir.path().join("org.sqlite3")).expect("the org's database")
    }
}

/// While it lives, the org's changes wait.
#[derive(Debug)]
pub struct HeldChanges {
    /// Closing it ends its transaction.
    _database: Connection,
}

/// Test settings: the cheapest passwords, and keys that are the same in every run.
pub fn test_settings() -> TestSettings {
    TestSettings {
        password_cost: PasswordCost::INSECURE_FOR_TESTS,
        signing_keys: [
            include_bytes!("../keys/signing-1.p8").to_vec(),
            include_bytes!("../keys/signing-2.p8").to_vec(),
            include_bytes!("../keys/signing-3.p8").to_vec(),
            include_bytes!("../keys/signing-4.p8").to_vec(),
        ],
    }
}

fn config(dir: &TestDir, seed: &str) -> OrgConfig {
    OrgConfig {
        url: Url::parse(ORG_URL).expect("a valid address"),
        data_dir: dir.path().to_owned(),
        app_url: Url::parse(APP_URL).expect("a valid address"),
        seed: Seed::from_json(seed).expect("a valid seed"),
        dev: true,
        mail_server: None,
        system_log: None,
        rate_limits: RateLimits::Off,
        http: Arc::new(InProcessHttp::new()),
    }
}

/// Waits until what the org does beside its requests has let go of the directory.
async fn until_closed(dir: &TestDir) {
    let lock = File::open(dir.path().join("lock")).expect("the file of an org that was open");
    let closed = async {
        while lock.try_lock().is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), closed)
        .await
        .expect("nothing holds the org open");
}

async fn open(config: OrgConfig, clock: &TestClock, entropy: u64) -> Org {
    let clock: Arc<dyn Clock> = Arc::new(clock.clone());
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(entropy));
    Org::open_with_insecure_test_settings(config, clock, entropy, test_settings())
        .await
        .expect("an org that opens")
}
