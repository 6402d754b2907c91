//! The program as tests see it.

use std::path::Path;
use std::sync::Arc;

use app::context::{DemoAccount, OrgInfo, SignInWay};
use bff::{
    Bff, BffConfig, ClientAuthentication, ClientCredentials, HttpClient, SessionKeys, StoreAddress,
};
use http::{HeaderMap, HeaderValue};
use leptos::config::LeptosOptions;
use model::Entropy;
use server::router::{AppState, router};
use server::widget::WidgetFolder;
use testkit::http::{Behaviour, InProcessHttp};
use testkit::{APP_URL, Browser, ORG_URL, PASSWORD, Page, SeededEntropy, TestDir, TestOrg};
use tokio::sync::watch;
use url::Url;

/// John Doe, an active user who is assigned to the app.
pub(crate) const JOHN: &str = "john.doe@example.com";

/// What a program stands on.
pub(crate) struct Surroundings {
    /// Where its org is.
    pub(crate) issuer: String,
    /// How it reaches the org.
    pub(crate) http: Arc<dyn HttpClient>,
    /// Where its sessions are.
    pub(crate) store: StoreAddress,
}

/// The app and the org it trusts.
pub(crate) struct Program {
    pub(crate) org: TestOrg,
    issuer: String,
    network: Arc<InProcessHttp>,
    stop: watch::Sender<bool>,
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
        Self::beside(TestOrg::start().await, leptos, SignInWay::Hosted).await
    }

    /// A program with an org of the test's own.
    pub(crate) async fn with_org(org: TestOrg, sign_in: SignInWay) -> Self {
        let leptos = LeptosOptions::builder().output_name("portico");
        Self::beside(org, leptos.build(), sign_in).await
    }

    async fn beside(org: TestOrg, leptos: LeptosOptions, sign_in: SignInWay) -> Self {
        let network = Arc::new(InProcessHttp::new());
        network.serve("localhost:7000", org.org().router());
        let dir = TestDir::new();
        let surroundings = Surroundings {
            issuer: ORG_URL.to_owned(),
            http: network.clone(),
            store: StoreAddress::Sqlite(dir.path().join("sessions.sqlite")),
        };
        Self::assemble(org, network, dir, surroundings, (leptos, sign_in)).await
    }

    /// A program that reaches its org and its sessions by other ways than usual.
    pub(crate) async fn within(org: TestOrg, surroundings: Surroundings) -> Self {
        let network = Arc::new(InProcessHttp::new());
        let leptos = LeptosOptions::builder().output_name("portico").build();
        let app = (leptos, SignInWay::Hosted);
        Self::assemble(org, network, TestDir::new(), surroundings, app).await
    }

    async fn assemble(
        org: TestOrg,
        network: Arc<InProcessHttp>,
        dir: TestDir,
        surroundings: Surroundings,
        (leptos, sign_in): (LeptosOptions, SignInWay),
    ) -> Self {
        let issuer = surroundings.issuer.clone();
        let bff = relying_party(&org, &dir, surroundings).await;
        let account = DemoAccount {
            login: JOHN.to_owned(),
            purpose: "A customer".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let (stop, stopped) = watch::channel(false);
        let app = router(AppState {
            bff,
            org: Arc::new(OrgInfo {
                issuer: issuer.clone(),
                demo_accounts: vec![account],
                sign_in,
            }),
            assets: server::assets::find(&leptos),
            widget: WidgetFolder::find(&Path::new(&*leptos.site_root).join("widget")),
            leptos,
            reload_socket: None,
            stop: stopped,
        });
        Self {
            org,
            issuer,
            network,
            stop,
            app,
            _dir: dir,
        }
    }

    /// A browser that reaches the app and the org, and has no cookies.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new()
            .with_site(&self.issuer, self.org.org().router())
            .with_site(APP_URL, self.app.clone())
    }

    /// Tells the app that the program is about to end.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// The app, for requests that a browser would not make.
    pub(crate) fn app(&self) -> axum::Router {
        self.app.clone()
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

async fn relying_party(org: &TestOrg, dir: &TestDir, surroundings: Surroundings) -> Bff {
    let Surroundings {
        issuer,
        http,
        store,
    } = surroundings;
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let client = org.org().portico_client();
    let config = BffConfig {
        app_url: Url::parse(APP_URL).expect("an address"),
        issuer,
        client: ClientCredentials {
            client_id: client.client_id.to_string(),
            authentication: ClientAuthentication::SecretBasic(client.client_secret),
        },
        scopes: None,
        session_keys: SessionKeys::load_or_create(&dir.path().join("keys"), &*entropy)
            .expect("keys"),
        store,
    };
    Bff::open(config, Arc::new(org.clock.clone()), entropy, http)
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
    sign_in_as(browser, login, JOHN).await
}

/// The same as somebody else.
pub(crate) async fn sign_in_as(browser: &mut Browser, login: &str, person: &str) -> Page {
    let identify = browser.visit(login).await;
    let form = identify.form("");
    let sent = browser
        .submit(&identify, form, &[("identifier", person)])
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
    pass_onboarding(&mut browser).await;
    browser
}

/// Takes John through onboarding.
pub(crate) async fn pass_onboarding(browser: &mut Browser) {
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
}
