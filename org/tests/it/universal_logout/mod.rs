//! What apps are told when somebody is to be signed out of everything.

mod endpoint;
mod request;
mod retries;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::post;
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use testkit::http::InProcessHttp;
use testkit::{TEST_SEED, TestOrg};
use tokio::sync::mpsc;

use crate::api::Api;

/// What an app was told.
struct Told {
    host: String,
    assertion: String,
    body: Value,
}

/// An org with apps that take part, somewhere in the process.
struct Stage {
    org: TestOrg,
    admin: Api,
    network: Arc<InProcessHttp>,
    told: mpsc::UnboundedReceiver<Told>,
    tells: mpsc::UnboundedSender<Told>,
}

impl Stage {
    async fn new() -> Self {
        let network = Arc::new(InProcessHttp::new());
        let client: Arc<dyn org::HttpClient> = Arc::<InProcessHttp>::clone(&network);
        let org = TestOrg::with_config(TEST_SEED, |config| config.http = client).await;
        let (tells, told) = mpsc::unbounded_channel();
        Self {
            admin: Api::admin(&org).await,
            org,
            network,
            told,
            tells,
        }
    }

    /// Registers an app that everybody has and that answers its requests at `host` like this. Answers its id.
    async fn app(&mut self, host: &str, status: StatusCode) -> String {
        self.network
            .serve(host, receiver(host, status, self.tells.clone()));
        let app = json!({
            "name": "oidc_client", "label": host, "signOnMode": "OPENID_CONNECT",
            "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
            "settings": {"implicitAssignment": true, "oauthClient": {
                "application_type": "web",
                "redirect_uris": [format!("https://{host}/callback")],
                "grant_types": ["authorization_code"],
            }},
        });
        let made = self.admin.post("/api/v1/apps", app).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let id = made.body["id"].as_str().expect("an id").to_owned();
        let settings = json!({"globalTokenRevocationUri": uri(host)});
        let path = format!("/local/apps/{id}/universal-logout");
        let set = self.admin.put(&path, settings).await;
        assert_eq!(set.status, 200, "{}", set.body);
        id
    }

    /// What the next app was told.
    async fn next(&mut self) -> Told {
        tokio::time::timeout(Duration::from_secs(20), self.told.recv())
            .await
            .expect("an app is told in time")
            .expect("the org is open")
    }

    /// Waits until this many events of universal logout are in the System Log, and answers them.
    async fn events(&self, count: usize) -> Vec<Value> {
        let mut found = Vec::new();
        let written = async {
            while found.len() < count {
                found = events(&self.org);
                tokio::task::yield_now().await;
            }
        };
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, written)
            .await
            .expect("the events are written in time");
        found
    }

    /// Waits until the only errand was tried this many times.
    async fn tried(&self, attempts: i64) {
        let query = "SELECT count(*) FROM universal_logout_errands WHERE attempts = ?1";
        let tried = async {
            let count = || -> i64 {
                let db = self.org.database();
                db.query_row(query, [attempts], |row| row.get(0))
                    .expect("a count")
            };
            while count() == 0 {
                tokio::task::yield_now().await;
            }
        };
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, tried)
            .await
            .expect("it is tried in time");
    }
}

fn uri(host: &str) -> String {
    format!("https://{host}/universal-logout")
}

fn receiver(host: &str, status: StatusCode, tells: mpsc::UnboundedSender<Told>) -> Router {
    let host = host.to_owned();
    let answer = move |headers: HeaderMap, body: String| async move {
        let assertion = headers[AUTHORIZATION].to_str().expect("a text");
        let told = Told {
            host,
            assertion: assertion
                .strip_prefix("Bearer ")
                .expect("a bearer")
                .to_owned(),
            body: serde_json::from_str(&body).expect("JSON"),
        };
        // A test that has seen enough listens no longer.
        drop(tells.send(told));
        status
    };
    Router::new().route("/universal-logout", post(answer))
}

/// The events of universal logout, oldest first.
fn events(org: &TestOrg) -> Vec<Value> {
    let db = org.database();
    let mut statement = db
        .prepare("SELECT event FROM events WHERE type = 'user.authentication.universal_logout' ORDER BY seq")
        .expect("the events");
    statement
        .query_map([], |row| row.get::<_, String>(0))
        .expect("the events")
        .map(|event| serde_json::from_str(&event.expect("an event")).expect("JSON"))
        .collect()
}

/// The id of a user of the seed.
fn user_id(org: &TestOrg, login: &str) -> String {
    org.database()
        .query_row("SELECT id FROM users WHERE login = ?1", [login], |row| {
            row.get(0)
        })
        .expect("a user of the seed")
}
