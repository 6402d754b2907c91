use axum::extract::State;
use http::StatusCode;

use super::record::{Phone, find_phone};
use crate::Org;
use crate::api::v1::my_account::authenticators::Own;
use crate::api::v1::my_account::unenroll::{may_go, unenroll};
use crate::api::{ApiError, Change, Path};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::factor::end_pending_factor;

/// `DELETE /idp/myaccount/phones/{id}`.
pub(super) async fn delete(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let own = org
        .store()
        .read(|db| Own::load(db, &org, &change.caller))??;
    change
        .run(
            move |writing| match find_phone(writing.db, &own.user, &id)? {
                Phone::Verified(enrollment, _) => {
                    may_go(&own, AuthenticatorKey::PhoneNumber)?;
                    unenroll(writing, &own.user, &enrollment)
                }
                Phone::Unverified(pending, _) => Ok(end_pending_factor(writing.db, &pending.id)?),
            },
        )
        .await?;
    org.inbox().announce();
    Ok(StatusCode::NO_CONTENT)
}
