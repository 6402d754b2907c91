//! The language that somebody has chosen in this browser, whether or not they are signed in.

use http::{HeaderMap, HeaderValue};

use crate::bff::Bff;
use crate::cookies::{self, CookieNames};
use crate::web::WebPolicy;

/// A choice is kept for a year, in seconds.
const LIFETIME_SECONDS: i64 = 365 * 24 * 60 * 60;

impl Bff {
    /// The cookie that keeps the choice of a language, by its tag (RFC 5646), which is ASCII.
    pub fn keep_language(&self, tag: &str) -> HeaderValue {
        let names = &self.parts.names;
        cookies::set(names, names.language(), tag, LIFETIME_SECONDS)
    }

    /// The tag that the browser keeps. Anybody can write this cookie, so it is nothing but a wish.
    pub fn kept_language<'a>(&self, cookies: &'a HeaderMap) -> Option<&'a str> {
        cookies::find(cookies, self.parts.names.language())
    }
}

impl WebPolicy {
    /// As [`Bff::kept_language`], for answers that are given without a relying party.
    pub fn kept_language<'a>(&self, cookies: &'a HeaderMap) -> Option<&'a str> {
        cookies::find(cookies, CookieNames::for_app(self.app_url()).language())
    }
}
