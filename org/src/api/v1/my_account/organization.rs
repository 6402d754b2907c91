use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::Org;
use crate::api::ApiError;
use crate::settings::find_general;

/// `GET /idp/myaccount/organization`.
pub(super) async fn get(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    let general = org.store().read(find_general)?.general;
    let mut body = json!({
        "name": general.company_name.as_deref().unwrap_or(crate::branding::NAME),
        "url": org.url().as_str(),
        "_links": {"self": {
            "href": org.url().to("/idp/myaccount/organization"),
            "hints": {"allow": ["GET"]},
        }},
    });
    if let Some(help) = general.end_user_support_help_url {
        body["helpLink"] = help.into();
    }
    Ok(Json(body))
}
