use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Progress;
use crate::error::AppError;

/// How far the signed-in person has come, and the step to show: the one asked for, where the way leads there.
#[server(endpoint = "onboarding/progress")]
pub(super) async fn onboarding_progress(step: String) -> Result<Progress, AppError> {
    super::server::progress(&step).await
}

/// Begins; answers with a redirect to the org, which is asked to let the app see what is missing.
#[server(endpoint = "onboarding/start")]
pub(super) async fn start_onboarding(then: String) -> Result<(), AppError> {
    super::server::start(&then).await
}

/// Has a code sent to the email address; answers with a redirect to where it is typed.
#[server(endpoint = "onboarding/send-code")]
pub(super) async fn send_email_code(id: String, then: String) -> Result<(), AppError> {
    super::server::send_code(&id, &then).await
}

/// Takes the code of the email address; answers with a redirect to the next step, or back with the field at fault.
#[server(endpoint = "onboarding/verify-email")]
pub(super) async fn verify_own_email(
    id: String,
    challenge: String,
    code: String,
    then: String,
) -> Result<(), AppError> {
    super::server::verify_email((&id, &challenge), &code, &then).await
}

/// Keeps the names, and at the org what it demands besides; answers with a redirect to the next step, or back with the
/// field at fault.
#[server(endpoint = "onboarding/names")]
pub(super) async fn save_names(
    first_name: String,
    last_name: String,
    #[server(default)] attributes: BTreeMap<String, String>,
    then: String,
) -> Result<(), AppError> {
    super::server::save_names([first_name, last_name], attributes, &then).await
}

/// Adds a telephone, after a fresh proof; answers with a redirect to where its code is typed.
#[server(endpoint = "onboarding/add-phone")]
pub(super) async fn add_own_phone(number: String, then: String) -> Result<(), AppError> {
    super::server::add_phone(&number, &then).await
}

/// Takes the code of a new telephone; answers with a redirect to the next step, or back with the field at fault.
#[server(endpoint = "onboarding/verify-phone")]
pub(super) async fn verify_own_phone(
    id: String,
    code: String,
    then: String,
) -> Result<(), AppError> {
    super::server::verify_phone(&id, &code, &then).await
}

/// Lets the org set something up; answers with a redirect to it.
#[server(endpoint = "onboarding/set-up")]
pub(super) async fn set_up_factor(key: String, then: String) -> Result<(), AppError> {
    super::server::set_up(&key, &then).await
}

/// Puts a step off, where that is allowed; answers with a redirect to the next step.
#[server(endpoint = "onboarding/put-off")]
pub(super) async fn put_step_off(step: String, then: String) -> Result<(), AppError> {
    super::server::put_off(&step, &then).await
}

/// Keeps the preferences and ends onboarding; answers with a redirect to where the person lands, or back with the field at
/// fault.
#[server(endpoint = "onboarding/finish")]
pub(super) async fn finish_onboarding(
    #[server(default)] landing: String,
    #[server(default)] locale: String,
    #[server(default)] zone: String,
    then: String,
) -> Result<(), AppError> {
    super::server::finish([&landing, &locale, &zone], &then).await
}
