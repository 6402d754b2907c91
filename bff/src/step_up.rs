//! Actions that need a fresh proof: the person proves again who they are before something that matters is changed.

use http::HeaderMap;
use model::{ReturnTo, SignInError, Timestamp};

use crate::bff::Bff;
use crate::session::Session;
use crate::sign_in::{Begun, LEEWAY, SignInRequest};

/// How recent and how strong the proof behind a session must be for an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// The oldest acceptable proof, in seconds (`max_age`, OpenID Connect Core §3.1.2.1).
    pub max_age: u32,
    /// The acceptable levels of assurance, as the org names them (`acr_values`). Empty: any.
    pub acr_values: Vec<String>,
    /// What the new tokens must be good for besides what every sign-in asks for. It makes no proof older.
    pub scopes: Vec<String>,
}

/// What a demand for a fresh proof leads to.
#[derive(Debug, Clone)]
pub enum StepUp {
    /// The proof behind the session is good enough: go on.
    Fresh,
    /// It is not: send the browser to the org with 303 and these cookies. It comes back with a new session of the same
    /// person, or with an error.
    Needed(Begun),
}

impl Freshness {
    /// A proof of the last five minutes, of whatever strength.
    pub const RECENT: Self = Self {
        max_age: 5 * 60,
        acr_values: Vec::new(),
        scopes: Vec::new(),
    };

    /// The clocks of app and org may differ here as much as when the proof arrives, or the person would be sent to
    /// prove what has just been accepted.
    fn is_met_by(&self, session: &Session, now: Timestamp) -> bool {
        let oldest = now.as_second() - i64::from(self.max_age) - LEEWAY;
        let is_recent = session
            .auth_time
            .is_some_and(|proved_at| proved_at.as_second() >= oldest);
        let acr = session.claim("acr");
        let is_strong = self.acr_values.is_empty()
            || acr.is_some_and(|acr| self.acr_values.iter().any(|wanted| wanted == acr));
        is_recent && is_strong
    }
}

impl Bff {
    /// Demands a proof as fresh as `wanted` before an action of this session. If it is older or weaker, a sign-in begins
    /// that only the same person can finish, and that leads back to `return_to`.
    ///
    /// # Errors
    ///
    /// What [`Bff::begin_sign_in`] fails with.
    pub async fn require_fresh(
        &self,
        cookies: &HeaderMap,
        session: &Session,
        wanted: &Freshness,
        return_to: ReturnTo,
    ) -> Result<StepUp, SignInError> {
        if wanted.is_met_by(session, self.parts.clock.now()) {
            return Ok(StepUp::Fresh);
        }
        let request = SignInRequest {
            return_to,
            max_age: Some(wanted.max_age),
            acr_values: wanted.acr_values.clone(),
            only: Some(session.subject.clone()),
            login_hint: session.claim("preferred_username").map(str::to_owned),
            scopes: wanted.scopes.clone(),
        };
        let begun = self.begin_sign_in(cookies, request).await?;
        Ok(StepUp::Needed(begun))
    }
}
