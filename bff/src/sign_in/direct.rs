use std::fmt;

use http::HeaderMap;
use model::{ReturnTo, Timestamp};

use super::Completed;
use super::complete::{begin_session, session_of};
use super::exchange::accept;
use super::id_token::verify_direct;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::oauth_client::TokenResponse;
use crate::session::BrowserInfo;

/// What the org gave for what a person told this app (direct authentication).
#[derive(Clone, Copy)]
pub(crate) struct Proved<'a> {
    pub(crate) tokens: &'a TokenResponse,
    /// When the person began; no proof can be older.
    pub(crate) since: Timestamp,
    pub(crate) wanted: &'a ReturnTo,
}

/// Finishes a sign-in that needed no callback, by the way of those that do: the identity is verified, userinfo must speak of
/// the same person, and a session begins.
pub(crate) async fn complete_direct(
    parts: &Parts,
    headers: &HeaderMap,
    proved: Proved<'_>,
    browser: BrowserInfo,
) -> Result<Completed, Fault> {
    let metadata = parts.provider.metadata().await?;
    let tokens = accept(parts, proved.tokens)?;
    let pair = (&tokens.id_token, &tokens.access_token);
    let id_token = verify_direct(parts, &metadata, pair, proved.since).await?;
    let session = session_of(parts, &metadata, (tokens, id_token), browser).await?;
    begin_session(parts, headers, session, proved.wanted).await
}

impl fmt::Debug for Proved<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proved")
            .field("since", &self.since)
            .finish_non_exhaustive()
    }
}
