//! The table of what is built: every route with its name at Okta and with who may call it.

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::handler::Handler;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, on};
use http::{HeaderMap, Method};
use jiff::Timestamp;
use model::ErrorCode;

use super::caller::{Credential, admit};
use super::reach::is_reached;
use super::token::touch_api_token;
use super::{ApiError, Caller, Rights, fresh_proof, version};
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

/// A method of the table for each method of HTTP.
macro_rules! adders {
    ($($name:ident: $method:ident),+) => {
        impl Table {$(
            #[doc = concat!("Adds a ", stringify!($method), ".")]
            pub(crate) fn $name<T: 'static>(
                self,
                path: &'static str,
                operation: &'static str,
                rights: Rights,
                handler: impl Handler<T, Org>,
            ) -> Self {
                self.add(&Method::$method, path, operation, rights, handler)
            }
        )+}
    };
}

adders!(get: GET, post: POST, put: PUT, patch: PATCH, delete: DELETE);

impl Table {
    pub(crate) fn new(org: &Org) -> Self {
        Self {
            org: org.clone(),
            rows: Vec::new(),
            router: Router::new(),
        }
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
        // Around the method and not around the route, whose answer to other methods asks for no rights; and around what axum has
        // made of the handler, because a gate compiled for each handler's own type is a quarter of the program.
        let gate = from_fn_with_state((self.org.clone(), row), gate);
        let gated = on(filter_of(method), handler).route_layer(gate);
        self.router = self.router.route(path, gated);
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

/// Finds out who calls: somebody whose roles allow the call, and reach what it is about.
fn let_in(
    org: &Org,
    row: &Row,
    parameters: &RawPathParams,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<Caller, ApiError> {
    let is_me = parameters.iter().any(|(_, value)| value == "me");
    org.store().read(|db| {
        let caller = match admit(db, headers, row.rights, is_me, now)? {
            Ok(caller) => caller,
            Err(error) => return Ok(Err(error)),
        };
        Ok(if is_reached(db, &caller, row, parameters)? {
            Ok(caller)
        } else {
            Err(ApiError::forbidden())
        })
    })?
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
    let caller = match let_in(&org, &row, &parameters, request.headers(), now) {
        Ok(caller) => caller,
        Err(error) => return error.into_response(),
    };
    let is_versioned = matches!(row.rights, Rights::Myself(_) | Rights::MyselfAfresh(_));
    if is_versioned && let Err(error) = version::check(request.headers(), row.path) {
        return error.into_response();
    }
    if matches!(row.rights, Rights::MyselfAfresh(_)) && !caller.has_fresh_proof(now) {
        return fresh_proof::refusal();
    }
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
    let mut response = next.run(request).await;
    if is_versioned {
        version::mark(&mut response);
    }
    response
}
