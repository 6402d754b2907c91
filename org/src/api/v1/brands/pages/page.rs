use axum::Json;
use http::StatusCode;
use model::ErrorCode;
use rusqlite::Connection;
use serde_json::Value;

use super::super::brand_of;
use super::super::view::target;
use super::body::PageBody;
use super::read::missing;
use super::record::{Kind, Variant, delete_page, put_page};
use crate::api::{ApiError, Change};
use crate::branding::Brand;
use crate::events::{Event, EventType};

/// `PUT /api/v1/brands/{brandId}/pages/{kind}/{variant}`.
pub(super) async fn replace(
    change: Change,
    brand: String,
    kind: Kind,
    variant: Variant,
    body: PageBody,
) -> Result<Json<Value>, ApiError> {
    let page = body.checked(kind)?;
    change
        .run(move |writing| {
            let brand = changeable(writing.db, &brand)?;
            put_page(writing.db, &brand.id, kind, variant, &page)?;
            writing.log(Event::of(event(kind)).to(target(&brand)))?;
            Ok(Json(page))
        })
        .await
}

/// `DELETE /api/v1/brands/{brandId}/pages/{kind}/{variant}`.
pub(super) async fn delete(
    change: Change,
    brand: String,
    kind: Kind,
    variant: Variant,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let brand = changeable(writing.db, &brand)?;
            if !delete_page(writing.db, &brand.id, kind, variant)? {
                return Err(missing(&brand.id, kind, variant));
            }
            writing.log(Event::of(event(kind)).to(target(&brand)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// A brand whose pages may be changed, else `E0000213`.
pub(super) fn changeable(db: &Connection, id: &str) -> Result<Brand, ApiError> {
    let brand = brand_of(db, id)?;
    if brand.is_default {
        return Err(ApiError::new(ErrorCode::DefaultBrandContent));
    }
    Ok(brand)
}

/// Okta's catalogue has an event of sign-in pages alone; other pages are part of the brand.
const fn event(kind: Kind) -> EventType {
    match kind {
        Kind::SignIn => EventType::SignInPageUpdate,
        Kind::SignOut | Kind::Error => EventType::BrandUpdate,
    }
}
