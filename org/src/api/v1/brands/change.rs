use axum::Json;
use http::StatusCode;
use model::ErrorCode;
use serde_json::Value;

use super::body::{BrandBody, check_name};
use super::brand_of;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::branding::{Brand, Theme, delete_brand, list_brands, put_brand};
use crate::events::{Event, EventType};
use crate::wire_id::wire_id;

/// Okta's limit.
const MOST: usize = 200;

/// `POST /api/v1/brands`. Its theme is Okta's until somebody changes it.
pub(super) async fn create(
    change: Change,
    Body(body): Body<BrandBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let (name, settings) = body.checked()?;
    change
        .run(move |writing| {
            check_name(writing.db, &name, "")?;
            if list_brands(writing.db)?.len() >= MOST {
                return Err(ApiError::invalid("name", "The org has 200 brands"));
            }
            let brand = Brand {
                id: wire_id("bnd", writing.entropy),
                name,
                is_default: false,
                settings,
                theme_id: wire_id("the", writing.entropy),
                theme: Theme::default(),
                created_at: writing.now,
            };
            put_brand(writing.db, &brand)?;
            writing.log(Event::of(EventType::BrandCreate).to(target(&brand)))?;
            Ok((StatusCode::CREATED, Json(view(&brand, writing.url))))
        })
        .await
}

/// `PUT /api/v1/brands/{brandId}`.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<BrandBody>,
) -> Result<Json<Value>, ApiError> {
    let (name, settings) = body.checked()?;
    change
        .run(move |writing| {
            let before = brand_of(writing.db, &id)?;
            check_name(writing.db, &name, &before.id)?;
            let brand = Brand {
                name,
                settings,
                ..before
            };
            put_brand(writing.db, &brand)?;
            writing.log(Event::of(EventType::BrandUpdate).to(target(&brand)))?;
            Ok(Json(view(&brand, writing.url)))
        })
        .await
}

/// `DELETE /api/v1/brands/{brandId}`. The default one stays.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let brand = brand_of(writing.db, &id)?;
            if brand.is_default {
                return Err(ApiError::new(ErrorCode::DefaultBrandStays));
            }
            delete_brand(writing.db, &brand.id)?;
            writing.log(Event::of(EventType::BrandDelete).to(target(&brand)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
