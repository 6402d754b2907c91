use axum::Json;
use serde_json::{Value, json};

/// `GET /idp/myaccount/okta-applications`: none of Okta's own apps is here, such as its dashboard.
pub(super) async fn list() -> Json<Value> {
    Json(json!([]))
}
