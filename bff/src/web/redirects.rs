//! Where the app may send a browser.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};

use super::WebPolicy;

/// Replaces a `Location` that leads neither into the app nor to the org by the home page.
///
/// Leptos answers a failed form with a redirect to the request's `Referer`, which another site can choose.
pub async fn guard(State(policy): State<WebPolicy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(location) = response.headers().get(header::LOCATION)
        && !is_allowed(&policy, location)
    {
        tracing::warn!("a redirect to a foreign site was replaced");
        response
            .headers_mut()
            .insert(header::LOCATION, HeaderValue::from_static("/"));
    }
    response
}

fn is_allowed(policy: &WebPolicy, location: &HeaderValue) -> bool {
    location
        .to_str()
        .ok()
        .and_then(|location| policy.app_url().join(location).ok())
        .is_some_and(|url| policy.may_redirect_to(&url))
}
