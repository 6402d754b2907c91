//! Keys that an app publishes at an address of its own.

use super::{KEY, OTHER_KEY, Service, encode, jwk, sign};
use axum::Router;
use axum::routing::get;
use http::Response;
use serde_json::Value;
use serde_json::json;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::Mutex;
use testkit::TEST_SEED;
use testkit::TestOrg;
use testkit::http::Behaviour;
use testkit::http::InProcessHttp;

/// An app whose keys are at an address, which answers what it is told to.
struct Publishing {
    service: Service,
    network: Arc<InProcessHttp>,
    keys: Arc<Mutex<Response<String>>>,
    shown: Cell<u32>,
}

const ADDRESS: &str = "https://keys.example.com/jwks.json";

impl Publishing {
    async fn new() -> Self {
        let network = Arc::new(InProcessHttp::new());
        let keys = Arc::new(Mutex::new(Response::new(String::new())));
        let answers = Arc::clone(&keys);
        let answer = move || {
            let answer = answers.lock().expect("no test fails here").clone();
            async move { answer }
        };
        let router = Router::new().route("/jwks.json", get(answer));
        network.serve("keys.example.com", router);
        let client: Arc<dyn org::HttpClient> = Arc::<InProcessHttp>::clone(&network);
        let mut service = Service::within(
            TestOrg::with_config(TEST_SEED, |config| config.http = client).await,
            json!({"jwks_uri": ADDRESS}),
        )
        .await;
        service.grant("okta.users.read").await;
        Self {
            service,
            network,
            keys,
            shown: Cell::new(0),
        }
    }

    fn publish(&self, keys: &[Value], cache_control: &str) {
        let body = json!({"keys": keys}).to_string();
        let answer = Response::builder().header("cache-control", cache_control);
        *self.keys.lock().expect("no test fails here") = answer.body(body).expect("an answer");
    }

    /// Shows an assertion by the key under this name, and says whether it was believed.
    async fn is_known_by(&self, key: &[u8], kid: &str) -> bool {
        self.shown.set(self.shown.get() + 1);
        let jti = self.shown.get().to_string();
        let header = json!({"alg": "RS256", "kid": kid});
        let assertion = sign(key, &header, &self.service.claims(&jti));
        let answer = self.service.ask(&assertion, "okta.users.read").await;
        assert!(
            [200, 401].contains(&answer.status.as_u16()),
            "{}",
            answer.text()
        );
        answer.status == 200
    }

    fn asked(&self) -> usize {
        self.network.requests().len()
    }
}

fn named(key: &[u8], kid: &str) -> Value {
    let mut jwk = jwk(key);
    jwk["kid"] = kid.into();
    jwk
}

#[tokio::test]
async fn the_keys_at_an_address_are_read_when_they_are_old_or_a_new_one_is_named_and_once_a_minute_at_most()
 {
    let stage = Publishing::new().await;
    let clock = &stage.service.org.clock;
    stage.publish(&[named(KEY, "one")], "public, max-age=600");
    assert!(stage.is_known_by(KEY, "one").await);
    clock.advance_seconds(599);
    assert!(stage.is_known_by(KEY, "one").await);
    assert_eq!(stage.asked(), 1, "they are good still");

    stage.publish(&[named(OTHER_KEY, "two")], "max-age=600");
    assert!(
        stage.is_known_by(OTHER_KEY, "two").await,
        "a new one is looked for"
    );
    assert_eq!(stage.asked(), 2);
    assert!(!stage.is_known_by(KEY, "one").await);
    assert!(!stage.is_known_by(KEY, "three").await);
    assert_eq!(stage.asked(), 2, "at most once a minute");
    clock.advance_seconds(60);
    assert!(!stage.is_known_by(KEY, "three").await);
    assert_eq!(stage.asked(), 3);

    // While the address does not answer, its keys count for as long as it said and no longer.
    stage
        .network
        .set_behaviour("keys.example.com", Behaviour::Down);
    clock.advance_seconds(500);
    assert!(stage.is_known_by(OTHER_KEY, "two").await);
    assert_eq!(stage.asked(), 3);
    clock.advance_seconds(100);
    assert!(!stage.is_known_by(OTHER_KEY, "two").await);
    assert!(!stage.is_known_by(OTHER_KEY, "two").await);
    assert_eq!(stage.asked(), 4);
    stage
        .network
        .set_behaviour("keys.example.com", Behaviour::Up);
    clock.advance_seconds(60);
    assert!(stage.is_known_by(OTHER_KEY, "two").await);
    // What must not be kept is kept for a minute: nobody makes the org ask more often.
    clock.advance_seconds(600);
    stage.publish(&[named(OTHER_KEY, "two")], "no-store");
    for _ in 0..3 {
        assert!(stage.is_known_by(OTHER_KEY, "two").await);
    }
    assert_eq!(stage.asked(), 6);
}

#[tokio::test]
async fn keys_that_are_not_as_they_should_be_prove_nothing() {
    let mut private = named(KEY, "one");
    private["d"] = "AQAB".into();
    let mut for_encryption = named(KEY, "one");
    for_encryption["use"] = "enc".into();
    let secret = json!({"kty": "oct", "kid": "one", "k": encode("secret")});
    let many = vec![named(KEY, "one"); 51];
    let mut large = named(KEY, "one");
    large["x5c"] = json!(["A".repeat(70_000)]);
    for keys in [
        vec![private],
        vec![for_encryption],
        vec![secret],
        many,
        vec![large],
        vec![],
    ] {
        let stage = Publishing::new().await;
        stage.publish(&keys, "max-age=600");
        assert!(!stage.is_known_by(KEY, "one").await);
        assert_eq!(stage.asked(), 1);
    }
}
