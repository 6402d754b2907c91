//! Bodies that nobody sends who means well, to every operation that changes something.

use std::collections::BTreeMap;

use http::Method;
use org::ApiOperation;
use serde_json::{Value, json};
use testkit::TestOrg;

use super::{Answer, Api};

/// What is in place of the parameters of paths: things that exist, so that the body is read.
pub(super) async fn parameters(api: &mut Api) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    for (name, path, pointer) in [
        ("id", "/api/v1/users/john.doe@example.com", "/id"),
        ("userId", "/api/v1/users/john.doe@example.com", "/id"),
        (
            "groupId",
            "/api/v1/groups?filter=type%20eq%20%22OKTA_GROUP%22",
            "/0/id",
        ),
        ("appId", "/api/v1/apps", "/0/id"),
        ("policyId", "/api/v1/policies?type=ACCESS_POLICY", "/0/id"),
        ("authenticatorId", "/api/v1/authenticators", "/0/id"),
        ("authServerId", "/api/v1/authorizationServers", "/0/id"),
        ("brandId", "/api/v1/brands", "/0/id"),
    ] {
        let answer = api.get(path).await;
        let id = answer.body.pointer(pointer).and_then(Value::as_str);
        found.insert(
            name,
            id.unwrap_or_else(|| panic!("{path}: {}", answer.body))
                .to_owned(),
        );
    }
    let rules = api
        .get(&format!("/api/v1/policies/{}/rules", found["policyId"]))
        .await;
    found.insert(
        "ruleId",
        rules.body[0]["id"].as_str().expect("a rule").to_owned(),
    );
    let themes = api
        .get(&format!("/api/v1/brands/{}/themes", found["brandId"]))
        .await;
    found.insert(
        "themeId",
        themes.body[0]["id"].as_str().expect("a theme").to_owned(),
    );
    found
}

pub(super) fn address(operation: &ApiOperation, parameters: &BTreeMap<&str, String>) -> String {
    let segment = |segment: &str| match segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        Some(name) => parameters
            .get(name)
            .cloned()
            .unwrap_or_else(|| "none".to_owned()),
        None => segment.to_owned(),
    };
    let segments: Vec<String> = operation.path.split('/').map(segment).collect();
    segments.join("/")
}

/// Texts that are no JSON, or say a thing twice, or hold what cannot be stored: no operation that reads its body takes one.
fn unreadable() -> Vec<String> {
    let mut bodies: Vec<String> = [
        "{",
        "}",
        "{}{}",
        "{'a':1}",
        "{\"a\":}",
        "{\"a\":1,}",
        "[1,]",
        "nul",
        "NaN",
        "Infinity",
        "0x10",
        "\"",
        "\"\\x\"",
        "\"\\ud800\"",
        "{\"a\":\"\\udfff\"}",
        "{\"a\":1,\"a\":2}",
        "{\"profile\":{\"login\":\"a\",\"login\":\"b\"}}",
        "\u{feff}{}",
        "<a/>",
        "a=1&b=2",
        "null",
        "true",
        "1",
        "\"text\"",
        "1e400",
        "-",
        "{\"a\":\"\u{1}\"}",
        "{\"profile\":{\"name\":\"\\u0000\"}}",
        "{\"profile\":{\"name\":\"😀\"}}",
        "{\"😀\":1}",
        "{\"name\":\"\\ud83d\\ude00\"}",
        "{\"a\":[{\"b\":\"\\u0000\"}]}",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    for depth in [129, 1_000, 10_000, 30_000] {
        bodies.push("[".repeat(depth));
        bodies.push("{\"a\":".repeat(depth));
        bodies.push(format!("{}1{}", "[".repeat(depth), "]".repeat(depth)));
        bodies.push(format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)));
    }
    bodies.push(format!("{{\"name\":\"{}\"}}", "x".repeat(3 * 1024 * 1024)));
    bodies
}

/// The fields that operations read somewhere.
const FIELDS: [&str; 26] = [
    "profile",
    "credentials",
    "name",
    "type",
    "status",
    "conditions",
    "actions",
    "settings",
    "label",
    "signOnMode",
    "priority",
    "groupIds",
    "id",
    "scopes",
    "origin",
    "audiences",
    "description",
    "key",
    "value",
    "password",
    "oldPassword",
    "factorType",
    "provider",
    "username",
    "use",
    "embeddedSignInSupport",
];

/// JSON whose fields are of other types than any operation expects, or of sizes that none allows.
fn absurd() -> Vec<Value> {
    let long = "x".repeat(10_000);
    let values = [
        json!(null),
        json!(-1),
        json!(1.5),
        json!(9_007_199_254_740_993_u64),
        json!(""),
        json!(long),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({"a": {"b": [null]}}),
        json!("<script>"),
        json!("'; DROP TABLE users; --"),
        json!("../../etc/passwd"),
        json!("\u{202e}\u{feff}"),
    ];
    let mut bodies = Vec::new();
    for field in FIELDS {
        for value in &values {
            bodies.push(json!({field: value}));
        }
    }
    bodies
}

fn expect_no_failure(operation: &ApiOperation, body: &str, answer: &Answer) {
    let body: String = body.chars().take(80).collect();
    assert!(
        answer.status.as_u16() < 500,
        "{} {body}: {} {}",
        operation.id,
        answer.status,
        answer.body
    );
    if answer.status.is_client_error() {
        let code = answer.body["errorCode"]
            .as_str()
            .or(answer.body["error"].as_str());
        assert!(
            code.is_some_and(|code| code != "E0000009"),
            "{} {body}: {}",
            operation.id,
            answer.body
        );
    }
}

#[tokio::test]
async fn four_hundred_hostile_bodies_fail_no_operation_and_unreadable_ones_change_nothing() {
    let (unreadable, absurd) = (unreadable(), absurd());
    assert!(unreadable.len() + absurd.len() >= 400);
    let first = TestOrg::start().await;
    let writes = |operation: &ApiOperation| {
        [Method::POST, Method::PUT, Method::PATCH].contains(&operation.method)
    };
    for operation in first.org().api_operations().into_iter().filter(writes) {
        let org = TestOrg::start().await;
        let mut api = Api::admin(&org).await;
        let parameters = parameters(&mut api).await;
        let path = address(&operation, &parameters);
        let reads_body = {
            let answer = api
                .call_with_text(operation.method.clone(), &path, Some("{".to_owned()))
                .await;
            answer.body["errorCode"] == "E0000003"
        };
        for body in &unreadable {
            let answer = api
                .call_with_text(operation.method.clone(), &path, Some(body.clone()))
                .await;
            expect_no_failure(&operation, body, &answer);
            let text: String = body.chars().take(80).collect();
            assert!(
                !reads_body || answer.status.is_client_error(),
                "{} took {text}",
                operation.id
            );
        }
        for body in &absurd {
            let answer = api
                .call_with_text(operation.method.clone(), &path, Some(body.to_string()))
                .await;
            expect_no_failure(&operation, &body.to_string(), &answer);
        }
    }
}
