//! A sign-in by the app's own forms, between one page and the next: a sealed cookie that goes to this app alone.

use std::fmt;

use http::{HeaderMap, HeaderValue};
use model::{DirectStep, DirectWay, DirectWord, ReturnTo, SignInErrorCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::DirectSignIn;
use crate::bff::Parts;
use crate::cookies;
use crate::fault::Fault;
use crate::session::after;
use crate::sign_in::random;

/// How long a page may stay open, in seconds. The org's own five minutes end earlier, and it says so itself.
const LIFETIME_SECONDS: i64 = 10 * 60;

/// As much of a random text as tells the sign-ins of one browser apart, in characters.
const ID_LEN: usize = 12;

/// The sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) id: String,
    /// No proof of it can be older.
    pub(super) started_at: Timestamp,
    pub(super) identifier: String,
    pub(super) return_to: ReturnTo,
    pub(super) step: Step,
    pub(super) word: Option<DirectWord>,
}

/// Where it stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    Begin,
    /// Something has been proved, and something more is asked: by the `mfa_token`.
    Choose(String),
    Code(Asked),
    Hosted,
    Off,
    Failed(SignInErrorCode),
}

/// A code that is asked for.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) way: DirectWay,
    /// The `mfa_token`; none while nothing has been proved.
    pub(super) mfa_token: Option<String>,
    /// The `oob_code`; none where nothing was sent.
    pub(super) oob_code: Option<String>,
    /// The number to choose on the device.
    pub(super) number: Option<String>,
}

impl Attempt {
    pub(super) fn begin(parts: &Parts, return_to: ReturnTo, identifier: String) -> Self {
        let mut id = random(&*parts.entropy);
        id.truncate(ID_LEN);
        Self {
            id,
            started_at: parts.clock.now(),
            identifier,
            return_to,
            step: Step::Begin,
            word: None,
        }
    }

    /// The one of this browser.
    pub(super) fn find(parts: &Parts, headers: &HeaderMap) -> Option<Self> {
        let name = parts.names.direct();
        let sealed = cookies::find(headers, name)?;
        let (content, _) = parts.keys.open(name, sealed, parts.clock.now())?;
        serde_json::from_slice(&content).ok()
    }

    /// The cookie that keeps it.
    pub(super) fn keep(&self, parts: &Parts) -> Result<HeaderValue, Fault> {
        let failed = || Fault::new(SignInErrorCode::Internal, "the sign-in cannot be sealed");
        let name = parts.names.direct();
        let content = serde_json::to_vec(self).map_err(|_| failed())?;
        let ends_at = after(parts.clock.now(), LIFETIME_SECONDS);
        let sealed = parts
            .keys
            .seal(name, &content, ends_at, &*parts.entropy)
            .ok_or_else(failed)?;
        Ok(cookies::set_for_own_pages(
            &parts.names,
            name,
            &sealed,
            LIFETIME_SECONDS,
        ))
    }

    /// Stays where it is, with a word.
    pub(super) fn with(mut self, word: DirectWord) -> Self {
        self.word = Some(word);
        self
    }

    /// Goes on to another step.
    pub(super) fn at(mut self, step: Step) -> Self {
        self.step = step;
        self.word = None;
        self
    }

    /// The token to go on by, if something has been proved.
    pub(super) fn mfa_token(&self) -> Option<&str> {
        match &self.step {
            Step::Choose(token) => Some(token),
            Step::Code(asked) => asked.mfa_token.as_deref(),
            Step::Begin | Step::Hosted | Step::Off | Step::Failed(_) => None,
        }
    }

    /// What a page may know.
    pub(super) fn shown(self) -> DirectSignIn {
        let step = match self.step {
            Step::Begin => DirectStep::Begin,
            Step::Choose(_) => DirectStep::Choose,
            Step::Code(asked) => DirectStep::Code {
                way: asked.way,
                is_first: asked.mfa_token.is_none(),
                number: asked.number,
            },
            Step::Hosted => DirectStep::Hosted,
            Step::Off => DirectStep::Off,
            Step::Failed(code) => DirectStep::Failed(code),
        };
        DirectSignIn {
            id: self.id,
            identifier: self.identifier,
            return_to: self.return_to,
            step,
            word: self.word,
        }
    }
}

/// Takes the cookie away.
pub(super) fn forget(parts: &Parts) -> HeaderValue {
    cookies::set_for_own_pages(&parts.names, parts.names.direct(), "", 0)
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("id", &self.id)
            .field("word", &self.word)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("way", &self.way)
            .finish_non_exhaustive()
    }
}
