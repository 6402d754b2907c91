//! Cross-origin access to the endpoints that a script of an app may call.
//!
//! The metadata and the keys are public and say so themselves. The authorize endpoint and the pages are for navigation only
//! and give no access to any script.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ORIGIN,
    VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use rusqlite::Connection;

use crate::Org;
use crate::apps::is_app_origin;
use crate::store::StoreError;
use crate::trusted_origins::is_trusted_to_call;

/// `OPTIONS`: asks whether a request of another origin would be answered. The layer adds what is allowed.
pub(crate) async fn preflight() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// `OPTIONS` of a public document, which every origin may read without cookies.
pub(crate) async fn preflight_for_anybody() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    allow_request(headers, "GET, POST");
    response
}

/// Gives the origins of the apps' redirect URIs, and those that the org trusts, access to an endpoint, without cookies.
pub(crate) async fn for_app_origins(
    State(org): State<Org>,
    request: Request,
    next: Next,
) -> Response {
    share(&org, request, next, &FOR_APPS).await
}

/// The same with cookies: signing in there signs the browser in.
pub(crate) async fn with_credentials_for_app_origins(
    State(org): State<Org>,
    request: Request,
    next: Next,
) -> Response {
    share(&org, request, next, &FOR_APPS_WITH_COOKIES).await
}

/// What of the management API a page may call: what a person does about themselves.
const ABOUT_ONESELF: [&str; 5] = [
    "/api/v1/authn",
    "/api/v1/sessions/me",
    "/api/v1/users/me",
    "/api/v1/sessions",
    "/idp/myaccount",
];

/// Gives the origins that the org trusts access to those parts of the management API, with cookies. Other origins, and other
/// parts, get none.
pub(crate) async fn for_trusted_origins(
    State(org): State<Org>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let is_shared = ABOUT_ONESELF.iter().any(|shared| {
        path.strip_prefix(shared).is_some_and(|rest| {
            rest.is_empty() || (rest.starts_with('/') && *shared != "/api/v1/sessions")
        })
    });
    if !is_shared {
        return next.run(request).await;
    }
    if *request.method() == Method::OPTIONS {
        // No route takes it, so nothing else answers.
        let answer = preflight().await.into_response();
        return Asked::of(&request).answer(&org, answer, &FOR_TRUSTED);
    }
    share(&org, request, next, &FOR_TRUSTED).await
}

/// Who may read the answers of an endpoint, and how they may ask.
#[derive(Debug)]
struct Sharing {
    is_allowed: fn(&Connection, &str) -> rusqlite::Result<bool>,
    /// Whether a script may let the browser send the org's cookies.
    with_cookies: bool,
    methods: &'static str,
}

const FOR_APPS: Sharing = Sharing {
    is_allowed: is_known,
    with_cookies: false,
    methods: "GET, POST",
};
const FOR_APPS_WITH_COOKIES: Sharing = Sharing {
    with_cookies: true,
    ..FOR_APPS
};
const FOR_TRUSTED: Sharing = Sharing {
    is_allowed: is_trusted_to_call,
    with_cookies: true,
    methods: "GET, POST, PUT, PATCH, DELETE",
};

fn is_known(db: &Connection, origin: &str) -> rusqlite::Result<bool> {
    Ok(is_app_origin(db, origin)? || is_trusted_to_call(db, origin)?)
}

/// Lets the script of an app read that a request is refused before it comes to its endpoint.
pub(crate) fn share_refusal(org: &Org, request: &HeaderMap, response: Response) -> Response {
    let asked = Asked {
        origin: request.get(ORIGIN).cloned(),
        is_preflight: false,
    };
    asked.answer(org, response, &FOR_APPS_WITH_COOKIES)
}

async fn share(org: &Org, request: Request, next: Next, sharing: &Sharing) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    asked.answer(org, response, sharing)
}

/// What a request says of the page that sends it.
struct Asked {
    origin: Option<HeaderValue>,
    is_preflight: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Self {
            origin: request.headers().get(ORIGIN).cloned(),
            is_preflight: *request.method() == Method::OPTIONS,
        }
    }

    /// The answer, with what the page may do with it.
    fn answer(self, org: &Org, mut response: Response, sharing: &Sharing) -> Response {
        let Some(origin) = self.origin else {
            return response;
        };
        let ask = |origin: &str| -> Result<bool, StoreError> {
            org.store().read(|db| (sharing.is_allowed)(db, origin))
        };
        let is_allowed = origin
            .to_str()
            .is_ok_and(|origin| ask(origin).unwrap_or(false));
        let headers = response.headers_mut();
        headers.append(VARY, HeaderValue::from_static("Origin"));
        if !is_allowed {
            return response;
        }
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if sharing.with_cookies {
            let is_so = HeaderValue::from_static("true");
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, is_so);
        }
        if self.is_preflight {
            allow_request(headers, sharing.methods);
        } else {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        response
    }
}

/// What of an answer a script may read besides the body.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset, WWW-Authenticate, Link",
);

fn allow_request(headers: &mut HeaderMap, methods: &'static str) {
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_METHODS, methods),
        (
            ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Accept, Accept-Language, Cache-Control, X-Device-Fingerprint, \
             X-Okta-User-Agent-Extended",
        ),
        (ACCESS_CONTROL_MAX_AGE, "3600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
