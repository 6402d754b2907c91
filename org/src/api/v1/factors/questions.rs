use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use crate::Org;
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Caller, Listing, Path};
use crate::authenticator::security_question::QUESTIONS;

/// `GET /api/v1/users/{userId}/factors/questions`: the same for everybody.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    org.store().read(|db| Ok(find_user(db, &caller, &id)))??;
    let questions = QUESTIONS.iter();
    let items = questions.map(|(key, text)| json!({"question": key, "questionText": text}));
    Ok(listing.whole(items.collect()))
}
