//! The refresh tokens of an app. The org issues none, so that there are none to see and none to revoke.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::find_app;
use crate::Org;
use crate::api::{ApiError, Listing, Path, Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Apps);
    const MANAGE: Rights = Rights::manage(Resource::Apps);
    const ALL: &str = "/api/v1/apps/{appId}/tokens";
    const ONE: &str = "/api/v1/apps/{appId}/tokens/{tokenId}";
    table
        .get(ALL, "listOAuth2TokensForApplication", READ, list)
        .delete(ALL, "revokeOAuth2TokensForApplication", MANAGE, revoke_all)
        .get(ONE, "getOAuth2TokenForApplication", READ, unknown)
        .delete(ONE, "revokeOAuth2TokenForApplication", MANAGE, unknown)
}

/// Okta's sizes of a page.
const USUAL: usize = 20;
const MOST: usize = 200;

async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    listing.limit(USUAL, MOST)?;
    org.store().read(|db| Ok(find_app(db, &id)))??;
    Ok(listing.whole(Vec::new()))
}

/// Access tokens that came without a refresh token live on, as at Okta.
async fn revoke_all(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    org.store().read(|db| Ok(find_app(db, &id)))??;
    Ok(StatusCode::NO_CONTENT)
}

async fn unknown(
    State(org): State<Org>,
    Path((id, token)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    org.store().read(|db| Ok(find_app(db, &id)))??;
    Err(ApiError::not_found("OAuth2RefreshToken", &token))
}
