use axum::extract::FromRequestParts;
use http::request::Parts;
use std::convert::Infallible;

use crate::cookies;
use crate::events::Origin;
use crate::store::Digest;

/// What is known of the browser that an answer comes from. A handler takes it as an extractor.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// The mark of the browser.
    pub(crate) device: Option<Digest>,
    /// The session that it has until now.
    pub(crate) session: Option<Digest>,
    /// Where the answer came from, for the System Log.
    pub(crate) origin: Origin,
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let origin = Origin::from_request_parts(parts, state).await?;
        let read = |name| cookies::read(&parts.headers, name).map(|handle| handle.digest());
        Ok(Self {
            device: read(cookies::DEVICE),
            session: read(cookies::SESSION),
            origin,
        })
    }
}
