use std::fmt;

use aws_lc_rs::digest;
use http::{HeaderMap, HeaderValue};
use model::{Entropy, Timestamp};
use secrecy::zeroize::Zeroizing;

use super::{SessionHandle, limits};
use crate::bff::Parts;
use crate::cookies::{self, SealKey};

const ID_LEN: usize = 32;
const CONTENT_LEN: usize = ID_LEN + SealKey::LEN;

/// What the session cookie holds: the session's id, and the key to the data that the store keeps for it.
pub(crate) struct SessionSecret {
    content: Zeroizing<[u8; CONTENT_LEN]>,
}

impl SessionSecret {
    pub(crate) fn generate(entropy: &dyn Entropy) -> Self {
        Self {
            content: Zeroizing::new(entropy.bytes()),
        }
    }

    /// Reads the session cookie, and says whether it should be sealed again with the newest key.
    pub(crate) fn find(parts: &Parts, headers: &HeaderMap) -> Option<(Self, bool)> {
        let name = parts.names.session();
        let sealed = cookies::find(headers, name)?;
        let (content, is_newest) = parts.keys.open(name, sealed, parts.clock.now())?;
        let content = <[u8; CONTENT_LEN]>::try_from(content.as_slice()).ok()?;
        let secret = Self {
            content: Zeroizing::new(content),
        };
        Some((secret, !is_newest))
    }

    /// What the store knows the session by. The id itself is never stored: a copy of the store lets nobody in.
    pub(crate) fn handle(&self) -> SessionHandle {
        let mut handle = [0; digest::SHA256_OUTPUT_LEN];
        handle.copy_from_slice(digest::digest(&digest::SHA256, &self.content[..ID_LEN]).as_ref());
        SessionHandle(handle)
    }

    /// The key of the data that belongs to this session. It exists in the cookie alone.
    pub(crate) fn data_key(&self) -> Option<SealKey> {
        let (_, key) = self.content.split_last_chunk()?;
        SealKey::new(key)
    }

    /// The `Set-Cookie` that keeps the session in the browser until `ends_at`.
    pub(crate) fn cookie(&self, parts: &Parts, ends_at: Timestamp) -> Option<HeaderValue> {
        let name = parts.names.session();
        let sealed = parts
            .keys
            .seal(name, &*self.content, ends_at, &*parts.entropy)?;
        let max_age = limits::seconds_between(parts.clock.now(), ends_at);
        Some(cookies::set(&parts.names, name, &sealed, max_age))
    }
}

impl fmt::Debug for SessionSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionSecret")
    }
}
