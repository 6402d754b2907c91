use axum::extract::State;
use http::StatusCode;

use super::id_of;
use crate::Org;
use crate::api::v1::my_account::authenticators::Own;
use crate::api::v1::my_account::unenroll::may_go;
use crate::api::{ApiError, Change};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::password::change::remove_password;
use crate::branding;
use crate::events::{Event, EventType};
use crate::inbox::{self, messages};
use crate::interaction::end_interactions_of;

/// `DELETE /idp/myaccount/password`: of somebody who may do without one.
pub(super) async fn delete(State(org): State<Org>, change: Change) -> Result<StatusCode, ApiError> {
    let own = org
        .store()
        .read(|db| Own::load(db, &org, &change.caller))??;
    change
        .run(move |writing| {
            let user = own.user.again(writing.db)?;
            if !user.has_password {
                return Err(ApiError::not_found("UserProfilePassword", &id_of(&user)));
            }
            may_go(&own, AuthenticatorKey::OktaPassword)?;
            remove_password(writing.db, &user.id, writing.now)?;
            end_interactions_of(writing.db, &user.id, None)?;
            let name = AuthenticatorKey::OktaPassword.display_name();
            let letter = messages::authenticator_removed(&user.profile.email, name, branding::NAME);
            inbox::put(writing.db, &letter, writing.now)?;
            let event = Event::of(EventType::FactorDeactivate)
                .to(user.target())
                .debug("factor", AuthenticatorKey::OktaPassword.as_str());
            Ok(writing.log(event)?)
        })
        .await?;
    org.inbox().announce();
    Ok(StatusCode::NO_CONTENT)
}
