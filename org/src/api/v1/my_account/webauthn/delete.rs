use axum::extract::State;
use http::StatusCode;

use crate::Org;
use crate::api::v1::my_account::authenticators::{Own, wire_id};
use crate::api::v1::my_account::unenroll::{may_go, unenroll};
use crate::api::{ApiError, Change, Path};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::enrollment::enrollments_of;

/// `DELETE /idp/myaccount/webauthn/{id}`. Of passkeys that the policy asks for, the last one stays.
pub(super) async fn delete(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let own = org
        .store()
        .read(|db| Own::load(db, &org, &change.caller))??;
    change
        .run(move |writing| {
            let mut passkeys = enrollments_of(writing.db, &own.user.id)?;
            passkeys.retain(|one| one.key == AuthenticatorKey::Webauthn);
            let found = passkeys.iter().find(|one| wire_id(one) == id);
            let found = found.ok_or_else(|| ApiError::not_found("WebAuthnEnrollment", &id))?;
            if passkeys.len() == 1 {
                may_go(&own, AuthenticatorKey::Webauthn)?;
            }
            unenroll(writing, &own.user, found)
        })
        .await?;
    org.inbox().announce();
    Ok(StatusCode::NO_CONTENT)
}
