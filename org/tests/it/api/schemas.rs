//! What profiles consist of, by the management API.

mod added;

use serde_json::{Value, json};
use testkit::{ORG_URL, TestOrg};

use super::Api;

const DEFAULT: &str = "/api/v1/meta/schemas/user/default";

/// The base attributes of Okta's users.
const BASE: [&str; 31] = [
    "login",
    "email",
    "secondEmail",
    "firstName",
    "lastName",
    "middleName",
    "honorificPrefix",
    "honorificSuffix",
    "title",
    "displayName",
    "nickName",
    "profileUrl",
    "primaryPhone",
    "mobilePhone",
    "streetAddress",
    "city",
    "state",
    "zipCode",
    "countryCode",
    "postalAddress",
    "preferredLanguage",
    "locale",
    "timezone",
    "userType",
    "employeeNumber",
    "costCenter",
    "organization",
    "division",
    "department",
    "manager",
    "managerId",
];

#[tokio::test]
async fn the_schema_of_users_has_the_31_base_attributes_and_no_other() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let schema = api.get(DEFAULT).await.body;
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-04/schema#");
    assert_eq!(schema["type"], "object");
    assert_eq!(schema["created"], "2026-01-05T09:00:00.000Z");
    let base = &schema["definitions"]["base"];
    assert_eq!(base["id"], "#base");
    assert_eq!(
        base["required"],
        json!(["login", "email", "firstName", "lastName"])
    );
    let properties = base["properties"].as_object().expect("attributes");
    assert_eq!(properties.len(), BASE.len());
    for name in BASE {
        assert_eq!(properties[name]["type"], "string", "{name}");
    }
    assert_eq!(
        properties["login"],
        json!({
            "title": "Username", "type": "string", "required": true, "mutability": "READ_WRITE", "scope": "NONE",
            "minLength": 5, "maxLength": 100, "master": {"type": "PROFILE_MASTER"},
            "permissions": [{"principal": "SELF", "action": "READ_ONLY"}],
        })
    );
    assert_eq!(properties["email"]["format"], "email");
    assert_eq!(properties["postalAddress"]["maxLength"], 4096);
    assert_eq!(properties["division"].get("maxLength"), None);
    assert_eq!(schema["definitions"]["custom"]["properties"], json!({}));
    assert_eq!(
        schema["properties"]["profile"]["allOf"],
        json!([{"$ref": "#/definitions/custom"}, {"$ref": "#/definitions/base"}])
    );
}

#[tokio::test]
async fn the_schema_has_one_id_and_no_other_is_found() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let schema = api.get(DEFAULT).await.body;
    let user = api.get("/api/v1/users/john.doe@example.com").await.body;
    let named = user["_links"]["schema"]["href"].as_str().expect("a schema");
    assert_eq!(schema["_links"]["self"]["href"], named);
    let id = named.rsplit('/').next().expect("an id");
    assert!(id.starts_with("osc"), "{id}");
    assert_eq!(
        schema["id"],
        format!("{ORG_URL}/meta/schemas/user/{id}").as_str()
    );
    assert_eq!(api.get(named).await.body, schema);
    let other = api.get("/api/v1/meta/schemas/user/osc1").await;
    assert_eq!(
        (other.status.as_u16(), &other.body["errorCode"]),
        (404, &json!("E0000007"))
    );
}

#[tokio::test]
async fn people_may_change_by_the_schema_what_they_may_change_of_their_account() {
    let org = TestOrg::start().await;
    let schema = Api::admin(&org).await.get(DEFAULT).await.body;
    let token = org.access_token("john.doe@example.com", &["okta.myAccount.profile.read"]);
    let mut john = Api::nobody(&org).with_authorization(&format!("Bearer {token}"));
    let own = john.get("/idp/myaccount/profile/schema").await.body;
    for name in BASE {
        let attribute = &schema["definitions"]["base"]["properties"][name];
        let theirs = &own["properties"][name]["permissions"]["SELF"];
        assert!(theirs.is_string(), "{name}: {own}");
        assert_eq!(attribute["permissions"][0]["action"], *theirs, "{name}");
    }
}

#[tokio::test]
async fn what_the_schema_says_of_lengths_is_what_users_are_held_to() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let schema = api.get(DEFAULT).await.body;
    let properties = schema["definitions"]["base"]["properties"]
        .as_object()
        .expect("attributes");
    let user = "/api/v1/users/john.doe@example.com";
    let mut limited = 0;
    for (name, attribute) in properties {
        let plain = !["login", "email", "secondEmail"].contains(&name.as_str());
        let Some(most) = attribute["maxLength"].as_u64().filter(|_| plain) else {
            continue;
        };
        limited += 1;
        for (length, status) in [(most, 200), (most + 1, 400)] {
            let text = "x".repeat(usize::try_from(length).expect("a length"));
            let answer = api.post(user, json!({"profile": {name: text}})).await;
            assert_eq!(answer.status, status, "{name}: {}", answer.body);
        }
    }
    assert_eq!(limited, 11);
}

#[tokio::test]
async fn the_schema_of_groups_has_a_name_and_a_description() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let path = "/api/v1/meta/schemas/group/default";
    let schema = api.get(path).await.body;
    assert_eq!(schema["name"], "group");
    assert_eq!(
        schema["_links"]["self"]["href"],
        format!("{ORG_URL}{path}").as_str()
    );
    let base = &schema["definitions"]["base"];
    let names: Vec<&String> = base["properties"]
        .as_object()
        .expect("attributes")
        .keys()
        .collect();
    assert_eq!(names, ["description", "name"]);
    assert_eq!(base["required"], json!(["name"]));
    assert_eq!(base["properties"]["name"]["maxLength"], 255);
    let links = api.get("/api/v1/meta/schemas/user/linkedObjects").await;
    assert_eq!(
        (links.status.as_u16(), links.body),
        (200, Value::from(Vec::<Value>::new()))
    );
}
