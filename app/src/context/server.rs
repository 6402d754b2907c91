//! What server functions work with, and how pages learn about their request.

use std::sync::Arc;

use bff::security_headers::content_security_policy;
use bff::{Bff, Freshness, Session, SessionState, StepUp};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::{ReturnTo, SignInError, SignInErrorCode};

use super::{Answer, OrgInfo, RunsCampaigns};
use crate::Viewer;
use crate::error::AppError;
use crate::path;
use crate::texts::server::negotiate;
use crate::toast::{Done, server::pending};
use crate::viewer::server::{locale_of, zone_named, zone_of};

/// What server functions work with: the relying party, the request and the answer.
#[derive(Debug, Clone)]
pub struct AppContext {
    bff: Bff,
    headers: Arc<HeaderMap>,
    response: ResponseOptions,
    state: SessionState,
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
    response.append_header(
        header::VARY,
        HeaderValue::from_static("accept-language, cookie"),
    );
    let state = state_in(&parts);
    provide_reader(&bff, &parts.headers, &state);
    if let Some(toast) = pending(&bff, &parts.headers, session_in(&state), &response) {
        provide_context(toast);
    }
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
        state,
    });
}

/// Provides what is known of whoever reads the page.
fn provide_reader(bff: &Bff, headers: &HeaderMap, state: &SessionState) {
    let session = session_in(state);
    provide_context(negotiate(
        bff.kept_language(headers),
        session.and_then(locale_of),
        headers,
    ));
    let chosen = bff.kept_zone(headers).filter(|_| session.is_some());
    if let Some(zone) = zone_named(chosen.as_ref()).or_else(|| session.and_then(zone_of)) {
        provide_context(zone);
    }
    // The words of some claims depend on language and zone.
    provide_context(Viewer::from(state));
    if let Some(campaigns) = bff.campaigns() {
        provide_context(campaigns.clone());
        if session.is_some_and(|session| campaigns.was_allowed(session)) {
            provide_context(RunsCampaigns);
        }
    }
}

/// Who is looking, as found out before the request got here.
fn state_in(parts: &Parts) -> SessionState {
    let found = parts.extensions.get::<SessionState>();
    found.cloned().unwrap_or(SessionState::SignedOut)
}

fn session_in(state: &SessionState) -> Option<&Session> {
    match state {
        SessionState::SignedIn(session) => Some(session),
        SessionState::SignedOut | SessionState::CannotCheck => None,
    }
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

    /// Whether the person has proved recently and strongly enough who they are. If not, the answer leads to the org to
    /// prove it again, and back to `page`.
    ///
    /// # Errors
    ///
    /// [`AppError::SignIn`] when the org cannot be asked.
    pub(crate) async fn is_fresh_or_step_up(
        &self,
        session: &Session,
        wanted: &Freshness,
        page: &str,
    ) -> Result<bool, AppError> {
        let step_up = self
            .bff
            .require_fresh(&self.headers, session, wanted, ReturnTo::parse(page))
            .await
            .map_err(|error| self.failed(error))?;
        match step_up {
            StepUp::Fresh => Ok(true),
            StepUp::Needed(begun) => {
                self.add_cookies(begun.cookies);
                self.see_other(begun.location.as_str()).map(|()| false)
            }
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

    /// Leaves a word for the page that the answer leads to.
    pub(crate) fn leave_notice(&self, session: &Session, word: &str) {
        self.add_cookies(
            self.bff
                .leave_notice(Some(session), word)
                .into_iter()
                .collect(),
        );
    }

    /// Lets the page that the answer leads to say what was done, also to somebody who is not signed in.
    pub(crate) fn leave_toast(&self, done: Done) {
        let session = session_in(&self.state);
        let left = done
            .word()
            .and_then(|word| self.bff.leave_notice(session, word));
        self.add_cookies(left.into_iter().collect());
    }

    /// The word that the form before this page has left, which is gone then.
    pub(crate) fn take_notice(&self, session: &Session) -> Option<String> {
        let (word, gone) = self.bff.take_notice(&self.headers, Some(session))?;
        self.add_cookies(vec![gone]);
        Some(word)
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
