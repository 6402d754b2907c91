//! Campaigns, through the app's pages and at a real org.

mod bringing_in;
mod people;
mod reach;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::context::{OrgInfo, SignInWay};
use bff::{
    Bff, BffConfig, BoxFuture, Campaigns, CampaignsConfig, CampaignsSurroundings,
    ClientAuthentication, ClientCredentials, ClientKey, Pause, ServiceCredentials, SessionKeys,
    StoreAddress,
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use leptos::config::LeptosOptions;
use org::RateLimits;
use secrecy::SecretString;
use serde_json::{Value, json};
use server::router::{AppState, router};
use testkit::http::InProcessHttp;
use testkit::{
    APP_URL, Browser, ORG_URL, PASSWORD, Page, SeededEntropy, TEST_SEED, TestClock, TestDir,
    TestOrg,
};
use tokio::sync::watch;
use url::Url;

use crate::support::{at, own_page, sign_in_as};

const ADMIN: &str = "admin@example.com";

/// Every standard role, and whether it lets somebody work on campaigns.
const ROLES: [(&str, bool); 9] = [
    ("SUPER_ADMIN", true),
    ("ORG_ADMIN", true),
    ("USER_ADMIN", true),
    ("APP_ADMIN", false),
    ("HELP_DESK_ADMIN", false),
    ("READ_ONLY_ADMIN", false),
    ("REPORT_ADMIN", false),
    ("GROUP_MEMBERSHIP_ADMIN", false),
    ("API_ACCESS_MANAGEMENT_ADMIN", false),
];

/// Time passes by the test's clock instead of being waited for.
#[derive(Debug)]
struct Skip(TestClock);

impl Pause for Skip {
    fn pause(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let seconds = i64::try_from(duration.as_secs()).expect("a short wait") + 1;
        Box::pin(async move {
            self.0.advance_seconds(seconds);
            tokio::task::yield_now().await;
        })
    }
}

/// The org, and the directory of an app that comes and goes.
struct House {
    org: TestOrg,
    dir: TestDir,
    network: Arc<InProcessHttp>,
    has_service: bool,
}

/// The app while it runs.
struct App {
    router: axum::Router,
    campaigns: Campaigns,
    _stop: watch::Sender<bool>,
}

fn seed() -> String {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    let apps = seed["apps"].as_array_mut().expect("apps");
    apps.push(json!({
        "label": "Portico campaigns",
        "type": "service",
        "tokenEndpointAuthMethod": "private_key_jwt",
        "grantTypes": ["client_credentials"],
        "oktaApiScopes": bff::SERVICE_SCOPES,
        "roles": ["ORG_ADMIN"]
    }));
    let users = seed["users"].as_array_mut().expect("users");
    for (role, _) in ROLES {
        users.push(json!({
            "login": format!("{}@example.com", role.to_lowercase()),
            "firstName": "Some", "lastName": "Body",
            "email": format!("{}@example.com", role.to_lowercase()),
            "password": PASSWORD, "roles": [role]
        }));
    }
    seed.to_string()
}

impl House {
    async fn build(limits: RateLimits) -> Self {
        let org = TestOrg::with_config(&seed(), |config| config.rate_limits = limits).await;
        let network = Arc::new(InProcessHttp::new());
        network.serve("localhost:7000", org.org().router());
        Self {
            org,
            dir: TestDir::new(),
            network,
            has_service: true,
        }
    }

    async fn service(&self) -> Option<ServiceCredentials> {
        let path = self.dir.path().join("service-key.pem");
        let key = ClientKey::load_or_create(&path, &SeededEntropy::new(3)).expect("a key");
        let public = key.public_jwk().expect("a key on P-256");
        let id = self.org.org().register_service_key(public).await;
        let client_id = id.expect("registered").expect("a service app").to_string();
        self.has_service
            .then_some(ServiceCredentials { client_id, key })
    }

    async fn open(&self) -> App {
        let service = self.service().await;
        let client = self.org.org().portico_client();
        let client = (client.client_id.to_string(), client.client_secret);
        let folder = self.dir.path().to_owned();
        assemble(
            folder.as_path(),
            self.org.clock.clone(),
            self.network.clone(),
            service,
            client,
        )
        .await
    }
}

async fn assemble(
    folder: &Path,
    clock: TestClock,
    http: Arc<InProcessHttp>,
    service: Option<ServiceCredentials>,
    (client_id, secret): (String, SecretString),
) -> App {
    let entropy = Arc::new(SeededEntropy::new(11));
    let keys = SessionKeys::load_or_create(&folder.join("keys"), &*entropy).expect("keys");
    let app_url = Url::parse(APP_URL).expect("an address");
    let config = BffConfig {
        app_url: app_url.clone(),
        issuer: ORG_URL.to_owned(),
        client: ClientCredentials {
            client_id,
            authentication: ClientAuthentication::SecretBasic(secret),
        },
        scopes: None,
        session_keys: keys.clone(),
        store: StoreAddress::Sqlite(folder.join("sessions.sqlite")),
    };
    let around = CampaignsSurroundings {
        clock: Arc::new(clock.clone()),
        entropy: entropy.clone(),
        http: http.clone(),
        pause: Arc::new(Skip(clock.clone())),
    };
    let campaigns = CampaignsConfig {
        app_url,
        issuer: Url::parse(ORG_URL).expect("an address"),
        service,
        folder: folder.to_owned(),
        keys,
    };
    let campaigns = Campaigns::open(campaigns, around).await.expect("a store");
    let bff = Bff::open(config, Arc::new(clock), entropy, http).await;
    let (stop, stopped) = watch::channel(false);
    let leptos = LeptosOptions::builder().output_name("portico").build();
    App {
        router: router(AppState {
            bff: bff
                .expect("a relying party")
                .with_campaigns(campaigns.clone()),
            org: Arc::new(OrgInfo {
                issuer: ORG_URL.to_owned(),
                demo_accounts: Vec::new(),
                sign_in: SignInWay::Hosted,
            }),
            assets: server::assets::find(&leptos),
            widget: None,
            leptos,
            reload_socket: None,
            stop: stopped,
        }),
        campaigns,
        _stop: stop,
    }
}

async fn sign_in(house: &House, app: &App, login: &str) -> Browser {
    let mut browser = Browser::new()
        .with_site(ORG_URL, house.org.org().router())
        .with_site(APP_URL, app.router.clone());
    let landed = sign_in_as(&mut browser, &at("/login"), login).await;
    assert_eq!(landed.status, 303, "{}", landed.text());
    browser
}

async fn post(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    browser.post_with(&at(path), own_page(), fields).await
}

/// Sends a file as a browser does, and reads the page that it leads to.
async fn upload(browser: &mut Browser, id: i64, csv: &[u8]) -> Page {
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n".to_vec();
    body.extend_from_slice(csv);
    body.extend_from_slice(
        b"\r\n--edge\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--edge--\r\n",
    );
    let mut headers: HeaderMap = own_page();
    let kind = HeaderValue::from_static("multipart/form-data; boundary=edge");
    headers.insert("content-type", kind);
    let url = at(&format!("/campaigns/{id}/people"));
    let sent = browser
        .send(Method::POST, &url, headers, Bytes::from(body))
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    browser.get(sent.location().as_str()).await
}

/// Makes a campaign for the group Retailers, and gives its id.
async fn make(browser: &mut Browser, start: &str) -> i64 {
    let page = browser.get(&at("/campaigns/new")).await;
    let text = page.text();
    let option = text.find(">Retailers<").expect("the group");
    let value = text[..option].rsplit("value=\"").next().expect("an id");
    let group = value.split('"').next().expect("an id").to_owned();
    let fields = [
        ("name", "Spring"),
        ("group", group.as_str()),
        ("landing", "profile"),
        ("start", start),
        ("factors[]", "email"),
    ];
    let made = post(browser, "/api/campaigns/make", &fields).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let location = made.header("location").to_owned();
    let id = location
        .trim_start_matches("/campaigns/")
        .trim_end_matches("#outcome");
    id.parse().expect("a number of a campaign in the address")
}

async fn act(browser: &mut Browser, id: i64, what: &str) {
    let done = post(
        browser,
        "/api/campaigns/act",
        &[("id", &id.to_string()), ("what", what)],
    )
    .await;
    assert_eq!(done.status, 303, "{}", done.text());
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let came = tokio::time::timeout(Duration::from_mins(2), waiting).await;
    assert!(came.is_ok(), "{what}");
}

async fn until_done(campaigns: &Campaigns, id: i64) {
    until("the job ends", async || {
        campaigns
            .find(id)
            .await
            .expect("a campaign")
            .progress
            .is_none()
    })
    .await;
}

/// A file of `rows` people, in which each 27th is bad in one of several ways, up to `bad` of them.
fn file(rows: usize, bad: usize) -> String {
    let mut csv = "\u{feff}Vorname;\"Nach name\";E-Mail;Dept\r\n".to_owned();
    let mut left = bad;
    for row in 0..rows {
        let is_bad = left > 0 && row % 27 == 26;
        left -= usize::from(is_bad);
        let line = match (is_bad, row % 4) {
            (false, _) => format!("Ada {row};\"Love;lace\";ada{row}@rows.example.com;x"),
            (true, 0) => format!("Ada;;ada{row}@rows.example.com;x"),
            (true, 1) => "Ada;Lovelace;no address;x".to_owned(),
            (true, 2) => "Ada;Lovelace;ADA0@rows.example.com;x".to_owned(),
            (true, _) => format!("😀;Lovelace;ada{row}@rows.example.com;x"),
        };
        writeln!(csv, "{line}\r").expect("a text");
    }
    assert_eq!(left, 0, "room for all bad rows");
    csv
}

/// How many mails each person got.
fn mails(house: &House) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for message in house.org.whole_inbox() {
        if message.to.ends_with("@rows.example.com") {
            *counts.entry(message.to).or_default() += 1;
        }
    }
    counts
}
