//! Headers that tell browsers what a page of the app may do, and that its answers belong to one person.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::WebPolicy;

/// On every answer. The features switched off are those that a compromised page would like most.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Two years, as browsers' preload lists ask for.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// For answers that are not pages of the app: they may do nothing at all.
const LOCKED_DOWN: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Marks an answer that the org's pages may show in a frame.
#[derive(Debug, Clone, Copy)]
struct FramedByOrg;

/// Lets the org's pages, and no others, show an answer in a frame, where it may do nothing at all.
pub fn let_org_frame(response: &mut Response, policy: &WebPolicy) {
    let ancestors = policy.org_origins();
    let framed = format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    );
    let framed = HeaderValue::from_str(&framed).unwrap_or(HeaderValue::from_static(LOCKED_DOWN));
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, framed);
    response.extensions_mut().insert(FramedByOrg);
}

/// Adds the headers to an answer. What the handler has decided itself, it keeps.
pub async fn add(State(policy): State<WebPolicy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    // A 304 updates the headers of what is in the cache already, which was decided when that was sent.
    let is_news = response.status() != StatusCode::NOT_MODIFIED;
    // This header knows no list of origins; where there is one, the policy has it.
    let is_framed = response.extensions().get::<FramedByOrg>().is_some();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        if !(is_framed && name == header::X_FRAME_OPTIONS) {
            set_default(headers, name, value);
        }
    }
    if policy.is_https() {
        set_default(headers, header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    set_default(headers, header::CONTENT_SECURITY_POLICY, LOCKED_DOWN);
    if is_news {
        keep_out_of_caches(headers);
    }
    response
}

/// The policy of a page: its own styles, pictures and calls, and only scripts that carry this response's nonce.
///
/// `org_origins` may contain several, separated by spaces: forms that sign in or out are redirected there, which browsers hold against
/// `form-action`. `dev_ws` is the address of the reload socket while developing.
pub fn content_security_policy(
    nonce: &str,
    org_origins: &str,
    dev_ws: Option<&str>,
) -> HeaderValue {
    let connect = dev_ws
        .map(|socket| format!(" {socket}"))
        .unwrap_or_default();
    let policy = format!(
        "default-src 'none'; \
         script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; \
         font-src 'self'; \
         connect-src 'self'{connect}; \
         manifest-src 'self'; \
         form-action 'self' {org_origins}; \
         base-uri 'none'; \
         frame-ancestors 'none'; \
         object-src 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(LOCKED_DOWN))
}

/// The policy of a page whose script also calls these origins, separated by spaces: the one page of the app that has not only
/// its own server to speak to.
pub fn with_calls_to(policy: &HeaderValue, origins: &str) -> HeaderValue {
    const CALLS: &str = "connect-src 'self'";
    let widened = policy
        .to_str()
        .map(|policy| policy.replacen(CALLS, &format!("{CALLS} {origins}"), 1));
    widened
        .ok()
        .and_then(|policy| HeaderValue::from_str(&policy).ok())
        .unwrap_or_else(|| policy.clone())
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

/// Pages and data are of one person: no cache may keep them, unless the handler knows better. An answer that sets a
/// cookie is never kept.
fn keep_out_of_caches(headers: &mut HeaderMap) {
    if headers.contains_key(header::SET_COOKIE) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else if is_asset(headers) {
        return;
    } else {
        set_default(headers, header::CACHE_CONTROL, "no-store");
    }
    headers.append(header::VARY, HeaderValue::from_static("Cookie"));
}

/// Whether the answer is a file that is the same for everybody.
fn is_asset(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    [
        "image/",
        "font/",
        "text/css",
        "text/javascript",
        "application/javascript",
        "application/wasm",
    ]
    .iter()
    .any(|prefix| kind.starts_with(prefix))
}
