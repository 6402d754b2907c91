use bff::{BrowserInfo, CallbackQuery};
use model::{ReturnTo, SignInErrorCode};

use crate::context::server::AppContext;
use crate::error::AppError;

pub(super) async fn begin_sign_in(return_to: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let begun = app
        .bff()
        .begin_sign_in(app.headers(), ReturnTo::parse(return_to))
        .await
        .map_err(|error| app.failed(error))?;
    app.add_cookies(begun.cookies);
    app.see_other(begun.location.as_str())
}

pub(super) async fn complete_sign_in(query: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let callback = CallbackQuery::new(query);
    match app
        .bff()
        .complete_sign_in(
            app.headers(),
            callback,
            BrowserInfo::from_headers(app.headers()),
        )
        .await
    {
        Ok(completed) => {
            app.add_cookies(completed.cookies);
            app.see_other(completed.go_to.as_str())
        }
        Err((error, cookies)) => {
            app.add_cookies(cookies);
            Err(app.failed(error))
        }
    }
}

impl From<SignInErrorCode> for AppError {
    fn from(code: SignInErrorCode) -> Self {
        Self::SignIn(code.into())
    }
}
