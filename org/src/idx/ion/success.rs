use http::StatusCode;
use serde_json::{Value, json};

use super::document::{Document, set};
use super::field::Field;
use crate::apps::App;
use crate::handle::Handle;

/// The answer at the end: a code that the app exchanges for tokens at `token_endpoint`.
pub(in crate::idx) fn success(
    document: &Document<'_>,
    app: &App,
    token_endpoint: &str,
    code: &Handle,
) -> (StatusCode, Value) {
    let proof = if app.token_endpoint_auth_method.is_confidential() {
        "client_secret"
    } else {
        "code_verifier"
    };
    let given = |name: &str, value: &str| Field::new(name).with_value(value).required();
    let issue = json!({
        "rel": ["create-form"],
        "name": "issue",
        "href": token_endpoint,
        "method": "POST",
        "value": [
            given("grant_type", "interaction_code"),
            given("interaction_code", code.expose()),
            given("client_id", app.id.as_str()),
            Field::new(proof).required(),
        ],
        "accepts": "application/x-www-form-urlencoded",
    });
    let mut body = document.envelope();
    set(&mut body, "successWithInteractionCode", issue);
    (StatusCode::OK, Value::Object(body))
}
