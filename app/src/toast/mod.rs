//! What was done, said on the page after it: one short message, which can be dismissed, and undone where that is
//! possible.
//!
//! A form leaves one word of a closed set for the page that its redirect leads to, sealed by the server. So no link and
//! no other site can make the app say something, and nothing that somebody wrote is ever said.

mod frame;
#[cfg(feature = "ssr")]
pub(crate) mod server;
mod view;

use std::fmt;
use std::sync::Arc;

pub(crate) use view::Toasts;

use crate::texts::Language;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A session in another browser has ended.
    SessionEnded,
    /// All sessions but this one have ended.
    OtherSessionsEnded,
    /// The authenticator is gone.
    AuthenticatorRemoved,
    /// The new telephone counts.
    PhoneAdded,
    /// The app speaks another language than before.
    LanguageChosen {
        /// The one to go back to.
        before: Language,
    },
}

/// What the page being rendered has to say, and how it tells that it has said it.
#[derive(Clone)]
pub struct Pending {
    done: Done,
    said: Arc<dyn Fn() + Send + Sync>,
}

impl Pending {
    /// Something to say; `said` is called once it is on the page.
    pub fn new(done: Done, said: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            done,
            said: Arc::new(said),
        }
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pending").field(&self.done).finish()
    }
}
