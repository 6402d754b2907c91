use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bff::{
    Bff, BffConfig, BrowserInfo, CallbackQuery, ClientAuthentication, ClientCredentials, Completed,
    HttpClient, Session, SessionKeys, SessionState, SignInRequest, StoreAddress,
};
use cookie::Cookie;
use http::{HeaderMap, HeaderValue, header};
use model::{Entropy, ReturnTo, SignInError, SignInErrorCode};
use testkit::provider::{CLIENT_ID, CLIENT_SECRET, Fault, ISSUER, Provider};
use testkit::{RedisServer, SeededEntropy, TestClock, TestDir};
use tokio::sync::{Mutex, MutexGuard};
use url::Url;

pub(crate) const APP_URL: &str = "https://app.example";
pub(crate) const FIRST_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
pub(crate) const SECOND_KEY: &str = "__79_Pv6-fj39vX08_Lx8O_u7ezr6uno5-bl5OPi4eA";

static TURN: Mutex<()> = Mutex::const_new(());

/// The turn of a test that keeps all cores busy. Beside one another they would measure the machine.
pub(crate) async fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().await
}

/// The relying party with everything around it.
pub(crate) struct World {
    pub(crate) bff: Bff,
    pub(crate) clock: TestClock,
    pub(crate) provider: Arc<Provider>,
    /// The server of the session store, unless that is a file.
    pub(crate) redis: Option<RedisServer>,
    store: StoreAddress,
    entropy: Arc<dyn Entropy>,
    dir: TestDir,
}

/// Runs each test of a module with each store: a file, Redis, and a cluster of Redis.
macro_rules! with_each_store {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::support::World::new().await).await;
            })*
        }
        mod redis {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let server = testkit::RedisServer::start();
                super::$name($crate::support::World::with_redis(server).await).await;
            })*
        }
        mod redis_cluster {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let server = testkit::RedisServer::start_cluster();
                super::$name($crate::support::World::with_redis(server).await).await;
            })*
        }
    };
}
pub(crate) use with_each_store;

impl World {
    pub(crate) async fn new() -> Self {
        let dir = TestDir::new();
        let store = StoreAddress::Sqlite(dir.path().join("app.sqlite"));
        Self::on(store, None, dir).await
    }

    pub(crate) async fn with_redis(server: RedisServer) -> Self {
        let mut address = server.address();
        // How soon a store answers beside all other tests is nothing that these are about.
        address.push_str(if address.contains('?') { "&" } else { "?" });
        address.push_str("timeout=30");
        let store = StoreAddress::parse(&address, Path::new("")).expect("an address");
        Self::on(store, Some(server), TestDir::new()).await
    }

    async fn on(store: StoreAddress, redis: Option<RedisServer>, dir: TestDir) -> Self {
        let clock = TestClock::new();
        let provider = Arc::new(Provider::new(clock.clone()));
        let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(1));
        let config = config(store.clone(), FIRST_KEY);
        let http: Arc<dyn HttpClient> = provider.clone();
        let bff = Bff::open(config, Arc::new(clock.clone()), entropy.clone(), http)
            .await
            .expect("the relying party opens");
        Self {
            bff,
            clock,
            provider,
            redis,
            store,
            entropy,
            dir,
        }
    }

    pub(crate) async fn with_fault(fault: Fault) -> Self {
        let world = Self::new().await;
        world.provider.set_fault(fault);
        world
    }

    /// Another process on the same store.
    pub(crate) async fn reopen(&self, change: impl FnOnce(&mut BffConfig)) -> Bff {
        let mut config = config(self.store.clone(), FIRST_KEY);
        change(&mut config);
        let http: Arc<dyn HttpClient> = self.provider.clone();
        Bff::open(
            config,
            Arc::new(self.clock.clone()),
            self.entropy.clone(),
            http,
        )
        .await
        .expect("the relying party opens again")
    }

    /// Another process with another network.
    pub(crate) async fn reopen_over(&self, http: Arc<dyn HttpClient>) -> Bff {
        self.reopen_with(http, |_| {}).await
    }

    /// Another process with another network and other settings.
    pub(crate) async fn reopen_with(
        &self,
        http: Arc<dyn HttpClient>,
        change: impl FnOnce(&mut BffConfig),
    ) -> Bff {
        let mut config = config(self.store.clone(), FIRST_KEY);
        change(&mut config);
        Bff::open(
            config,
            Arc::new(self.clock.clone()),
            self.entropy.clone(),
            http,
        )
        .await
        .expect("the relying party opens again")
    }

    pub(crate) fn store_path(&self) -> PathBuf {
        self.dir.path().join("app.sqlite")
    }

    pub(crate) async fn begin(
        &self,
        browser: &mut Browser,
        request: impl Into<SignInRequest>,
    ) -> Url {
        let begun = self.bff.begin_sign_in(&browser.headers(), request).await;
        let begun = begun.expect("the sign-in begins");
        browser.take(&begun.cookies);
        begun.location
    }

    pub(crate) async fn complete(
        &self,
        browser: &mut Browser,
        query: &str,
    ) -> Result<Completed, SignInError> {
        let outcome = self
            .bff
            .complete_sign_in(
                &browser.headers(),
                CallbackQuery::new(query),
                BrowserInfo::default(),
            )
            .await;
        match outcome {
            Ok(completed) => {
                browser.take(&completed.cookies);
                Ok(completed)
            }
            Err((error, cookies)) => {
                browser.take(&cookies);
                Err(error)
            }
        }
    }

    /// From the first click to the session, or to the error.
    pub(crate) async fn sign_in(&self, browser: &mut Browser) -> Result<Completed, SignInError> {
        self.sign_in_with(browser, ReturnTo::default()).await
    }

    pub(crate) async fn sign_in_with(
        &self,
        browser: &mut Browser,
        request: impl Into<SignInRequest>,
    ) -> Result<Completed, SignInError> {
        let begun = self.bff.begin_sign_in(&browser.headers(), request).await?;
        browser.take(&begun.cookies);
        let query = self.provider.authorize(&begun.location);
        self.complete(browser, &query).await
    }

    /// The code of the error that signing in must end with. No session may exist afterwards.
    pub(crate) async fn refused(&self) -> SignInErrorCode {
        let mut browser = Browser::default();
        let error = self
            .sign_in(&mut browser)
            .await
            .expect_err("the sign-in must fail");
        assert!(
            !self.is_signed_in(&mut browser).await,
            "a failed sign-in opened a session"
        );
        error.code
    }

    pub(crate) async fn state(&self, browser: &mut Browser) -> SessionState {
        let check = self.bff.session(&browser.headers()).await;
        browser.take(&check.cookies);
        check.state
    }

    pub(crate) async fn is_signed_in(&self, browser: &mut Browser) -> bool {
        matches!(self.state(browser).await, SessionState::SignedIn(_))
    }

    pub(crate) async fn session(&self, browser: &mut Browser) -> Arc<Session> {
        match self.state(browser).await {
            SessionState::SignedIn(session) => session,
            other => panic!("expected a session, got {other:?}"),
        }
    }

    /// A browser that is signed in.
    pub(crate) async fn signed_in(&self) -> Browser {
        let mut browser = Browser::default();
        self.sign_in(&mut browser).await.expect("a session");
        browser
    }
}

fn config(store: StoreAddress, keys: &str) -> BffConfig {
    BffConfig {
        app_url: Url::parse(APP_URL).expect("a URL"),
        issuer: ISSUER.to_owned(),
        client: ClientCredentials {
            client_id: CLIENT_ID.to_owned(),
            authentication: ClientAuthentication::SecretBasic(CLIENT_SECRET.into()),
        },
        scopes: None,
        session_keys: SessionKeys::parse(keys).expect("keys"),
        store,
    }
}

/// What a browser does with cookies. Max-Age 0 removes; time is left to the server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Browser {
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn take(&mut self, set_cookies: &[HeaderValue]) {
        for set_cookie in set_cookies {
            let text = set_cookie.to_str().expect("an ASCII cookie").to_owned();
            let cookie = Cookie::parse(text).expect("a cookie");
            if cookie
                .max_age()
                .is_some_and(cookie::time::Duration::is_zero)
            {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies
                    .insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }

    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !self.cookies.is_empty() {
            let line = self.line().parse().expect("a header");
            headers.insert(header::COOKIE, line);
        }
        headers
    }

    /// The `Cookie` header.
    pub(crate) fn line(&self) -> String {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    pub(crate) fn names(&self, part: &str) -> Vec<String> {
        self.cookies
            .keys()
            .filter(|name| name.contains(part))
            .cloned()
            .collect()
    }
}
