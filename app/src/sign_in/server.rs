use bff::{BrowserInfo, CallbackQuery};
use model::SignInErrorCode;

use crate::context::server::AppContext;
use crate::context::{self, SignInWay};
use crate::error::AppError;
use crate::path;

pub(super) async fn begin_sign_in(query: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let request = app
        .bff()
        .read_login_link(query)
        .map_err(|error| app.failed(error))?;
    // Whoever names the org in a link means the org's own page.
    let is_of_this_app = path::parameter(query, "iss").is_none();
    let page = context::org().and_then(|org| page_of(org.sign_in));
    if let Some(page) = page.filter(|_| is_of_this_app) {
        return app.see_other(&path::with_return_to(page, request.return_to.as_str()));
    }
    let begun = app
        .bff()
        .begin_sign_in(app.headers(), request)
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
            match &completed.onward {
                Some(address) => app.see_other(address.as_str()),
                None => app.see_other(completed.go_to.as_str()),
            }
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

/// The page of the app that signs in; none where that is the org's.
const fn page_of(way: SignInWay) -> Option<&'static str> {
    match way {
        SignInWay::Hosted => None,
        SignInWay::Forms => Some(path::server::SIGN_IN),
        SignInWay::Widget => Some(path::server::SIGN_IN_WIDGET),
    }
}
