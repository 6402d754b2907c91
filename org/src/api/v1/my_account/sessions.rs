use http::StatusCode;

use super::own_id;
use crate::api::{ApiError, Change, Credential, Listing};
use crate::directory::{Kept, end_sessions, revoke_other_tokens, revoke_tokens};
use crate::events::{self, Event, EventType};

/// `DELETE /idp/myaccount/sessions`: signs the person out of the org everywhere and ends the tokens of apps. With
/// `excludeCurrentAuthorizationContext` the session and the tokens that the call comes from stay.
pub(super) async fn delete(change: Change, listing: Listing) -> Result<StatusCode, ApiError> {
    let with_tokens = listing.flag("oauthTokens")?.unwrap_or(true);
    let excludes_current = listing
        .flag("excludeCurrentAuthorizationContext")?
        .unwrap_or(false);
    let user = own_id(&change.caller)?;
    change
        .run(move |writing| {
            let current = match &writing.caller.credential {
                Credential::AccessToken { token, session, .. } if excludes_current => {
                    Some((*token, *session))
                }
                _ => None,
            };
            let kept = Kept {
                session: current.and_then(|(_, session)| session),
                ..Kept::default()
            };
            end_sessions(writing.db, &user, kept)?;
            match current {
                _ if !with_tokens => {}
                Some((token, _)) => revoke_other_tokens(writing.db, &user, token, writing.now)?,
                None => revoke_tokens(writing.db, &user, writing.now)?,
            }
            let person = events::user_of(writing.db, &user)?;
            writing.log(Event::of(EventType::SessionClear).to(person))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
