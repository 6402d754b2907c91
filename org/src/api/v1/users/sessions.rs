use http::StatusCode;

use super::lifecycle::subject;
use crate::api::{ApiError, Change, Credential, Listing, Path};
use crate::directory::{Kept, end_sessions, revoke_tokens};
use crate::events::{Event, EventType};

/// `DELETE /api/v1/users/{userId}/sessions`: apps that take part in Universal Logout are told.
pub(super) async fn clear(
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<StatusCode, ApiError> {
    let with_tokens = listing.flag("oauthTokens")?.unwrap_or(false);
    let forgets_devices = listing.flag("forgetDevices")?.unwrap_or(true);
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            writing.tell_apps(&user.person(), EventType::SessionClear)?;
            end_sessions(writing.db, &user.id, Kept::default())?;
            if with_tokens {
                revoke_tokens(writing.db, &user.id, writing.now)?;
            }
            if forgets_devices {
                writing
                    .db
                    .prepare_cached("DELETE FROM known_devices WHERE user_id = ?1")?
                    .execute([user.id.as_str()])?;
            }
            writing.log(Event::of(EventType::SessionClear).to(user.target()))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `POST /api/v1/users/me/lifecycle/delete_sessions`: all sessions of whoever is signed in here, but this one.
pub(super) async fn clear_own(change: Change, listing: Listing) -> Result<StatusCode, ApiError> {
    let with_tokens = listing.flag("oauthTokens")?.unwrap_or(false);
    let keeps_current = listing.flag("keepCurrent")?.unwrap_or(true);
    change
        .run(move |writing| {
            let user = super::record::find_user(writing.db, writing.caller, "me")?;
            let mut kept = Kept::default();
            if let (Credential::Session(handle), true) = (&writing.caller.credential, keeps_current)
            {
                kept.session = Some(*handle);
            }
            end_sessions(writing.db, &user.id, kept)?;
            if with_tokens {
                revoke_tokens(writing.db, &user.id, writing.now)?;
            }
            writing.log(Event::of(EventType::SessionClear).to(user.target()))?;
            Ok(StatusCode::OK)
        })
        .await
}
