//! The sign-in API of Identity Engine (`/idp/idx/…`): the second face of the sign-in engine, for apps that ask people
//! themselves, with Okta's SDKs or its widget. It shows what the engine shows and hands it what it is told; it decides nothing.
//!
//! An app gets a handle from `interact`, and an interaction code for it at the end.

mod answers;
mod body;
mod by_session;
mod endpoint;
mod error;
mod handler;
mod ion;
mod message;
mod outcome;
mod paths;
mod state_handle;
mod unbuilt;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use http::header::ALLOW;
use http::{HeaderMap, StatusCode};

use crate::sign_in::Visitor;
use crate::throttle::ClientAddress;
use crate::{Org, cors, okta_error};
use body::Body;
use endpoint::Endpoint;

pub(crate) use state_handle::read as read_state_handle;

/// All endpoints.
pub(crate) fn routes() -> Router<Org> {
    let endpoints = Endpoint::ALL.into_iter();
    let router = endpoints.fold(Router::new(), |router, endpoint| {
        let handler = move |State(org): State<Org>,
                            address: ClientAddress,
                            visitor: Visitor,
                            headers: HeaderMap,
                            body: Body| async move {
            handler::handle(&org, endpoint, (address, visitor), &headers, &body).await
        };
        let route = post(handler)
            .options(cors::preflight)
            .fallback(method_not_allowed);
        router.route(endpoint.path(), route)
    });
    unbuilt::routes(router)
}

/// `E0000022`
pub(crate) async fn method_not_allowed(State(org): State<Org>) -> Response {
    let summary = "The endpoint does not support the provided HTTP method".to_owned();
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let body = okta_error::answer(org.entropy(), status, "E0000022", summary);
    ([(ALLOW, "POST")], body).into_response()
}
