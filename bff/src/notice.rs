//! One word for the next page: what became of a form that was answered with a redirect.
//!
//! It travels in a sealed cookie, because an address with such a word could be given to somebody by anybody. The cookie
//! lives a minute, is taken away by the page that shows the word, and means nothing to another session. What is left
//! while nobody is signed in means nothing to any session.

use http::{HeaderMap, HeaderValue};

use crate::bff::Bff;
use crate::cookies;
use crate::session::{Session, after};

/// A page follows its form at once.
const LIFETIME_SECONDS: i64 = 60;

/// As much of a session's handle as tells one session from another, in characters.
const HANDLE_LEN: usize = 22;

/// The longest word, in bytes. With it, all cookies together stay within their limit.
const MAX_WORD: usize = 40;

impl Bff {
    /// The cookie that leaves a word for the next page of this session, or of nobody's. Nothing for a word that is too
    /// long.
    pub fn leave_notice(&self, session: Option<&Session>, word: &str) -> Option<HeaderValue> {
        if word.len() > MAX_WORD {
            return None;
        }
        let parts = &*self.parts;
        let name = parts.names.notice();
        let content = format!("{}{word}", beginning(session));
        let ends_at = after(parts.clock.now(), LIFETIME_SECONDS);
        let sealed = parts
            .keys
            .seal(name, content.as_bytes(), ends_at, &*parts.entropy)?;
        Some(cookies::set(&parts.names, name, &sealed, LIFETIME_SECONDS))
    }

    /// The word that was left for this session, or for nobody's, if any, and the cookie that takes it away.
    pub fn take_notice(
        &self,
        cookies: &HeaderMap,
        session: Option<&Session>,
    ) -> Option<(String, HeaderValue)> {
        let parts = &*self.parts;
        let name = parts.names.notice();
        let sealed = cookies::find(cookies, name)?;
        let (content, _) = parts.keys.open(name, sealed, parts.clock.now())?;
        let content = std::str::from_utf8(&content).ok()?;
        let word = content.strip_prefix(&beginning(session))?;
        Some((word.to_owned(), cookies::clear(&parts.names, name)))
    }
}

/// Whom the word is for. No handle begins with a dot.
fn beginning(session: Option<&Session>) -> String {
    let mut text = session.map_or_else(|| ".".to_owned(), |session| session.handle.to_string());
    text.truncate(HANDLE_LEN);
    text
}
