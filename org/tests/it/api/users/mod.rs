//! Users by the management API.

mod credentials;
mod events;
mod life;
mod list;
mod update;

use serde_json::{Value, json};
use testkit::TestOrg;

use super::{Answer, Api};

/// The profile of somebody with this name before the `@`.
pub(crate) fn profile(name: &str) -> Value {
    let login = format!("{name}@example.com");
    json!({"login": login, "email": login, "firstName": "Test", "lastName": "User"})
}

/// A password that the policy of the org takes.
pub(crate) const PASSWORD: &str = "Tr4mway+umbrella";

/// Makes a user with a password.
pub(crate) async fn create(api: &mut Api, name: &str) -> Answer {
    let body = json!({"profile": profile(name), "credentials": {"password": {"value": PASSWORD}}});
    let made = api.post("/api/v1/users", body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    made
}

/// The path of a user who was made.
pub(crate) fn path(made: &Answer) -> String {
    format!("/api/v1/users/{}", made.body["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn a_user_with_a_password_is_active_and_has_okta_s_shape() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "grace").await;
    let id = made.body["id"].as_str().expect("an id").to_owned();
    assert!(id.starts_with("00u") && id.len() == 20, "{id}");
    let own = format!("http://localhost:7000/api/v1/users/{id}");
    let mut links = made.body["_links"].as_object().expect("links").clone();
    assert_eq!(links.remove("self"), Some(json!({"href": own})));
    assert_eq!(
        links.get("suspend"),
        Some(&json!({"href": format!("{own}/lifecycle/suspend"), "method": "POST"}))
    );
    let mut shown = made.body.clone();
    shown.as_object_mut().expect("an object").remove("_links");
    let user_type = shown["type"]["id"].as_str().expect("an id").to_owned();
    assert!(user_type.starts_with("oty") && user_type.len() == 20);
    let now = "2026-01-05T09:00:00.000Z";
    assert_eq!(
        shown,
        json!({
            "id": id,
            "status": "ACTIVE",
            "created": now,
            "activated": now,
            "statusChanged": now,
            "lastLogin": null,
            "lastUpdated": now,
            "passwordChanged": now,
            "type": {"id": user_type},
            "profile": {
                "login": "grace@example.com",
                "email": "grace@example.com",
                "firstName": "Test",
                "lastName": "User",
                "mobilePhone": null,
                "secondEmail": null,
            },
            "credentials": {"password": {}, "provider": {"type": "OKTA", "name": "OKTA"}},
        })
    );
    for name in [
        id.as_str(),
        "grace@example.com",
        "GRACE@example.com",
        "grace",
    ] {
        let found = api.get(&format!("/api/v1/users/{name}")).await;
        assert_eq!(found.body, made.body, "{name}");
        assert_eq!(found.headers["etag"], made.headers["etag"]);
    }
    let groups = api.get(&format!("/api/v1/users/{id}/groups")).await;
    assert_eq!(groups.body[0]["profile"]["name"], "Everyone");
    assert_eq!(groups.body.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn how_a_user_begins_is_up_to_the_request() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let password = json!({"password": {"value": PASSWORD}});
    let hash = json!({"password": {"hash": {
        "algorithm": "SHA-256", "value": "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=",
    }}});
    let social = json!({"provider": {"type": "SOCIAL", "name": "SOCIAL"}});
    for (index, (query, credentials, status, provider)) in [
        ("", json!({}), "PROVISIONED", "OKTA"),
        ("?activate=false", json!({}), "STAGED", "OKTA"),
        ("", password.clone(), "ACTIVE", "OKTA"),
        ("?activate=false", password.clone(), "STAGED", "OKTA"),
        (
            "?nextLogin=changePassword",
            password,
            "PASSWORD_EXPIRED",
            "OKTA",
        ),
        ("", hash, "ACTIVE", "IMPORT"),
        ("?provider=true", social, "ACTIVE", "SOCIAL"),
    ]
    .into_iter()
    .enumerate()
    {
        let body = json!({"profile": profile(&format!("user{index}")), "credentials": credentials});
        let made = api.post(&format!("/api/v1/users{query}"), body).await;
        assert_eq!(made.status, 200, "{query}: {}", made.body);
        assert_eq!(made.body["status"], status, "{query} {credentials}");
        assert_eq!(made.body["credentials"]["provider"]["type"], provider);
        let waits = status == "STAGED";
        assert_eq!(made.body["activated"].is_null(), waits, "{query}");
    }
}

#[tokio::test]
async fn somebody_without_a_password_is_invited_by_email() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = api
        .post("/api/v1/users", json!({"profile": profile("heidi")}))
        .await;
    assert_eq!(made.body["status"], "PROVISIONED");
    assert_eq!(made.body["credentials"].get("password"), None);
    let mut browser = org.browser();
    let inbox = browser
        .visit("http://localhost:7000/dev/inbox?to=heidi@example.com")
        .await;
    assert!(
        inbox.text().contains("Activate your Portico account"),
        "{}",
        inbox.text()
    );
}

#[expect(clippy::too_many_lines, reason = "a table")]
#[tokio::test]
async fn a_user_who_cannot_be_is_refused_and_leaves_nothing_behind() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let before = api.get("/api/v1/users").await.body;
    let whole = profile("ivan");
    let with = |name: &str, value: Value| {
        let mut profile = whole.clone();
        profile[name] = value;
        json!({"profile": profile})
    };
    let password = |value: Value| json!({"profile": whole, "credentials": {"password": value}});
    let groups: Vec<String> = (0..21).map(|number| format!("00g{number:017}")).collect();
    for (query, body, status, code, about) in [
        (
            "",
            json!({}),
            400,
            "E0000001",
            "login: The field cannot be left blank",
        ),
        ("", json!({"profile": null}), 400, "E0000001", ""),
        ("", json!({"profile": []}), 400, "E0000001", ""),
        (
            "",
            with("notValid", "x".into()),
            400,
            "E0000001",
            "Property name 'notValid' is not defined in profile",
        ),
        ("", with("firstName", "😀".into()), 400, "E0000001", ""),
        ("", with("lastName", json!({})), 400, "E0000001", ""),
        (
            "",
            with("login", "john.doe@example.com".into()),
            400,
            "E0000001",
            "login: An object with this field already exists in the current organization",
        ),
        (
            "",
            with("login", "JOHN.DOE@example.com".into()),
            400,
            "E0000001",
            "",
        ),
        ("", password(json!({"value": "short"})), 400, "E0000001", ""),
        ("", password(json!({"value": 7})), 400, "E0000001", ""),
        (
            "",
            password(json!({"hook": {"type": "default"}})),
            400,
            "E0000001",
            "",
        ),
        (
            "",
            password(json!({"hash": {"algorithm": "CRC32", "value": "AAAA"}})),
            400,
            "E0000001",
            "",
        ),
        (
            "",
            password(
                json!({"hash": {"algorithm": "BCRYPT", "value": "x", "salt": "y", "workFactor": 31}}),
            ),
            400,
            "E0000001",
            "",
        ),
        (
            "",
            password(json!({"hash": {"algorithm": "MD5", "value": "AAAA"}})),
            400,
            "E0000001",
            "",
        ),
        (
            "?nextLogin=changePassword",
            json!({"profile": whole}),
            400,
            "E0000124",
            "",
        ),
        (
            "?nextLogin=changePassword&activate=false",
            password(json!({"value": PASSWORD})),
            400,
            "E0000125",
            "",
        ),
        (
            "?nextLogin=now",
            json!({"profile": whole}),
            400,
            "E0000001",
            "",
        ),
        (
            "?activate=perhaps",
            json!({"profile": whole}),
            400,
            "E0000001",
            "",
        ),
        (
            "?provider=true",
            json!({"profile": whole}),
            400,
            "E0000001",
            "",
        ),
        (
            "",
            json!({"profile": whole, "groupIds": groups}),
            400,
            "E0000093",
            "",
        ),
        (
            "",
            json!({"profile": whole, "groupIds": ["00g1"]}),
            404,
            "E0000007",
            "",
        ),
        (
            "",
            json!({"profile": whole, "type": {"id": "oty1"}}),
            400,
            "E0000001",
            "",
        ),
    ] {
        let answer = api
            .post(&format!("/api/v1/users{query}"), body.clone())
            .await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert_eq!(answer.body["errorCode"], code, "{body}");
        if !about.is_empty() {
            assert!(answer.causes().contains(&about), "{body}: {}", answer.body);
        }
    }
    assert_eq!(api.get("/api/v1/users").await.body, before);
}

#[tokio::test]
async fn of_two_who_ask_for_one_login_at_once_one_gets_it() {
    let org = TestOrg::start().await;
    let (mut one, mut other) = (Api::admin(&org).await, Api::admin(&org).await);
    for round in 0..10 {
        let body = json!({"profile": profile(&format!("race{round}"))});
        let (a, b) = tokio::join!(
            one.post("/api/v1/users", body.clone()),
            other.post("/api/v1/users", body.clone())
        );
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400], "{} {}", a.body, b.body);
    }
}

#[tokio::test]
async fn the_first_delete_deactivates_and_the_second_deletes() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let path = path(&create(&mut api, "judy").await);
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.get(&path).await.body["status"], "DEPROVISIONED");
    assert_eq!(api.delete(&path).await.status, 204);
    let gone = api.get(&path).await;
    assert_eq!(gone.status, 404);
    let id = path.rsplit('/').next().expect("an id");
    assert_eq!(
        gone.body["errorSummary"],
        format!("Not found: Resource not found: {id} (User)")
    );
    assert_eq!(api.delete(&path).await.status, 404);
}

#[tokio::test]
async fn me_is_whoever_made_the_token() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let me = api.get("/api/v1/users/me").await;
    assert_eq!(me.body["profile"]["login"], "admin@example.com");
    let nobody = Api::nobody(&org).get("/api/v1/users/me").await;
    assert_eq!(nobody.status, 401);
}
