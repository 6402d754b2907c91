//! The colours of the org's brand, read from the local org in the name of a service app.

use std::sync::Arc;
use std::time::Duration;

use bff::{
    Bff, BffConfig, BoxFuture, BrandColors, ClientAuthentication, ClientCredentials, ClientKey,
    Pause, ServiceCredentials, SessionKeys, StoreAddress,
};
use serde_json::{Value, json};
use testkit::http::{Behaviour, InProcessHttp};
use testkit::{APP_URL, ORG_URL, SeededEntropy, TEST_SEED, TestDir, TestOrg};
use url::Url;

use crate::support::FIRST_KEY;

const ORG_AUTHORITY: &str = "localhost:7000";
const FIVE_MINUTES: i64 = 300;
const HOUR: i64 = 3_600;

/// Nobody waits for an org that is busy.
#[derive(Debug)]
struct NoPause;

impl Pause for NoPause {
    fn pause(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::task::yield_now())
    }
}

/// An app whose service app has some scopes at the org.
struct House {
    org: TestOrg,
    network: Arc<InProcessHttp>,
    bff: Bff,
    _dir: TestDir,
}

impl House {
    async fn with_scopes(scopes: &[&str]) -> Self {
        let org = TestOrg::with_seed(&seed(scopes)).await;
        let network = Arc::new(InProcessHttp::new());
        network.serve(ORG_AUTHORITY, org.org().router());
        let dir = TestDir::new();
        let registration = org.org().portico_client();
        let config = BffConfig {
            app_url: Url::parse(APP_URL).expect("a URL"),
            issuer: ORG_URL.to_owned(),
            client: ClientCredentials {
                client_id: registration.client_id.as_str().to_owned(),
                authentication: ClientAuthentication::SecretBasic(registration.client_secret),
            },
            scopes: None,
            session_keys: SessionKeys::parse(FIRST_KEY).expect("keys"),
            store: StoreAddress::Sqlite(dir.path().join("app.sqlite")),
        };
        let path = dir.path().join("service-key.pem");
        let key = ClientKey::load_or_create(&path, &SeededEntropy::new(3)).expect("a key");
        let public = key.public_jwk().expect("a key on P-256");
        let id = org.org().register_service_key(public).await;
        let client_id = id.expect("registered").expect("a service app").to_string();
        let bff = Bff::open(
            config,
            Arc::new(org.clock.clone()),
            Arc::new(SeededEntropy::new(7)),
            network.clone(),
        );
        let bff = bff.await.expect("the relying party opens");
        let service = ServiceCredentials { client_id, key };
        Self {
            org,
            network,
            bff: bff.with_brand(service, Arc::new(NoPause)),
            _dir: dir,
        }
    }

    fn paint(&self, primary: &str, contrast: &str) {
        let changed = self.org.execute(
            "UPDATE brands SET theme = json_set(theme, '$.primaryColorHex', ?1, '$.primaryColorContrastHex', ?2)",
            [primary, contrast],
        );
        assert_eq!(changed, 1, "the default brand");
    }

    /// The primary colour and that on it.
    async fn colors(&self) -> Option<(String, String)> {
        let colors = self.bff.brand_colors().await;
        colors.map(|BrandColors { primary, contrast }| (primary, contrast))
    }

    /// Asks until the answer is this one: what is asked beside a page is there for one of the next.
    async fn soon(&self, primary: &str) -> bool {
        let looks = async {
            while self
                .colors()
                .await
                .is_none_or(|(color, _)| color != primary)
            {
                tokio::task::yield_now().await;
            }
        };
        let patience = Duration::from_mins(1);
        tokio::time::timeout(patience, looks).await.is_ok()
    }
}

fn seed(scopes: &[&str]) -> String {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    let apps = seed["apps"].as_array_mut().expect("apps");
    apps.push(json!({
        "label": "Portico campaigns",
        "type": "service",
        "tokenEndpointAuthMethod": "private_key_jwt",
        "grantTypes": ["client_credentials"],
        "oktaApiScopes": scopes,
        "roles": ["ORG_ADMIN"]
    }));
    seed.to_string()
}

fn pair(primary: &str, contrast: &str) -> (String, String) {
    (primary.to_owned(), contrast.to_owned())
}

#[tokio::test]
async fn the_colours_are_those_of_the_org_and_change_with_it() {
    let house = House::with_scopes(&["okta.brands.read"]).await;
    assert_eq!(house.colors().await, Some(pair("#1662dd", "#ffffff")));
    let asked = house.network.requests().len();
    house.paint("#ffcc00", "#000000");
    house.org.clock.advance_seconds(FIVE_MINUTES - 1);
    assert_eq!(house.colors().await, Some(pair("#1662dd", "#ffffff")));
    assert_eq!(house.network.requests().len(), asked, "nobody was asked");
    house.org.clock.advance_seconds(1);
    assert_eq!(
        house.colors().await,
        Some(pair("#1662dd", "#ffffff")),
        "no page waits for a second time"
    );
    assert!(house.soon("#ffcc00").await);
    assert_eq!(house.colors().await, Some(pair("#ffcc00", "#000000")));
}

#[tokio::test]
async fn an_org_that_does_not_answer_is_asked_again_and_costs_no_colours() {
    let house = House::with_scopes(&["okta.brands.read"]).await;
    house.network.set_behaviour(ORG_AUTHORITY, Behaviour::Down);
    assert_eq!(house.colors().await, None);
    let asked = house.network.requests().len();
    assert_eq!(house.colors().await, None);
    assert_eq!(house.network.requests().len(), asked, "it is left in peace");
    house.network.set_behaviour(ORG_AUTHORITY, Behaviour::Up);
    house.org.clock.advance_seconds(60);
    assert_eq!(house.colors().await, Some(pair("#1662dd", "#ffffff")));
    house.network.set_behaviour(ORG_AUTHORITY, Behaviour::Down);
    house.org.clock.advance_seconds(FIVE_MINUTES);
    for _ in 0..3 {
        assert_eq!(house.colors().await, Some(pair("#1662dd", "#ffffff")));
    }
}

#[tokio::test]
async fn a_page_does_not_wait_for_an_org_that_hangs() {
    let house = House::with_scopes(&["okta.brands.read"]).await;
    house
        .network
        .set_behaviour(ORG_AUTHORITY, Behaviour::Hanging);
    tokio::time::pause();
    let before = tokio::time::Instant::now();
    assert_eq!(house.colors().await, None);
    assert!(before.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn without_the_scope_there_are_no_colours_and_the_org_is_asked_once_an_hour() {
    let house = House::with_scopes(&bff::SERVICE_SCOPES).await;
    assert_eq!(house.colors().await, None);
    let asked = house.network.requests().len();
    house.org.clock.advance_seconds(HOUR - 1);
    assert_eq!(house.colors().await, None);
    assert_eq!(house.network.requests().len(), asked);
    house.org.clock.advance_seconds(1);
    assert_eq!(house.colors().await, None);
    assert!(house.network.requests().len() > asked);
}
