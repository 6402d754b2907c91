//! Universal Logout: the org tells the app, server to server, to end every session of a person.
//!
//! The wire is Global Token Revocation (draft-parecki-oauth-global-token-revocation-06) as Okta sends it: a request
//! that the org signs for this one address, whose body names the person (RFC 9493).

mod caller;
mod subject;

use http::HeaderMap;

use crate::bff::{Bff, Parts};
use crate::session::StoreError;
use crate::session::store::Whose;
use subject::SubjectId;

/// The path of the receiver, below the app's address.
pub(crate) const PATH: &str = "universal-logout";

/// What became of a request of Universal Logout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UniversalLogout {
    /// Every session of the person has ended (204).
    Ended,
    /// The body is not what the draft describes (400).
    Malformed(&'static str),
    /// Nobody shows that the org sends this request, now and for the first time (401).
    Unauthenticated(&'static str),
    /// The org sends it, but not for this app (403).
    Forbidden(&'static str),
    /// The person never signed in here (404).
    UnknownSubject,
    /// Several people may be meant, so nobody was signed out (422).
    Ambiguous,
    /// It cannot be checked or written down right now (503).
    Unavailable,
}

impl UniversalLogout {
    /// The status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Self::Ended => 204,
            Self::Malformed(_) => 400,
            Self::Unauthenticated(_) => 401,
            Self::Forbidden(_) => 403,
            Self::UnknownSubject => 404,
            Self::Ambiguous => 422,
            Self::Unavailable => 503,
        }
    }

    /// What is wrong and what to do about it, for the log of the sender.
    pub fn problem(&self) -> Option<&'static str> {
        match self {
            Self::Ended => None,
            Self::Malformed(problem)
            | Self::Unauthenticated(problem)
            | Self::Forbidden(problem) => Some(problem),
            Self::UnknownSubject => Some("nobody of this name has ever signed in here"),
            Self::Ambiguous => Some(
                "several people have signed in with this email address: name the one by `iss_sub`",
            ),
            Self::Unavailable => Some("this cannot be done right now: send it again in a minute"),
        }
    }
}

impl Bff {
    /// Answers a request to `POST /universal-logout`: headers and body as they came, nothing of them trusted.
    ///
    /// The sessions end in the store, so that the next request of each is refused, also by other processes and after a
    /// restart. What the store keeps of their tokens is dropped; what their cookies hold can be opened by nobody any more.
    pub async fn universal_logout(&self, headers: &HeaderMap, body: &[u8]) -> UniversalLogout {
        let outcome = receive(&self.parts, headers, body).await;
        let outcome = outcome.unwrap_or_else(|refused| refused);
        match &outcome {
            UniversalLogout::Ended => tracing::info!("universal logout: sessions ended"),
            refused => tracing::warn!(
                status = refused.status(),
                problem = refused.problem(),
                "universal logout refused"
            ),
        }
        outcome
    }
}

async fn receive(
    parts: &Parts,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<UniversalLogout, UniversalLogout> {
    let caller = caller::authenticate(parts, headers).await?;
    let wanted = SubjectId::read(headers, body)?;
    let account = wanted.find(parts).await?;
    caller.use_up(parts).await?;
    let now = parts.clock.now().as_second();
    parts
        .store
        .end_all(Whose::Account(account), None, now)
        .await?;
    Ok(UniversalLogout::Ended)
}

impl From<StoreError> for UniversalLogout {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "universal logout: the session store does not answer");
        Self::Unavailable
    }
}
