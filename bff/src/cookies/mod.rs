//! The app's cookies: their names and attributes, and the sealing of what they hold.
//!
//! | cookie | holds | lives |
//! | --- | --- | --- |
//! | `portico_session` | session id and the key to the session's data | until the session's absolute end |
//! | `portico_tokens.0`, `.1` | the tokens, sealed with that key | the same |
//! | `portico_tx_…` | one sign-in that has begun, one cookie per `state` | ten minutes |
//! | `portico_out` | the `state` of a sign-out on its way through the org | ten minutes |
//!
//! Over https all names begin with `__Host-`. All of them together stay within 8 KiB: 256 bytes for the session, 3 KiB
//! for begun sign-ins, 4.5 KiB for tokens; tokens that need more are kept in the session store.

mod chunks;
mod keys;
mod names;
mod seal;

use cookie::{Cookie, SameSite};
use http::{HeaderMap, HeaderValue, header};

pub(crate) use chunks::{TOKENS_BUDGET, chunks_of, clear_chunks, join};
pub use keys::{InvalidSessionKeys, SessionKeys};
pub(crate) use names::CookieNames;
pub(crate) use seal::SealKey;

/// A `Set-Cookie` value. This is the one place that decides the attributes.
///
/// `SameSite=Lax`, because the browser comes back from the org, another site, and must bring its cookies along.
fn build(names: &CookieNames, name: &str, value: &str, max_age: i64) -> Option<HeaderValue> {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(names.are_secure())
        .max_age(cookie::time::Duration::seconds(max_age));
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}

/// Sets a cookie that lives for `max_age` seconds. Names and values are ASCII, so that there is always a header value.
pub(crate) fn set(names: &CookieNames, name: &str, value: &str, max_age: i64) -> HeaderValue {
    build(names, name, value, max_age).unwrap_or_else(|| HeaderValue::from_static(""))
}

/// Takes a cookie away.
pub(crate) fn clear(names: &CookieNames, name: &str) -> HeaderValue {
    set(names, name, "", 0)
}

/// Every cookie of a request as name and value, from all its `Cookie` headers. Unreadable ones are left out.
pub(crate) fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// The value of the first cookie with this name.
pub(crate) fn find<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    all(headers)
        .find(|(candidate, _)| *candidate == name)
        .map(|(_, value)| value)
}
