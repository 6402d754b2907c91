//! The table of what is built: every route with its name at Okta and with who may call it.

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::handler::Handler;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, on};
use http::Method;
use model::ErrorCode;

use super::caller::{Credential, admit};
use super::token::touch_api_token;
use super::{ApiError, Rights};
use crate::Org;

/// One operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) method: &'static Method,
    /// The path with its parameters in braces, as in Okta's documents.
    pub(crate) path: &'static str,
    /// Okta's `operationId`; `local…` for what Okta has no operation of.
    pub(crate) operation: &'static str,
    pub(crate) rights: Rights,
}

/// Routes that are being gathered. There is no way to add one without a row, so nothing is open by having been forgotten.
#[derive(Debug)]
pub(crate) struct Table {
    org: Org,
    rows: Vec<Row>,
    router: Router<Org>,
}

impl Table {
    pub(crate) fn new(org: &Org) -> Self {
        Self {
            org: org.clone(),
            rows: Vec::new(),
            router: Router::new(),
        }
    }

    /// Adds a GET.
    pub(crate) fn get<T: 'static>(
        self,
        path: &'static str,
        operation: &'static str,
        rights: Rights,
        handler: impl Handler<T, Org>,
    ) -> Self {
        self.add(&Method::GET, path, operation, rights, handler)
    }

    /// Adds a POST.
    pub(crate) fn post<T: 'static>(
        self,
        path: &'static str,
        operation: &'static str,
        rights: Rights,
        handler: impl Handler<T, Org>,
    ) -> Self {
        self.add(&Method::POST, path, operation, rights, handler)
    }

    /// Adds a PUT.
    pub(crate) fn put<T: 'static>(
        self,
        path: &'static str,
        operation: &'static str,
        rights: Rights,
        handler: impl Handler<T, Org>,
    ) -> Self {
        self.add(&Method::PUT, path, operation, rights, handler)
    }

    /// Adds a PATCH.
    pub(crate) fn patch<T: 'static>(
        self,
        path: &'static str,
        operation: &'static str,
        rights: Rights,
        handler: impl Handler<T, Org>,
    ) -> Self {
        self.add(&Method::PATCH, path, operation, rights, handler)
    }

    /// Adds a DELETE.
    pub(crate) fn delete<T: 'static>(
        self,
        path: &'static str,
        operation: &'static str,
        rights: Rights,
        handler: impl Handler<T, Org>,
    ) -> Self {
        self.add(&Method::DELETE, path, operation, rights, handler)
    }

    fn add<T: 'static>(
        mut self,
        method: &'static Method,
        path: &'static str,
        operation: &'static str,
        rights: Rights,
        handler: impl Handler<T, Org>,
    ) -> Self {
        let row = Row {
            method,
            path,
            operation,
            rights,
        };
        // Around the handler and not around the route, whose answer to other methods asks for no rights.
        let gated = handler.layer(from_fn_with_state((self.org.clone(), row), gate));
        self.router = self.router.route(path, on(filter_of(method), gated));
        self.rows.push(row);
        self
    }

    pub(crate) fn into_parts(self) -> (Router<Org>, Vec<Row>) {
        (self.router, self.rows)
    }
}

/// What axum routes the method by. The table has no other methods.
fn filter_of(method: &Method) -> MethodFilter {
    match *method {
        Method::POST => MethodFilter::POST,
        Method::PUT => MethodFilter::PUT,
        Method::PATCH => MethodFilter::PATCH,
        Method::DELETE => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    }
}

/// Lets those through who may make the call.
async fn gate(
    State((org, row)): State<(Org, Row)>,
    parameters: Result<RawPathParams, RawPathParamsRejection>,
    mut request: Request,
    next: Next,
) -> Response {
    // What is not text in UTF-8 names nothing that exists.
    let Ok(parameters) = parameters else {
        return ApiError::new(ErrorCode::PathNotFound).into_response();
    };
    let now = org.now();
    let is_me = parameters.iter().any(|(_, value)| value == "me");
    let admitted = org
        .store()
        .read(|db| admit(db, request.headers(), row.rights, is_me, now));
    let caller = match admitted.map_err(ApiError::from).and_then(|caller| caller) {
        Ok(caller) => caller,
        Err(error) => return error.into_response(),
    };
    if let Credential::ApiToken(token) = &caller.credential
        && token.is_touch_due(now)
    {
        let id = token.id.clone();
        let touched = org
            .store()
            .write(move |db| touch_api_token(db, &id, now).map_err(ApiError::from));
        if let Err(error) = touched.await {
            return error.into_response();
        }
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}
