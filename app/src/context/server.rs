//! What server functions work with, and how pages learn about their request.

use std::sync::Arc;

use bff::security_headers::content_security_policy;
use bff::{Bff, Session, SessionState};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::{SignInError, SignInErrorCode};

use super::{Answer, OrgInfo};
use crate::Viewer;
use crate::error::AppError;
use crate::path;

/// What server functions work with: the relying party, the request and the answer.
#[derive(Debug, Clone)]
pub struct AppContext {
    bff: Bff,
    headers: Arc<HeaderMap>,
    response: ResponseOptions,
}

/// Provides everything of [`crate::context`] for the request being answered. To be called inside Leptos' rendering,
/// where the request's parts and the answer are known.
///
/// `reload_socket` is the address of cargo-leptos' reload socket while developing.
pub fn provide(bff: Bff, org: Arc<OrgInfo>, reload_socket: Option<&str>) {
    let (Some(parts), Some(response)) = (use_context::<Parts>(), use_context::<ResponseOptions>())
    else {
        return;
    };
    if let Some(nonce) = use_nonce() {
        let policy =
            content_security_policy(&nonce, &bff.web_policy().org_origins(), reload_socket);
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    provide_context(
        parts
            .extensions
            .get::<Viewer>()
            .cloned()
            .unwrap_or_default(),
    );
    provide_context(org);
    let status_of = response.clone();
    provide_context(Answer::new(move |status| {
        if let Ok(status) = StatusCode::from_u16(status) {
            status_of.set_status(status);
        }
    }));
    provide_context(AppContext {
        bff,
        headers: Arc::new(parts.headers),
        response,
    });
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

    /// The session of the caller. Every server function that acts for a person begins here, also when it is called
    /// while a page is rendered.
    ///
    /// # Errors
    ///
    /// [`AppError::SignedOut`] without a session, and [`SignInErrorCode::StoreUnavailable`] when nobody can tell.
    pub(crate) async fn session(&self) -> Result<Arc<Session>, AppError> {
        match self.bff.session(&self.headers).await.state {
            SessionState::SignedIn(session) => Ok(session),
            SessionState::SignedOut => {
                self.response.set_status(StatusCode::UNAUTHORIZED);
                Err(AppError::SignedOut)
            }
            SessionState::CannotCheck => Err(self.failed(SignInErrorCode::StoreUnavailable.into())),
        }
    }

    /// The session of the person who sent a form; nothing once the answer leads to signing in and back to `page`.
    pub(crate) async fn session_or_sign_in(
        &self,
        page: &str,
    ) -> Result<Option<Arc<Session>>, AppError> {
        match self.session().await {
            Ok(session) => Ok(Some(session)),
            Err(AppError::SignedOut) => self.see_other(&path::login(page)).map(|()| None),
            // The page itself says that nobody can tell right now.
            Err(AppError::SignIn(_) | AppError::Call) => self.see_other(page).map(|()| None),
        }
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The error, after giving the answer its status.
    pub(crate) fn failed(&self, error: SignInError) -> AppError {
        if let Ok(status) = StatusCode::from_u16(error.code.status()) {
            self.response.set_status(status);
        }
        error.into()
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
        self.response.insert_header(header::LOCATION, location);
        self.response.set_status(StatusCode::SEE_OTHER);
        Ok(())
    }
}
