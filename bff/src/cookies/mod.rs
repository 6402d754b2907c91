//! The app's cookies: their names and attributes, and the sealing of what they hold.
//!
//! | cookie | holds | lives |
//! | --- | --- | --- |
//! | `portico_session` | session id and the key to the session's data | until the session's absolute end |
//! | `portico_tokens.0`, `.1` | the tokens, sealed with that key | the same |
//! | `portico_tx_…` | one sign-in that has begun, one cookie per `state` | ten minutes |
//! | `portico_sign_in` | a sign-in by the app's own forms, between two pages | ten minutes |
//! | `portico_out` | the `state` of a sign-out that the org has not confirmed | a day |
//! | `portico_word` | one word for the next page of this session | a minute |
//! | `portico_zone` | the name of the person's time zone, not sealed | until the sign-out, a year at most |
//! | `portico_language` | the tag of the language that was chosen, not sealed | a year |
//!
//! Over https all names begin with `__Host-`. All of them together stay within 8 KiB: 256 bytes for the session, up to
//! 4.5 KiB for tokens, and what is left, up to 5 KiB, for begun sign-ins. Tokens that need more are kept in the session
//! store; of the begun sign-ins the oldest go.

mod chunks;
mod keys;
mod names;
mod room;
mod seal;

use cookie::{Cookie, SameSite};
use http::{HeaderMap, HeaderValue, header};

pub(crate) use chunks::{TOKENS_BUDGET, chunks_of, clear_chunks, join};
pub use keys::{InvalidSessionKeys, SessionKeys};
pub(crate) use names::CookieNames;
pub(crate) use room::{length, room_for_tokens, room_for_transactions};
pub(crate) use seal::SealKey;

/// A `Set-Cookie` value. This is the one place that decides the attributes.
fn build(
    names: &CookieNames,
    (name, value): (&str, &str),
    max_age: i64,
    same_site: SameSite,
) -> Option<HeaderValue> {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(same_site)
        .secure(names.are_secure())
        .max_age(cookie::time::Duration::seconds(max_age));
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}

/// Sets a cookie that lives for `max_age` seconds. Names and values are ASCII, so that there is always a header value.
///
/// `SameSite=Lax`, because the browser comes back from the org, another site, and must bring its cookies along.
pub(crate) fn set(names: &CookieNames, name: &str, value: &str, max_age: i64) -> HeaderValue {
    build(names, (name, value), max_age, SameSite::Lax)
        .unwrap_or_else(|| HeaderValue::from_static(""))
}

/// The same for a cookie that only the app's own pages bring along (`SameSite=Strict`).
pub(crate) fn set_for_own_pages(
    names: &CookieNames,
    name: &str,
    value: &str,
    max_age: i64,
) -> HeaderValue {
    build(names, (name, value), max_age, SameSite::Strict)
        .unwrap_or_else(|| HeaderValue::from_static(""))
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
