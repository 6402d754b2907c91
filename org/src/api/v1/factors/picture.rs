use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use model::{ErrorCode, UserId};
use rusqlite::Connection;
use secrecy::SecretString;

use crate::Org;
use crate::api::{ApiError, Path};
use crate::authenticator::factor::pending_factors_of;
use crate::authenticator::totp::QrCode;
use crate::branding;
use crate::directory::find_user;
use crate::handle::Handle;

/// The picture of a secret that waits for its first code, for the page that shows it to its owner. The address itself is the
/// proof: it is told once, to whoever began the factor.
pub(super) async fn get(
    State(org): State<Org>,
    Path((user, factor, token)): Path<(String, String, String)>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::new(ErrorCode::PathNotFound);
    let token = Handle::received(&token);
    let uri = org
        .store()
        .read(|db| Ok(uri(db, &org, &user, &factor, &token)))??
        .ok_or_else(missing)?;
    let picture = QrCode::new(&uri).ok().and_then(|code| code.png().ok());
    let picture = picture.ok_or_else(|| ApiError::new(ErrorCode::Internal))?;
    let headers = [(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "no-store")];
    Ok((headers, picture).into_response())
}

fn uri(
    db: &Connection,
    org: &Org,
    user: &str,
    factor: &str,
    token: &Handle,
) -> Result<Option<SecretString>, ApiError> {
    let Ok(user) = UserId::parse(user) else {
        return Ok(None);
    };
    let pending = pending_factors_of(db, &user)?.into_iter().find(|one| {
        one.factor_type.id_of(&one.id) == factor && one.picture == Some(token.digest())
    });
    let Some((pending, secret)) =
        pending.and_then(|one| one.secret.clone().map(|secret| (one, secret)))
    else {
        return Ok(None);
    };
    let Some(owner) = find_user(db, &user)? else {
        return Ok(None);
    };
    let secret = secret
        .open(org.sealer(), &user, pending.factor_type.key())
        .map_err(crate::failure::Failure::from)?;
    Ok(Some(secret.uri(branding::NAME, &owner.profile.login)))
}
