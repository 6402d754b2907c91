use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;

use super::brand_of;
use super::view::{target, theme_view};
use crate::Org;
use crate::api::{ApiError, Body, Change, Listing, Path};
use crate::branding::{Brand, Colour, Theme, put_brand};
use crate::events::{Event, EventType};

/// A theme as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ThemeBody {
    primary_color_hex: Option<String>,
    primary_color_contrast_hex: Option<String>,
    secondary_color_hex: Option<String>,
    secondary_color_contrast_hex: Option<String>,
    sign_in_page_touch_point_variant: Option<String>,
    end_user_dashboard_touch_point_variant: Option<String>,
    error_page_touch_point_variant: Option<String>,
    email_template_touch_point_variant: Option<String>,
    loading_page_touch_point_variant: Option<String>,
}

fn colour(field: &str, sent: Option<String>) -> Result<Option<Colour>, ApiError> {
    sent.map(Colour::try_from)
        .transpose()
        .map_err(|error| ApiError::invalid(field, &error.to_string()))
}

fn variant(field: &str, sent: Option<String>, known: &[&str]) -> Result<String, ApiError> {
    match sent {
        Some(sent) if known.contains(&sent.as_str()) => Ok(sent),
        Some(_) => Err(ApiError::invalid(
            field,
            &format!("The variant is one of {}", known.join(", ")),
        )),
        None => Err(ApiError::invalid(field, "The field cannot be left blank")),
    }
}

const PAGES: [&str; 3] = [
    "OKTA_DEFAULT",
    "BACKGROUND_SECONDARY_COLOR",
    "BACKGROUND_IMAGE",
];
const DASHBOARD: [&str; 4] = [
    "OKTA_DEFAULT",
    "WHITE_LOGO_BACKGROUND",
    "FULL_THEME",
    "LOGO_ON_FULL_WHITE_BACKGROUND",
];
const EMAIL: [&str; 2] = ["OKTA_DEFAULT", "FULL_THEME"];
const LOADING: [&str; 2] = ["OKTA_DEFAULT", "NONE"];

impl ThemeBody {
    /// The whole theme. Text on a colour that could not be read becomes black or white.
    fn checked(self) -> Result<Theme, ApiError> {
        let missing = |field: &str| ApiError::invalid(field, "The field cannot be left blank");
        let primary = colour("primaryColorHex", self.primary_color_hex)?
            .ok_or_else(|| missing("primaryColorHex"))?;
        let secondary = colour("secondaryColorHex", self.secondary_color_hex)?
            .ok_or_else(|| missing("secondaryColorHex"))?;
        let on_primary = colour("primaryColorContrastHex", self.primary_color_contrast_hex)?;
        let on_secondary = colour(
            "secondaryColorContrastHex",
            self.secondary_color_contrast_hex,
        )?;
        Ok(Theme {
            primary_color_contrast_hex: primary.text_on_it(on_primary),
            secondary_color_contrast_hex: secondary.text_on_it(on_secondary),
            primary_color_hex: primary,
            secondary_color_hex: secondary,
            sign_in_page_touch_point_variant: variant(
                "signInPageTouchPointVariant",
                self.sign_in_page_touch_point_variant,
                &PAGES,
            )?,
            end_user_dashboard_touch_point_variant: variant(
                "endUserDashboardTouchPointVariant",
                self.end_user_dashboard_touch_point_variant,
                &DASHBOARD,
            )?,
            error_page_touch_point_variant: variant(
                "errorPageTouchPointVariant",
                self.error_page_touch_point_variant,
                &PAGES,
            )?,
            email_template_touch_point_variant: variant(
                "emailTemplateTouchPointVariant",
                self.email_template_touch_point_variant,
                &EMAIL,
            )?,
            loading_page_touch_point_variant: match self.loading_page_touch_point_variant {
                None => "OKTA_DEFAULT".to_owned(),
                sent => variant("loadingPageTouchPointVariant", sent, &LOADING)?,
            },
        })
    }
}

fn check_theme(brand: &Brand, theme: &str) -> Result<(), ApiError> {
    if brand.theme_id == theme {
        Ok(())
    } else {
        Err(ApiError::not_found("Theme", theme))
    }
}

/// `GET /api/v1/brands/{brandId}/themes`: each brand has one.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let brand = org.store().read(|db| Ok(brand_of(db, &id)))??;
    Ok(listing.whole(vec![theme_view(&brand, org.url())]))
}

/// `GET /api/v1/brands/{brandId}/themes/{themeId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path((id, theme)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let brand = org.store().read(|db| Ok(brand_of(db, &id)))??;
    check_theme(&brand, &theme)?;
    Ok(Json(theme_view(&brand, org.url())))
}

/// `PUT /api/v1/brands/{brandId}/themes/{themeId}`.
pub(super) async fn replace(
    change: Change,
    Path((id, theme)): Path<(String, String)>,
    Body(body): Body<ThemeBody>,
) -> Result<Json<Value>, ApiError> {
    let wanted = body.checked()?;
    change
        .run(move |writing| {
            let before = brand_of(writing.db, &id)?;
            check_theme(&before, &theme)?;
            let brand = Brand {
                theme: wanted,
                ..before
            };
            put_brand(writing.db, &brand)?;
            writing.log(Event::of(EventType::ThemeUpdate).to(target(&brand)))?;
            Ok(Json(theme_view(&brand, writing.url)))
        })
        .await
}
