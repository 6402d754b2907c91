//! The two cookies of the org. Their attributes are set here and nowhere else.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

use crate::config::OrgUrl;
use crate::handle::Handle;

/// The session, under the name that Identity Engine gives it.
pub(crate) const SESSION: &str = "idx";
/// The browser itself, whoever is signed in.
pub(crate) const DEVICE: &str = "dt";

/// As long as browsers keep a cookie at most.
const LONG: Duration = Duration::days(400);

/// `HttpOnly`; `Lax`, so that an app's link to the authorize endpoint brings it but a foreign form does not; `Secure`
/// wherever the org is reached by https.
fn set(
    url: &OrgUrl,
    name: &'static str,
    value: &str,
    max_age: Option<Duration>,
) -> Option<HeaderValue> {
    let mut cookie = Cookie::build((name, value))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(url.is_https())
        .path("/");
    if let Some(max_age) = max_age {
        cookie = cookie.max_age(max_age);
    }
    HeaderValue::try_from(cookie.build().to_string()).ok()
}

/// Marks a browser.
pub(crate) fn set_device(url: &OrgUrl, handle: &Handle) -> Option<HeaderValue> {
    set(url, DEVICE, handle.expose(), Some(LONG))
}

/// Signs a browser in, for as long as it is open or for longer.
pub(crate) fn set_session(
    url: &OrgUrl,
    handle: &Handle,
    keep_me_signed_in: bool,
) -> Option<HeaderValue> {
    set(
        url,
        SESSION,
        handle.expose(),
        keep_me_signed_in.then_some(LONG),
    )
}

/// Signs a browser out.
pub(crate) fn clear_session(url: &OrgUrl) -> Option<HeaderValue> {
    set(url, SESSION, "", Some(Duration::ZERO))
}

/// The cookie of this name that a browser sent.
pub(crate) fn read(headers: &HeaderMap, name: &str) -> Option<Handle> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name && !cookie.value().is_empty())
        .map(|cookie| Handle::received(cookie.value()))
}
