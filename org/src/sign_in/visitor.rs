use http::HeaderMap;

use crate::cookies;
use crate::store::Digest;

/// What is known of the browser that an answer comes from.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Visitor {
    /// The mark of the browser.
    pub(crate) device: Option<Digest>,
    /// The session that it has until now.
    pub(crate) session: Option<Digest>,
}

impl Visitor {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let read = |name| cookies::read(headers, name).map(|handle| handle.digest());
        Self {
            device: read(cookies::DEVICE),
            session: read(cookies::SESSION),
        }
    }
}
