//! What Okta's clients rely on in every answer, whatever step it is of.

use serde_json::{Map, Value, json};

/// Members of an answer that Okta sends.
const KNOWN: [&str; 18] = [
    "version",
    "stateHandle",
    "expiresAt",
    "intent",
    "step",
    "user",
    "cancel",
    "app",
    "remediation",
    "messages",
    "currentAuthenticator",
    "currentAuthenticatorEnrollment",
    "enrollmentAuthenticator",
    "recoveryAuthenticator",
    "authenticators",
    "authenticatorEnrollments",
    "webauthnAutofillUIChallenge",
    "successWithInteractionCode",
];

pub(super) fn check_shape(answer: &Value) {
    let members = answer.as_object().expect("an object");
    assert_eq!(answer["version"], "1.0.0");
    for (name, member) in members {
        assert!(
            KNOWN.contains(&name.as_str()),
            "{name} is nothing of Okta's"
        );
        check_member(name, member);
    }
    let state_handle = &answer["stateHandle"];
    let forms = answer["remediation"]["value"].as_array();
    for form in forms.into_iter().flatten() {
        check_form(form, state_handle);
        check_paths(form, answer);
    }
    if let Some(cancel) = members.get("cancel") {
        check_form(cancel, state_handle);
    }
}

fn check_member(name: &str, member: &Value) {
    match member {
        Value::Object(content) if content.contains_key("rel") => {}
        Value::Object(content) => {
            let expected = match name {
                "remediation" | "messages" | "authenticators" | "authenticatorEnrollments" => {
                    json!("array")
                }
                _ => json!("object"),
            };
            assert_eq!(content["type"], expected, "{name}");
            let is_array = content["value"].is_array();
            assert_eq!(is_array, expected == "array", "{name}");
            assert!(is_array || content["value"].is_object(), "{name}");
        }
        other => assert!(other.is_string(), "{name}: {other}"),
    }
    assert_no_null(name, member);
}

/// Clients walk through everything and look into each member.
fn assert_no_null(name: &str, value: &Value) {
    match value {
        Value::Null => panic!("{name} is null"),
        Value::Object(members) => members
            .iter()
            .for_each(|(inner, value)| assert_no_null(&format!("{name}.{inner}"), value)),
        Value::Array(members) => members
            .iter()
            .for_each(|value| assert_no_null(&format!("{name}[]"), value)),
        _ => {}
    }
}

fn check_form(form: &Value, state_handle: &Value) {
    let members: &Map<String, Value> = form.as_object().expect("a form");
    for name in [
        "rel", "name", "href", "method", "produces", "accepts", "value",
    ] {
        assert!(members.contains_key(name), "{name} in {form}");
    }
    assert_eq!(form["rel"], json!(["create-form"]));
    assert_eq!(form["method"], "POST");
    assert_eq!(form["produces"], "application/ion+json; okta-version=1.0.0");
    assert_eq!(form["accepts"], "application/json; okta-version=1.0.0");
    let href = form["href"].as_str().expect("an address");
    assert!(href.starts_with("http://localhost:7000/idp/idx/"), "{href}");
    let expected = json!({
        "name": "stateHandle",
        "required": true,
        "value": state_handle,
        "visible": false,
        "mutable": false,
    });
    let fields = form["value"].as_array().expect("fields");
    assert!(fields.contains(&expected), "the state handle in {form}");
}

/// Every `relatesTo` leads to something.
fn check_paths(value: &Value, answer: &Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if name == "relatesTo" {
                    let paths = member.as_array().cloned();
                    for path in paths.unwrap_or_else(|| vec![member.clone()]) {
                        let path = path.as_str().expect("a path");
                        let found = answer.pointer(&pointer(path));
                        assert!(found.is_some_and(Value::is_object), "{path} in {answer:#}");
                    }
                } else {
                    check_paths(member, answer);
                }
            }
        }
        Value::Array(members) => members
            .iter()
            .for_each(|member| check_paths(member, answer)),
        _ => {}
    }
}

/// `$.authenticators.value[0]` as a JSON pointer.
fn pointer(path: &str) -> String {
    let path = path.strip_prefix('$').expect("a path from the top");
    path.replace(['.', '['], "/").replace(']', "")
}
