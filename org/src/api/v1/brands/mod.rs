//! Brands and themes: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Brands/>.

mod body;
mod change;
mod pages;
mod read;
mod themes;
mod view;

use rusqlite::Connection;

use super::super::{Resource, Rights, Table};
use crate::api::ApiError;
use crate::branding::{Brand, find_brand};

const ALL: &str = "/api/v1/brands";
const ONE: &str = "/api/v1/brands/{brandId}";
const THEMES: &str = "/api/v1/brands/{brandId}/themes";
const THEME: &str = "/api/v1/brands/{brandId}/themes/{themeId}";

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Brands);
    const MANAGE: Rights = Rights::manage(Resource::Brands);
    pages::table(table, READ, MANAGE)
        .get(ALL, "listBrands", READ, read::list)
        .post(ALL, "createBrand", MANAGE, change::create)
        .get(ONE, "getBrand", READ, read::get)
        .put(ONE, "replaceBrand", MANAGE, change::replace)
        .delete(ONE, "deleteBrand", MANAGE, change::delete)
        .get(THEMES, "listBrandThemes", READ, themes::list)
        .get(THEME, "getBrandTheme", READ, themes::get)
        .put(THEME, "replaceBrandTheme", MANAGE, themes::replace)
}

/// The brand that a path names, else `E0000007`.
fn brand_of(db: &Connection, id: &str) -> Result<Brand, ApiError> {
    find_brand(db, id)?.ok_or_else(|| ApiError::not_found("Brand", id))
}
