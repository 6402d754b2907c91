//! The program as tests see it.

use std::sync::Arc;

use app::context::{DemoAccount, OrgInfo};
use bff::{Bff, BffConfig, ClientAuthentication, ClientCredentials, SessionKeys};
use http::{HeaderMap, HeaderValue};
use leptos::config::LeptosOptions;
use model::Entropy;
use server::router::{AppState, router};
use testkit::http::{Behaviour, InProcessHttp};
use testkit::{APP_URL, Browser, ORG_URL, PASSWORD, Page, SeededEntropy, TestDir, TestOrg};
use url::Url;

/// John Doe, an active user who is assigned to the app.
pub(crate) const JOHN: &str = "john.doe@example.com";

/// The app and the org it trusts.
pub(crate) struct Program {
    pub(crate) org: TestOrg,
    network: Arc<InProcessHttp>,
    app: axum::Router,
    _dir: TestDir,
}

impl Program {
    pub(crate) async fn start() -> Self {
        let leptos = LeptosOptions::builder().output_name("portico");
        Self::with_files(leptos.build()).await
    }

    /// A program whose built files are where the options say.
    pub(crate) async fn with_files(leptos: LeptosOptions) -> Self {
        let org = TestOrg::start().await;
        let network = Arc::new(InProcessHttp::new());
        network.serve("localhost:7000", org.org().router());
        let dir = TestDir::new();
        let bff = relying_party(&org, &dir, Arc::clone(&network)).await;
        let account = DemoAccount {
            login: JOHN.to_owned(),
            purpose: "A customer".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let app = router(AppState {
            bff,
            org: Arc::new(OrgInfo {
                issuer: ORG_URL.to_owned(),
                demo_accounts: vec![account],
            }),
            assets: server::assets::find(&leptos),
            leptos,
            reload_socket: None,
        });
        Self {
            org,
            network,
            app,
            _dir: dir,
        }
    }

    /// A browser that reaches the app and the org, and has no cookies.
    pub(crate) fn browser(&self) -> Browser {
        self.org.browser().with_site(APP_URL, self.app.clone())
    }

    /// Takes the org off the app's network.
    pub(crate) fn stop_org(&self) {
        self.network
            .set_behaviour("localhost:7000", Behaviour::Down);
    }

    /// Every request the app has sent to the org.
    pub(crate) fn requests_to_the_org(&self) -> Vec<String> {
        self.network.requests()
    }
}

async fn relying_party(org: &TestOrg, dir: &TestDir, network: Arc<InProcessHttp>) -> Bff {
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let client = org.org().portico_client();
    let config = BffConfig {
        app_url: Url::parse(APP_URL).expect("an address"),
        issuer: ORG_URL.to_owned(),
        client: ClientCredentials {
            client_id: client.client_id.to_string(),
            authentication: ClientAuthentication::SecretBasic(client.client_secret),
        },
        scopes: None,
        session_keys: SessionKeys::load_or_create(&dir.path().join("keys"), &*entropy)
            .expect("keys"),
        store_path: dir.path().join("sessions.sqlite"),
    };
    Bff::open(config, Arc::new(org.clock.clone()), entropy, network)
        .await
        .expect("a relying party")
}

/// The address of a path of the app.
pub(crate) fn at(path: &str) -> String {
    format!("{APP_URL}{path}")
}

/// The headers a browser sends with a form of the app's own page.
pub(crate) fn own_page() -> HeaderMap {
    sec_fetch_site("same-origin")
}

/// The headers a browser sends with a form from a page of another site.
pub(crate) fn other_site() -> HeaderMap {
    sec_fetch_site("cross-site")
}

fn sec_fetch_site(value: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("sec-fetch-site", HeaderValue::from_static(value));
    headers.insert("accept", HeaderValue::from_static("text/html"));
    headers
}

/// Signs John in at the org's page, beginning at `login`, and returns where the app sends him.
pub(crate) async fn sign_in_from(browser: &mut Browser, login: &str) -> Page {
    let identify = browser.visit(login).await;
    let form = identify.form("");
    let sent = browser
        .submit(&identify, form, &[("identifier", JOHN)])
        .await;
    let password = browser.follow(sent).await;
    let form = password.form("");
    let callback = browser
        .submit(&password, form, &[("password", PASSWORD)])
        .await;
    browser.get(callback.location().as_str()).await
}

/// Signs John in, past onboarding.
pub(crate) async fn signed_in(program: &Program) -> Browser {
    let mut browser = program.browser();
    let _onboarding = sign_in_from(&mut browser, &at("/login")).await;
    let names = [
        ("first_name", "John"),
        ("last_name", "Doe"),
        ("locale", "en-US"),
        ("then", ""),
    ];
    let saved = browser
        .post_with(&at("/api/onboarding/names"), own_page(), &names)
        .await;
    assert_eq!(saved.status, 303);
    let finish = [("landing", "home"), ("then", "")];
    let finished = browser
        .post_with(&at("/api/onboarding/finish"), own_page(), &finish)
        .await;
    assert_eq!(finished.status, 303);
    browser
}
