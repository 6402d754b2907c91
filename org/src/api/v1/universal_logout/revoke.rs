use http::StatusCode;
use rusqlite::Connection;
use serde::Deserialize;

use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{ApiError, Body, Caller, Change};
use crate::events::{Event, EventType};

/// Whom it is about.
#[derive(Debug, Deserialize)]
pub(super) struct Request {
    sub_id: SubjectIdentifier,
}

/// RFC 9493 §3.2, as far as Okta takes it.
#[derive(Debug, Deserialize)]
#[serde(tag = "format", rename_all = "snake_case")]
enum SubjectIdentifier {
    /// The id of a user.
    Opaque { id: String },
    /// What an issuer calls them; here: the org itself.
    IssSub { iss: String, sub: String },
}

impl SubjectIdentifier {
    fn find(&self, db: &Connection, caller: &Caller, org: &str) -> Result<UserRecord, ApiError> {
        let (id, field) = match self {
            Self::Opaque { id } => (id, "sub_id.id"),
            Self::IssSub { iss, .. } if iss.trim_end_matches('/') != org => {
                return Err(ApiError::invalid(
                    "sub_id.iss",
                    "No identity provider of the org has this issuer",
                ));
            }
            Self::IssSub { sub, .. } => (sub, "sub_id.sub"),
        };
        // Nobody is meant by less than an id.
        find_user(db, caller, id)
            .ok()
            .filter(|user| user.id.as_str() == id)
            .ok_or_else(|| ApiError::invalid(field, "No user has this id"))
    }
}

/// `POST /oauth2/v1/global-token-revocation`: signs a user out of the org and of all apps that take part.
pub(super) async fn revoke(
    change: Change,
    Body(request): Body<Request>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = request
                .sub_id
                .find(writing.db, writing.caller, writing.url.as_str())?;
            writing.caller.may_act_on(writing.db, &user.id)?;
            writing.sign_out_everywhere(&user.person(), EventType::SessionClear)?;
            writing.log(Event::of(EventType::SessionClear).to(user.target()))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
