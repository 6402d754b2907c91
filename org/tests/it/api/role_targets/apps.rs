//! Roles that are limited to apps.

use http::Method;
use serde_json::{Value, json};
use testkit::TestOrg;

use super::super::Api;
use super::super::users::{create, path};
use super::{expect, give, texts};

fn app(label: &str) -> Value {
    json!({
        "name": "oidc_client",
        "label": label,
        "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
        "settings": {"oauthClient": {
            "application_type": "web",
            "redirect_uris": ["https://shop.example.com/callback"],
            "grant_types": ["authorization_code"],
        }},
    })
}

async fn make(api: &mut Api, label: &str) -> String {
    let made = api.post("/api/v1/apps", app(label)).await;
    assert_eq!(made.status, 200, "{}", made.body);
    made.body["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn an_app_administrator_sees_and_changes_the_targets_alone() {
    let org = TestOrg::start().await;
    let mut admin = Api::admin(&org).await;
    let (mine, other) = (
        make(&mut admin, "Mine").await,
        make(&mut admin, "Other").await,
    );
    let user = path(&create(&mut admin, "zoe").await);
    let targets = give(&mut admin, &user, "APP_ADMIN").await;
    let apps = format!("{targets}/catalog/apps");
    let put = admin
        .put(&format!("{apps}/oidc_client/{mine}"), json!({}))
        .await;
    assert_eq!(put.status, 204, "{}", put.body);
    let mut api = Api::of_user(&org, "zoe@example.com").await;
    for list in ["/api/v1/apps", "/api/v1/apps?q=oidc"] {
        assert_eq!(texts(&mut api, list, "/label").await, ["Mine"], "{list}");
    }
    let of = |id: &str, rest: &str| format!("/api/v1/apps/{id}{rest}");
    let secret = "/credentials/oauthClient/client_secret";
    let shown = api.get(&of(&mine, "")).await;
    assert!(shown.body.pointer(secret).is_some(), "{}", shown.body);
    expect(
        &mut api,
        &[
            (
                Method::POST,
                &of(&mine, "/lifecycle/deactivate"),
                Some(json!({})),
                200,
            ),
            (
                Method::PUT,
                &of(&mine, "/groups/00gnobody"),
                Some(json!({})),
                404,
            ),
            (Method::GET, "/api/v1/users/john.doe", None, 200),
            (Method::GET, &of(&other, ""), None, 403),
            (Method::GET, &of(&other, "/credentials/secrets"), None, 403),
            (
                Method::POST,
                &of(&other, "/lifecycle/deactivate"),
                Some(json!({})),
                403,
            ),
            (Method::POST, "/api/v1/apps", Some(app("New")), 403),
        ],
    )
    .await;
    // Who may look at all apps by another role does not learn the secrets of those beyond the limits.
    give(&mut admin, &user, "READ_ONLY_ADMIN").await;
    let shown = api.get(&of(&other, "")).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert!(shown.body.pointer(secret).is_none(), "{}", shown.body);
}

#[tokio::test]
async fn all_apps_of_a_kind_take_the_place_of_single_ones() {
    let org = TestOrg::start().await;
    let mut admin = Api::admin(&org).await;
    let (first, second) = (
        make(&mut admin, "First").await,
        make(&mut admin, "Second").await,
    );
    let user = path(&create(&mut admin, "zoe").await);
    let targets = give(&mut admin, &user, "APP_ADMIN").await;
    let apps = format!("{targets}/catalog/apps");
    let kind = format!("{apps}/oidc_client");
    let (one, two) = (format!("{kind}/{first}"), format!("{kind}/{second}"));
    expect(
        &mut admin,
        &[
            (Method::GET, &apps, None, 200),
            (Method::PUT, &one, None, 204),
            (Method::DELETE, &one, None, 400),
            (Method::PUT, &two, None, 204),
            (Method::DELETE, &one, None, 204),
            (Method::DELETE, &one, None, 404),
            (Method::PUT, &format!("{apps}/facebook"), None, 404),
            (Method::PUT, &format!("{kind}/0oanobody"), None, 404),
            (Method::PUT, &format!("{targets}/groups/00g1"), None, 400),
        ],
    )
    .await;
    assert_eq!(texts(&mut admin, &apps, "/id").await, [second.as_str()]);
    expect(
        &mut admin,
        &[
            (Method::PUT, &kind, None, 204),
            (Method::PUT, &one, None, 400),
            (Method::DELETE, &kind, None, 400),
        ],
    )
    .await;
    let list = admin.get(&apps).await;
    assert_eq!(list.body[0]["name"], "oidc_client");
    assert_eq!(list.body.as_array().map(Vec::len), Some(1));
    let mut api = Api::of_user(&org, "zoe@example.com").await;
    assert_eq!(
        api.post("/api/v1/apps", app("Third")).await.status,
        200,
        "every app of the org is of this kind"
    );
    assert_eq!(admin.put(&apps, json!({})).await.status, 200);
    assert_eq!(admin.get(&apps).await.body, json!([]));
}

#[tokio::test]
async fn a_service_app_is_limited_as_people_are() {
    let org = TestOrg::start().await;
    let mut admin = Api::admin(&org).await;
    let target = make(&mut admin, "Target").await;
    let mut service = app("Service");
    service["settings"]["oauthClient"] = json!({
        "application_type": "service",
        "grant_types": ["client_credentials"],
        "response_types": ["token"],
    });
    let made = admin.post("/api/v1/apps", service).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let id = made.body["id"].as_str().expect("an id");
    let client = format!("/oauth2/v1/clients/{id}");
    let targets = give(&mut admin, &client, "APP_ADMIN").await;
    let apps = format!("{targets}/catalog/apps");
    let put = admin
        .put(&format!("{apps}/oidc_client/{target}"), json!({}))
        .await;
    assert_eq!(put.status, 204, "{}", put.body);
    assert_eq!(texts(&mut admin, &apps, "/displayName").await, ["Target"]);
    let no_groups = admin.get(&format!("{targets}/groups")).await;
    assert_eq!(no_groups.status, 400, "{}", no_groups.body);
}
