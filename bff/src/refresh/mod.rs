//! The tokens of a session, renewed before they expire (RFC 6749 §6), without anybody noticing.
//!
//! Renewing is the work of one request at a time, across tabs, renders and processes: it takes a lease in the session store,
//! calls the org, and puts what it got beside the session. The others wait for that and use it. Nobody takes cookies away
//! because somebody else was quicker; a browser whose cookies are of an older generation finds the newer tokens in the store.

mod flight;
mod found;
mod grant;
mod identity;
mod seek;

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use crate::bff::Bff;
use crate::session::{Session, Tokens};

/// Which tokens a call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Those that are there, however old: to look at them, or to give them back.
    AsKept,
    /// Such as an API accepts now: they are renewed when less than a minute is left.
    Valid,
    /// Newer ones than those that are there.
    New,
}

/// The tokens that a request has found, with the cookies that the response must set.
#[derive(Debug)]
pub struct TokensCheck {
    /// What was found.
    pub state: TokensState,
    /// `Set-Cookie` values, usually none.
    pub cookies: Vec<HeaderValue>,
}

/// Whether there are tokens.
#[derive(Debug)]
pub enum TokensState {
    /// Nobody is signed in, or no longer: also when the org has refused to renew tokens for this session.
    SignedOut,
    /// The store cannot be asked right now. Nobody is signed out by that.
    CannotCheck,
    /// Somebody is signed in, and the browser has lost the cookies with the tokens.
    Lost(Arc<Session>),
    /// These are the tokens.
    Held(Box<HeldTokens>),
}

/// Tokens, and whose they are.
#[derive(Debug)]
pub struct HeldTokens {
    /// The session, with the claims of the newest ID token.
    pub session: Arc<Session>,
    /// The newest tokens.
    pub tokens: Tokens,
    /// Whether they had to be renewed, and whether that was done.
    pub renewal: Renewal,
}

/// What came of renewing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// It was not asked for, or not necessary.
    NotNeeded,
    /// The tokens are newer than those of the cookies that came.
    Done,
    /// There is no refresh token: when the access token expires, only signing in helps.
    Impossible,
    /// It was tried and cannot be done right now. The session goes on, and the next call tries again.
    Failed(RenewalTrouble),
}

/// Why tokens could not be renewed right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RenewalTrouble {
    /// The org did not answer, or asked for patience.
    #[error("the org cannot be reached, or has asked for patience")]
    OrgUnavailable,
    /// The org answered what it should not, or does not know this app.
    #[error("the org's answer cannot be used")]
    OrgRefused,
    /// Another request is renewing them, and has not finished in time.
    #[error("another request is renewing the tokens")]
    UnderWay,
    /// The session store did not answer.
    #[error("the session store cannot be reached")]
    StoreUnavailable,
}

impl Bff {
    /// The tokens of the session that these cookies belong to, for a call of the server.
    pub async fn tokens(&self, cookies: &HeaderMap, demand: Demand) -> TokensCheck {
        seek::tokens(&self.parts, cookies, demand).await
    }
}
