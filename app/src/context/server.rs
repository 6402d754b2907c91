use std::sync::Arc;

use bff::Bff;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::SignInErrorCode;

use super::{Answer, OrgInfo};
use crate::Viewer;
use crate::error::AppError;

/// What server functions work with: the relying party, the request and the answer.
#[derive(Debug, Clone)]
pub struct AppContext {
    bff: Bff,
    headers: Arc<HeaderMap>,
    response: ResponseOptions,
}

/// Provides everything of [`crate::context`] for the request being answered. To be called inside Leptos' rendering,
/// where the request's parts and the answer are known.
pub fn provide(bff: Bff, org: Arc<OrgInfo>) {
    let (Some(parts), Some(response)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) else {
        return;
    };
    provide_context(parts.extensions.get::<Viewer>().cloned().unwrap_or_default());
    provide_context(org);
    let status_of = response.clone();
    provide_context(Answer::new(move |status| {
        if let Ok(status) = StatusCode::from_u16(status) {
            status_of.set_status(status);
        }
    }));
    provide_context(AppContext { bff, headers: Arc::new(parts.headers), response });
}

impl AppContext {
    /// The context of the request being answered.
    ///
    /// # Errors
    ///
    /// [`AppError`] with [`SignInErrorCode::Internal`] outside a request, as while routes are listed at start.
    pub(crate) fn current() -> Result<Self, AppError> {
        use_context::<Self>().ok_or_else(|| SignInErrorCode::Internal.into())
    }

    pub(crate) fn bff(&self) -> &Bff {
        &self.bff
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Adds `Set-Cookie` headers to the answer.
    pub(crate) fn add_cookies(&self, cookies: Vec<HeaderValue>) {
        for cookie in cookies {
            self.response.append_header(header::SET_COOKIE, cookie);
        }
    }

    /// Answers with a 303, which turns a POST into a GET of `location`.
    ///
    /// Leptos' own redirect panics on a text that is no header value, and answers 302.
    pub(crate) fn see_other(&self, location: &str) -> Result<(), AppError> {
        let location = HeaderValue::from_str(location).map_err(|_| SignInErrorCode::Internal)?;
        self.response.insert_header(HeaderName::from(header::LOCATION), location);
        self.response.set_status(StatusCode::SEE_OTHER);
        Ok(())
    }
}
