use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::super::brand_of;
use super::super::view::target;
use super::page::changeable;
use super::record::{Kind, Variant, delete_page, find_page, put_page};
use crate::Org;
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};

/// Where people are when they have signed out, as it is sent.
#[derive(Debug, Deserialize)]
pub(super) struct HostedPage {
    #[serde(rename = "type")]
    kind: HostedPageType,
    url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum HostedPageType {
    OktaDefault,
    ExternallyHosted,
}

/// More than any address that is meant.
const LENGTH: usize = 2000;

impl HostedPage {
    /// The address elsewhere; none for the org's own page.
    fn checked(self) -> Result<Option<String>, ApiError> {
        if self.kind == HostedPageType::OktaDefault {
            return Ok(None);
        }
        let is_web = |text: &String| {
            text.len() <= LENGTH
                && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        };
        let address = self.url.filter(is_web);
        address.map(Some).ok_or_else(|| {
            ApiError::invalid("url", "The address must begin with http:// or https://")
        })
    }
}

fn own_page() -> Value {
    json!({"type": "OKTA_DEFAULT"})
}

/// `GET /api/v1/brands/{brandId}/pages/sign-out/customized`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    org.store().read(|db| Ok(brand_of(db, &id)))??;
    let page = org
        .store()
        .read(|db| find_page(db, &id, Kind::SignOut, Variant::Customized))?;
    Ok(Json(page.unwrap_or_else(own_page)))
}

/// `PUT /api/v1/brands/{brandId}/pages/sign-out/customized`. The page of the default brand stays the org's own.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<HostedPage>,
) -> Result<Json<Value>, ApiError> {
    let elsewhere = body.checked()?;
    change
        .run(move |writing| {
            let brand = changeable(writing.db, &id)?;
            let page = match elsewhere {
                None => {
                    delete_page(writing.db, &brand.id, Kind::SignOut, Variant::Customized)?;
                    own_page()
                }
                Some(url) => {
                    let page = json!({"type": "EXTERNALLY_HOSTED", "url": url});
                    let (kind, variant) = (Kind::SignOut, Variant::Customized);
                    put_page(writing.db, &brand.id, kind, variant, &page)?;
                    page
                }
            };
            writing.log(Event::of(EventType::BrandUpdate).to(target(&brand)))?;
            Ok(Json(page))
        })
        .await
}
