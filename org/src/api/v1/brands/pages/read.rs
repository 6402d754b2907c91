use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::super::brand_of;
use super::record::{Kind, Variant, find_page};
use crate::Org;
use crate::api::{ApiError, Path};

/// What a customized sign-in page may begin as: the places that Okta fills in, and nothing else.
const SIGN_IN: &str = "<!DOCTYPE html>\n<html>\n<head>\n<title>{{pageTitle}}</title>\n{{{SignInWidgetResources}}}\n</head>\n\
     <body>\n<div id=\"okta-login-container\"></div>\n{{{OktaUtil}}}\n</body>\n</html>\n";

/// The same of an error page.
const ERROR: &str = "<!DOCTYPE html>\n<html>\n<head>\n<title>{{{errorSummary}}}</title>\n</head>\n\
     <body>\n<h1>{{{errorSummary}}}</h1>\n<p>{{{errorDescription}}}</p>\n</body>\n</html>\n";

/// `GET /api/v1/brands/{brandId}/pages/{kind}/{variant}`.
pub(super) fn get(
    org: &Org,
    brand: &str,
    kind: Kind,
    variant: Variant,
) -> Result<Json<Value>, ApiError> {
    let brand = org.store().read(|db| Ok(brand_of(db, brand)))??;
    let page = org
        .store()
        .read(|db| find_page(db, &brand.id, kind, variant))?;
    page.map(Json)
        .ok_or_else(|| missing(&brand.id, kind, variant))
}

/// The error of a page that was not customized.
pub(super) fn missing(brand: &str, kind: Kind, variant: Variant) -> ApiError {
    let page = format!("{brand}/pages/{}/{}", kind.as_str(), variant.as_str());
    ApiError::not_found("Page", &page)
}

/// `GET /api/v1/brands/{brandId}/pages/sign-in/default`.
pub(super) async fn default_sign_in(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| Ok(brand_of(db, &id)))??;
    Ok(Json(json!({
        "pageContent": SIGN_IN,
        "widgetVersion": "*",
        "widgetCustomizations": {
            "signInLabel": "Sign in",
            "usernameLabel": "Username",
            "passwordLabel": "Password",
            "showPasswordVisibilityToggle": true,
            "showUserIdentifier": true,
            "widgetGeneration": "G3",
        },
    })))
}

/// `GET /api/v1/brands/{brandId}/pages/error/default`.
pub(super) async fn default_error(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| Ok(brand_of(db, &id)))??;
    Ok(Json(json!({"pageContent": ERROR})))
}
