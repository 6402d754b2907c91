use http::StatusCode;

use super::lifecycle::subject;
use crate::api::{ApiError, Change, Credential, Listing, Path};
use crate::directory::end_sessions;
use crate::events::{Event, EventType};

/// `DELETE /api/v1/users/{userId}/sessions`.
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
            end_sessions(writing.db, &user.id, with_tokens, writing.now)?;
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
            let kept = match &writing.caller.credential {
                Credential::Session(handle) if keeps_current => Some(*handle),
                _ => None,
            };
            writing
                .db
                .prepare_cached(
                    "DELETE FROM sessions WHERE user_id = ?1 AND handle_hash IS NOT ?2",
                )?
                .execute((user.id.as_str(), kept))?;
            if with_tokens {
                crate::directory::revoke_tokens(writing.db, &user.id, writing.now)?;
            }
            writing.log(Event::of(EventType::SessionClear).to(user.target()))?;
            Ok(StatusCode::OK)
        })
        .await
}
