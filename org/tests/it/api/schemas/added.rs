//! Attributes that administrators add.

use super::super::Api;
use super::DEFAULT;
use crate::support::Authorize;
use crate::support::JOHN;
use crate::support::claims;
use crate::support::code_for;
use crate::support::redeem_at;
use serde_json::Value;
use serde_json::json;
use testkit::TestOrg;

const GROUP: &str = "/api/v1/meta/schemas/group/default";

fn custom(properties: Value) -> Value {
    json!({"definitions": {"custom": {"id": "#custom", "type": "object", "properties": properties}}})
}

fn seen_by_self(action: &str) -> Value {
    json!([{"principal": "SELF", "action": action}])
}

/// Attributes of each type.
fn added() -> Value {
    json!({
        "badge": {"title": "Badge", "type": "string", "minLength": 2, "maxLength": 8, "permissions": seen_by_self("READ_WRITE")},
        "level": {"title": "Level", "type": "integer"},
        "rate": {"title": "Rate", "type": "number", "permissions": seen_by_self("HIDE")},
        "remote": {"title": "Remote", "type": "boolean"},
        "size": {"title": "Size", "type": "string", "enum": ["S", "M"],
            "oneOf": [{"const": "S", "title": "Small"}, {"const": "M", "title": "Medium"}]},
        "teams": {"title": "Teams", "type": "array", "items": {"type": "string"}},
        "origin": {"title": "Origin", "type": "string", "default": "office"},
    })
}

const VALUES: &str = r#"{"badge": "A-17", "level": 4, "rate": 1.5, "remote": true, "size": "M", "teams": ["blue", "red"]}"#;

fn values() -> Value {
    serde_json::from_str(VALUES).expect("JSON")
}

async fn with_attributes(org: &TestOrg) -> Api {
    let mut api = Api::admin(org).await;
    let schema = api.post(DEFAULT, custom(added())).await;
    assert_eq!(schema.status, 200, "{}", schema.body);
    assert_eq!(api.get(DEFAULT).await.body, schema.body);
    let user = api
        .post(
            &format!("/api/v1/users/{JOHN}"),
            json!({"profile": values()}),
        )
        .await;
    assert_eq!(user.status, 200, "{}", user.body);
    for (name, value) in values().as_object().expect("values") {
        assert_eq!(&user.body["profile"][name], value, "{name}");
    }
    api
}

#[tokio::test]
async fn attributes_that_were_added_are_told_searched_for_and_changed_as_their_schema_says() {
    let org = TestOrg::start().await;
    let mut api = with_attributes(&org).await;
    let schema = api.get(DEFAULT).await.body;
    let badge = &schema["definitions"]["custom"]["properties"]["badge"];
    assert_eq!(
        *badge,
        json!({
            "title": "Badge", "type": "string", "minLength": 2, "maxLength": 8, "mutability": "READ_WRITE",
            "scope": "NONE", "master": {"type": "PROFILE_MASTER"}, "permissions": seen_by_self("READ_WRITE"),
        })
    );
    for (search, found) in [
        (r#"profile.badge sw "a-""#, 1),
        (r#"profile.badge eq "A-18""#, 0),
        ("profile.level gt 3", 1),
        ("profile.level gt 4", 0),
        ("profile.rate le 1.5", 1),
        ("profile.remote eq true", 1),
        ("profile.remote eq false", 0),
        (r#"profile.teams eq "red""#, 1),
        (r#"profile.teams eq "green""#, 0),
        (r#"profile.badge pr and profile.lastName eq "Doe""#, 1),
    ] {
        let query = url::form_urlencoded::byte_serialize(search.as_bytes()).collect::<String>();
        let users = api.get(&format!("/api/v1/users?search={query}")).await;
        let count = users.body.as_array().map(Vec::len);
        assert_eq!(count, Some(found), "{search}: {}", users.body);
    }
    let john = format!("/api/v1/users/{JOHN}");
    for (name, value) in [
        ("badge", json!("A")),
        ("badge", json!("A-1234567")),
        ("badge", json!(7)),
        ("level", json!(1.5)),
        ("level", json!("4")),
        ("remote", json!("yes")),
        ("size", json!("XL")),
        ("teams", json!("blue")),
        ("teams", json!([1])),
    ] {
        let answer = api.post(&john, json!({"profile": {name: value}})).await;
        assert_eq!(answer.status, 400, "{name}: {value}");
        let summary = format!("Api validation failed: {name}");
        assert_eq!(answer.body["errorSummary"], summary.as_str());
    }
    let unknown = api
        .post(&john, json!({"profile": {"badgeNumber": "7"}}))
        .await;
    assert_eq!(unknown.status, 400);

    let gone = api.post(DEFAULT, custom(json!({"badge": null}))).await;
    assert_eq!(gone.status, 200, "{}", gone.body);
    let user = api.get(&john).await.body;
    assert_eq!(
        (user["profile"].get("badge"), &user["profile"]["level"]),
        (None, &json!(4))
    );
    let again = api.post(DEFAULT, custom(json!({"badge": null}))).await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn an_attribute_that_was_added_is_in_claims_and_in_peoples_own_accounts_where_they_may_see_it()
 {
    let org = TestOrg::start().await;
    let mut api = with_attributes(&org).await;
    let claims_path = "/api/v1/authorizationServers/default/claims";
    for name in ["badge", "teams"] {
        let claim = json!({"name": name, "claimType": "RESOURCE", "valueType": "EXPRESSION", "value": format!("user.{name}")});
        let made = api.post(claims_path, claim).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico().at("default"), JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    let told = claims(&tokens["access_token"]);
    assert_eq!(
        (&told["badge"], &told["teams"]),
        (&json!("A-17"), &json!(["blue", "red"]))
    );

    let scopes = [
        "okta.myAccount.profile.read",
        "okta.myAccount.profile.manage",
    ];
    let token = org.access_token(JOHN, &scopes);
    let mut john = Api::nobody(&org).with_authorization(&format!("Bearer {token}"));
    let schema = john.get("/idp/myaccount/profile/schema").await.body;
    assert_eq!(
        schema["properties"]["badge"]["permissions"]["SELF"],
        "READ_WRITE"
    );
    assert_eq!(schema["properties"].get("rate"), None);
    let mut own = john.get("/idp/myaccount/profile").await.body["profile"].clone();
    assert_eq!((own.get("rate"), &own["level"]), (None, &json!(4)));
    own["badge"] = "B-1".into();
    let changed = john
        .put("/idp/myaccount/profile", json!({"profile": own}))
        .await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    own["level"] = 5.into();
    let refused = john
        .put("/idp/myaccount/profile", json!({"profile": own}))
        .await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    let user = api.get(&format!("/api/v1/users/{JOHN}")).await.body;
    assert_eq!(user["profile"]["badge"], "B-1");
    assert_eq!(user["profile"]["rate"], 1.5, "what they do not see stays");
}

#[tokio::test]
async fn a_new_user_needs_what_is_required_and_begins_with_what_is_usual() {
    let org = TestOrg::start().await;
    let mut api = with_attributes(&org).await;
    let required = custom(json!({"level": {"required": true}}));
    let schema = api.post(DEFAULT, required).await.body;
    assert_eq!(
        schema["definitions"]["custom"]["required"],
        json!(["level"])
    );
    let mut profile = crate::api::users::profile("new");
    let refused = api
        .post("/api/v1/users?activate=false", json!({"profile": profile}))
        .await;
    assert_eq!(refused.body["errorSummary"], "Api validation failed: level");
    profile["level"] = 1.into();
    let made = api
        .post("/api/v1/users?activate=false", json!({"profile": profile}))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(made.body["profile"]["origin"], "office");
}

#[tokio::test]
async fn an_attribute_that_cannot_be_is_refused() {
    let org = TestOrg::start().await;
    let mut api = with_attributes(&org).await;
    let text = json!({"title": "A", "type": "string"});
    let with = |name: &str, value: Value| {
        let mut text = text.clone();
        text[name] = value;
        text
    };
    for (name, definition) in [
        ("", text.clone()),
        ("a b", text.clone()),
        ("1st", text.clone()),
        ("a'b", text.clone()),
        ("login", text.clone()),
        ("FirstName", text.clone()),
        ("Badge", text.clone()),
        ("id", text.clone()),
        ("x", json!("string")),
        ("x", json!({"type": "string"})),
        ("x", with("type", json!("object"))),
        ("x", with("type", json!("array"))),
        ("x", with("items", json!({"type": "string"}))),
        ("x", with("minLength", json!(-1))),
        (
            "x",
            json!({"title": "A", "type": "string", "minLength": 3, "maxLength": 2}),
        ),
        (
            "x",
            json!({"title": "A", "type": "integer", "maxLength": 2}),
        ),
        ("x", with("enum", json!([]))),
        ("x", with("enum", json!(["a", "a"]))),
        ("x", with("enum", json!([1]))),
        (
            "x",
            json!({"title": "A", "type": "string", "enum": ["a"], "oneOf": [{"const": "b", "title": "B"}]}),
        ),
        ("x", with("default", json!(1))),
        ("x", with("unique", json!("UNIQUE_VALIDATED"))),
        (
            "x",
            with(
                "permissions",
                json!([{"principal": "ALL", "action": "HIDE"}]),
            ),
        ),
        ("badge", json!({"type": "integer"})),
    ] {
        let answer = api.post(DEFAULT, custom(json!({name: definition}))).await;
        assert_eq!(answer.status, 400, "{name}: {definition}: {}", answer.body);
    }
    let schema = api.get(DEFAULT).await.body;
    assert_eq!(
        api.post(DEFAULT, schema.clone()).await.status,
        200,
        "as it is"
    );
    let mut changed = schema;
    changed["definitions"]["base"]["properties"]["city"]["maxLength"] = 7.into();
    let answer = api.post(DEFAULT, changed).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.body["errorCode"]),
        (501, &json!("E0000060"))
    );
}

#[tokio::test]
async fn groups_have_added_attributes_as_well() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let added = json!({"costCenter": {"title": "Cost center", "type": "string"}, "head": {"title": "Head", "type": "integer"}});
    let schema = api.post(GROUP, custom(added)).await;
    assert_eq!(schema.status, 200, "{}", schema.body);
    let group = |profile: Value| json!({"profile": profile});
    let made = api
        .post(
            "/api/v1/groups",
            group(json!({"name": "Sales", "costCenter": "C7", "head": 3})),
        )
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(
        made.body["profile"],
        json!({"name": "Sales", "description": "", "costCenter": "C7", "head": 3})
    );
    let found = api
        .get("/api/v1/groups?search=profile.costCenter+eq+%22c7%22")
        .await;
    assert_eq!(
        found.body.as_array().map(Vec::len),
        Some(1),
        "{}",
        found.body
    );
    let own = format!(
        "/api/v1/groups/{}",
        made.body["id"].as_str().expect("an id")
    );
    for wrong in [
        json!({"name": "Sales", "head": "x"}),
        json!({"name": "Sales", "other": "x"}),
    ] {
        assert_eq!(api.put(&own, group(wrong)).await.status, 400);
    }
    let changed = api
        .put(&own, group(json!({"name": "Sales", "head": 4})))
        .await;
    assert_eq!(
        changed.body["profile"],
        json!({"name": "Sales", "description": "", "head": 4})
    );
    let gone = api.post(GROUP, custom(json!({"head": null}))).await;
    assert_eq!(gone.status, 200, "{}", gone.body);
    assert_eq!(
        api.get(&own).await.body["profile"],
        json!({"name": "Sales", "description": ""})
    );
}
