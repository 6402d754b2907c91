//! Apps by the management API.

mod assignments;
mod checks;
mod credentials;
mod crud;
mod effects;
mod grants;
mod policies;

use serde_json::{Value, json};

use super::Api;

/// A web app as the guide makes one.
fn web() -> Value {
    json!({
        "name": "oidc_client",
        "label": "Shop",
        "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
        "settings": {"oauthClient": {
            "application_type": "web",
            "redirect_uris": ["https://shop.example.com/callback"],
            "grant_types": ["authorization_code"],
        }},
    })
}

/// The same with other settings of `settings.oauthClient`.
fn web_with(settings: &Value) -> Value {
    let mut app = web();
    let client = &mut app["settings"]["oauthClient"];
    for (name, value) in settings.as_object().expect("an object") {
        client[name] = value.clone();
    }
    app
}

/// Makes an app and says what was answered.
async fn make(api: &mut Api, app: Value) -> Value {
    let made = api.post("/api/v1/apps", app).await;
    assert_eq!(made.status, 200, "{}", made.body);
    made.body
}

fn id_of(shape: &Value) -> String {
    shape["id"].as_str().expect("an id").to_owned()
}

/// The types of the events that were written since `from`, and how many there are now.
fn events_since(org: &testkit::TestOrg, from: i64) -> (Vec<String>, i64) {
    let db = org.database();
    let types = db
        .prepare("SELECT type FROM events WHERE seq > ?1 ORDER BY seq")
        .expect("the events")
        .query_map([from], |row| row.get(0))
        .expect("the events")
        .collect::<Result<Vec<String>, _>>()
        .expect("the events");
    let last = db
        .query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| {
            row.get(0)
        })
        .expect("a number");
    (types, last)
}
