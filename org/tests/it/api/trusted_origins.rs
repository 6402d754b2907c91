//! Trusted origins by the management API, and what they are trusted with.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TestOrg};

use super::Api;

const POC: &str = "https://poc.example.com";
const ALL: &str = "/api/v1/trustedOrigins";

fn poc() -> Value {
    json!({"name": "POC", "origin": POC, "scopes": [{"type": "CORS"}, {"type": "REDIRECT"}]})
}

async fn from_page(org: &TestOrg, method: Method, path: &str, origin: &'static str) -> Page {
    let headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(origin))]);
    let url = format!("{ORG_URL}{path}");
    org.browser()
        .send(method, &url, headers, Bytes::new())
        .await
}

fn events(org: &TestOrg, kind: &str) -> i64 {
    org.database()
        .query_row(
            "SELECT count(*) FROM events WHERE type = ?1",
            [kind],
            |row| row.get(0),
        )
        .expect("a count")
}

#[tokio::test]
async fn a_trusted_origin_is_made_read_changed_switched_and_deleted() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = api.post(ALL, poc()).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let id = made.body["id"].as_str().expect("an id").to_owned();
    assert!(id.starts_with("tos") && id.len() == 20, "{id}");
    assert_eq!(made.body["status"], "ACTIVE");
    assert_eq!(
        made.body["scopes"],
        json!([{"type": "CORS"}, {"type": "REDIRECT"}])
    );
    let one = format!("{ALL}/{id}");
    assert_eq!(
        made.body["_links"]["deactivate"]["href"],
        format!("{ORG_URL}{one}/lifecycle/deactivate")
    );
    assert_eq!(api.get(&one).await.body, made.body);
    assert_eq!(api.get(ALL).await.body, json!([made.body]));
    assert_eq!(
        api.get(&format!("{ALL}?q=poc")).await.body,
        json!([made.body])
    );
    let filtered = format!("{ALL}?filter=status%20eq%20%22INACTIVE%22");
    assert_eq!(api.get(&filtered).await.body, json!([]));

    let mut wanted = poc();
    wanted["name"] = json!("POC 2");
    let changed = api.put(&one, wanted).await;
    assert_eq!(changed.body["name"], "POC 2");
    let off = api
        .post(&format!("{one}/lifecycle/deactivate"), json!({}))
        .await;
    assert_eq!(
        (off.status.as_u16(), &off.body["status"]),
        (200, &json!("INACTIVE"))
    );
    assert!(off.body["_links"]["activate"].is_object());
    let on = api
        .post(&format!("{one}/lifecycle/activate"), json!({}))
        .await;
    assert_eq!(on.body["status"], "ACTIVE");
    assert_eq!(api.delete(&one).await.status, 204);
    assert_eq!(api.get(&one).await.body["errorCode"], "E0000007");
    for kind in ["create", "update", "activate", "deactivate", "delete"] {
        assert_eq!(events(&org, &format!("security.trusted_origin.{kind}")), 1);
    }
}

#[tokio::test]
async fn what_is_no_origin_or_is_there_already_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    assert_eq!(api.post(ALL, poc()).await.status, 200);
    let other = |field: &str, value: Value| {
        let mut body = poc();
        body["name"] = json!("Other");
        body["origin"] = json!("https://other.example.com");
        body[field] = value;
        body
    };
    for (field, value) in [
        ("name", json!("POC")),
        ("name", json!(" ")),
        ("name", json!("x".repeat(256))),
        ("name", json!(7)),
        ("origin", json!(POC)),
        ("origin", json!("")),
        ("origin", json!("poc.example.com")),
        ("origin", json!("https://poc.example.com/path")),
        ("origin", json!("https://me@poc.example.com")),
        ("origin", json!("https://poc.example.com?x")),
        ("origin", json!("javascript:alert(1)")),
        ("origin", json!("null")),
        ("scopes", json!([])),
        ("scopes", json!([{"type": "ALL"}])),
        ("scopes", json!([{"type": "CORS"}, {"type": "CORS"}])),
        (
            "scopes",
            json!([{"type": "CORS", "allowedOktaApps": ["OKTA_ENDUSER"]}]),
        ),
        ("status", json!("ON")),
    ] {
        let answer = api.post(ALL, other(field, value.clone())).await;
        assert_eq!(answer.status, 400, "{field} {value}: {}", answer.body);
        assert_eq!(answer.body["errorCode"], "E0000001", "{field} {value}");
    }
    let lists = api.get(ALL).await.body;
    assert_eq!(lists.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn pages_of_an_origin_trusted_with_cors_may_call_and_no_others() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let paths = ["/oauth2/v1/token", "/api/v1/users/me"];
    for path in paths {
        let before = from_page(&org, Method::OPTIONS, path, POC).await;
        assert_eq!(before.header("access-control-allow-origin"), "", "{path}");
    }
    let made = api.post(ALL, poc()).await;
    let one = format!("{ALL}/{}", made.body["id"].as_str().expect("an id"));
    for path in paths {
        let answer = from_page(&org, Method::OPTIONS, path, POC).await;
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), POC, "{path}");
    }
    let answer = from_page(&org, Method::OPTIONS, "/api/v1/users/me", POC).await;
    assert_eq!(
        answer.header("access-control-allow-methods"),
        "GET, POST, PUT, PATCH, DELETE"
    );
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    // The rest of the API is for no page.
    for path in ["/api/v1/users", "/api/v1/groups", "/api/v1/sessions/102x"] {
        let answer = from_page(&org, Method::GET, path, POC).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
    let off = api
        .post(&format!("{one}/lifecycle/deactivate"), json!({}))
        .await;
    assert_eq!(off.status, 200);
    let answer = from_page(&org, Method::OPTIONS, "/api/v1/users/me", POC).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}
