//! Requests for another host than the app's.
//!
//! All addresses the app writes come from its configuration, so a foreign `Host` cannot poison them; refusing it also
//! stops DNS rebinding. A health probe that names no proper host belongs outside of this layer.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::{Method, StatusCode, header};

use super::WebPolicy;
use super::refusal::refuse;

const MISDIRECTED: &str = "421: this server does not answer for this host name.\n\
    Open the app at its own address; its administrator sets that address with APP_URL.\n";

/// Lets a request for the app's own host pass. On a developer's machine, other names of it lead to the app's address.
pub async fn check(State(policy): State<WebPolicy>, request: Request, next: Next) -> Response {
    let authority = authority(&request);
    if policy.is_own_authority(authority) {
        return next.run(request).await;
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_read && policy.is_other_loopback_name(authority) {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        let origin = policy.app_origin();
        return Redirect::temporary(&format!("{origin}{path}")).into_response();
    }
    refuse(StatusCode::MISDIRECTED_REQUEST, MISDIRECTED)
}

/// The host that the request names: in its target or in the one `Host` header it may have.
fn authority(request: &Request) -> &str {
    if let Some(authority) = request.uri().authority() {
        return authority.as_str();
    }
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().unwrap_or_default(),
        _ => "",
    }
}
