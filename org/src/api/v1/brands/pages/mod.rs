//! The pages of a brand: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/CustomPages/>. Those of the
//! default brand are the org's own, as at an Okta org without a domain of its own; those of other brands are kept.

mod body;
mod page;
mod read;
mod record;
mod sign_out;

use axum::extract::State;
use http::StatusCode;
use serde_json::Value;

use self::body::PageBody;
use self::record::{Kind, Variant};
use super::super::super::{Rights, Table};
use crate::Org;
use crate::api::{ApiError, Body, Change, Path};

type Shown = Result<axum::Json<Value>, ApiError>;

/// The routes of one variant of a page: to read, to replace and to delete it.
macro_rules! variant {
    ($table:expr, $read:expr, $manage:expr, $path:literal, $kind:ident, $variant:ident, $get:literal, $replace:literal, $delete:literal) => {
        $table
            .get(
                $path,
                $get,
                $read,
                |State(org): State<Org>, Path(id): Path<String>| async move {
                    read::get(&org, &id, Kind::$kind, Variant::$variant)
                },
            )
            .put(
                $path,
                $replace,
                $manage,
                |change: Change, Path(id): Path<String>, Body(body): Body<PageBody>| async move {
                    let shown: Shown =
                        page::replace(change, id, Kind::$kind, Variant::$variant, body).await;
                    shown
                },
            )
            .delete(
                $path,
                $delete,
                $manage,
                |change: Change, Path(id): Path<String>| async move {
                    let gone: Result<StatusCode, ApiError> =
                        page::delete(change, id, Kind::$kind, Variant::$variant).await;
                    gone
                },
            )
    };
}

pub(super) fn table(table: Table, read: Rights, manage: Rights) -> Table {
    let table = variant!(
        table,
        read,
        manage,
        "/api/v1/brands/{brandId}/pages/sign-in/customized",
        SignIn,
        Customized,
        "getCustomizedSignInPage",
        "replaceCustomizedSignInPage",
        "deleteCustomizedSignInPage"
    );
    let table = variant!(
        table,
        read,
        manage,
        "/api/v1/brands/{brandId}/pages/sign-in/preview",
        SignIn,
        Preview,
        "getPreviewSignInPage",
        "replacePreviewSignInPage",
        "deletePreviewSignInPage"
    );
    let table = variant!(
        table,
        read,
        manage,
        "/api/v1/brands/{brandId}/pages/error/customized",
        Error,
        Customized,
        "getCustomizedErrorPage",
        "replaceCustomizedErrorPage",
        "deleteCustomizedErrorPage"
    );
    let table = variant!(
        table,
        read,
        manage,
        "/api/v1/brands/{brandId}/pages/error/preview",
        Error,
        Preview,
        "getPreviewErrorPage",
        "replacePreviewErrorPage",
        "deletePreviewErrorPage"
    );
    table
        .get(
            "/api/v1/brands/{brandId}/pages/sign-in/default",
            "getDefaultSignInPage",
            read,
            read::default_sign_in,
        )
        .get(
            "/api/v1/brands/{brandId}/pages/error/default",
            "getDefaultErrorPage",
            read,
            read::default_error,
        )
        .get(
            "/api/v1/brands/{brandId}/pages/sign-out/customized",
            "getSignOutPageSettings",
            read,
            sign_out::get,
        )
        .put(
            "/api/v1/brands/{brandId}/pages/sign-out/customized",
            "replaceSignOutPageSettings",
            manage,
            sign_out::replace,
        )
}
