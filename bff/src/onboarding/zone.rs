//! The time zone that somebody lives by, kept in their browser as well, so that no page has to ask the store for it.

use http::{HeaderMap, HeaderValue};
use model::ZoneName;

use crate::bff::{Bff, Parts};
use crate::cookies;

/// In seconds: a year. It is set anew by each sign-in.
const LIFETIME_SECONDS: i64 = 365 * 24 * 60 * 60;

impl Bff {
    /// The cookie that keeps a time zone in this browser.
    pub fn keep_zone(&self, zone: &ZoneName) -> HeaderValue {
        let names = &self.parts.names;
        cookies::set(names, names.zone(), zone.as_str(), LIFETIME_SECONDS)
    }

    /// The time zone that the browser keeps. Anybody can write this cookie, so it is nothing but a wish.
    pub fn kept_zone(&self, cookies: &HeaderMap) -> Option<ZoneName> {
        let name = self.parts.names.zone();
        cookies::find(cookies, name).and_then(|zone| ZoneName::parse(zone).ok())
    }
}

/// What a sign-in leaves in the browser: the zone of the person, and not that of whoever was there before.
pub(crate) fn cookie_of(
    parts: &Parts,
    headers: &HeaderMap,
    zone: Option<&ZoneName>,
) -> Option<HeaderValue> {
    let names = &parts.names;
    let kept = cookies::find(headers, names.zone());
    match zone {
        Some(zone) if kept == Some(zone.as_str()) => None,
        Some(zone) => Some(cookies::set(
            names,
            names.zone(),
            zone.as_str(),
            LIFETIME_SECONDS,
        )),
        None => kept.map(|_| cookies::clear(names, names.zone())),
    }
}
