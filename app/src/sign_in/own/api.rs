use leptos::prelude::*;

use super::Shown;
use crate::error::AppError;

/// What the page has to ask now. `query` is the raw query of the page.
#[server(endpoint = "sign-in/look")]
pub(super) async fn look(query: String) -> Result<Shown, AppError> {
    std::future::ready(super::server::look(&query)).await
}

/// Takes a name and a password; answers with a redirect to the page, or to where the person wanted to go.
#[server(endpoint = "sign-in/password")]
pub(super) async fn send_password(
    return_to: String,
    username: String,
    password: String,
) -> Result<(), AppError> {
    super::server::password(&return_to, username, password).await
}

/// Takes a name and a way to do without a password; answers with a redirect to the page.
#[server(endpoint = "sign-in/first")]
pub(super) async fn first(
    return_to: String,
    username: String,
    way: String,
) -> Result<(), AppError> {
    super::server::first(&return_to, username, &way).await
}

/// Takes a code, or asks whether the person has approved; answers with a redirect like [`send_password`].
#[server(endpoint = "sign-in/code")]
pub(super) async fn send_code(
    attempt: String,
    return_to: String,
    code: String,
) -> Result<(), AppError> {
    super::server::code(attempt, &return_to, code).await
}

/// Goes another way, or the same once more; answers with a redirect to the page. An unknown way shows which there are.
#[server(endpoint = "sign-in/way")]
pub(super) async fn go_way(
    attempt: String,
    return_to: String,
    way: String,
) -> Result<(), AppError> {
    super::server::way(attempt, &return_to, &way).await
}

/// Begins anew; answers with a redirect to the page.
#[server(endpoint = "sign-in/restart")]
pub(super) async fn restart(return_to: String) -> Result<(), AppError> {
    std::future::ready(super::server::restart(&return_to)).await
}

/// Goes on at the org's own page; answers with a redirect to it.
#[server(endpoint = "sign-in/hosted")]
pub(super) async fn hosted(return_to: String) -> Result<(), AppError> {
    super::server::hosted(&return_to).await
}
