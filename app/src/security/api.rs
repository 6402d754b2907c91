use leptos::prelude::*;

use super::Overview;
use crate::error::AppError;

/// The sessions and authenticators of the signed-in person.
#[server(endpoint = "security/look")]
pub(super) async fn look() -> Result<Overview, AppError> {
    super::server::look().await
}

/// Ends one session of the person, by its handle; answers with a redirect to the page.
#[server(endpoint = "security/end-session")]
pub(super) async fn end_session(handle: String) -> Result<(), AppError> {
    super::server::end_session(&handle).await
}

/// Ends all sessions of the person but this one; answers with a redirect to the page.
#[server(endpoint = "security/end-others")]
pub(super) async fn end_others() -> Result<(), AppError> {
    super::server::end_others().await
}

/// Ends all sessions of the person, in the app and at the org; answers with a redirect to the org's sign-out.
#[server(endpoint = "security/end-everywhere")]
pub(super) async fn end_everywhere() -> Result<(), AppError> {
    super::server::end_everywhere().await
}

/// Asks the org to let the app see and change authenticators; answers with a redirect to the org.
#[server(endpoint = "security/allow")]
pub(super) async fn allow() -> Result<(), AppError> {
    super::server::allow().await
}

/// Sets something up on the org's page, by a method of Okta's; answers with a redirect to the org.
#[server(endpoint = "security/set-up")]
pub(super) async fn set_up(method: String) -> Result<(), AppError> {
    super::server::set_up(&method).await
}

/// Removes something that the person has set up, after a fresh proof; answers with a redirect to the page or the org.
#[server(endpoint = "security/remove")]
pub(super) async fn remove(authenticator: String, enrollment: String) -> Result<(), AppError> {
    super::server::remove(&authenticator, &enrollment).await
}

/// Adds a telephone, after a fresh proof; answers with a redirect to the page, where its code is asked for.
#[server(endpoint = "security/add-phone")]
pub(super) async fn add_phone(number: String) -> Result<(), AppError> {
    super::server::add_phone(&number).await
}

/// Takes the code of a new telephone; answers with a redirect to the page.
#[server(endpoint = "security/verify-phone")]
pub(super) async fn verify_phone(id: String, code: String) -> Result<(), AppError> {
    super::server::verify_phone(&id, &code).await
}
