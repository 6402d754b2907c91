use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{Entropy, Timestamp};
use secrecy::zeroize::Zeroizing;

use super::seal::SealKey;
use crate::private_file;

/// The keys that seal the app's cookies: the first seals, all of them open.
///
/// To rotate, put a new key in front; drop the old one once no session is older than the change.
#[derive(Clone)]
pub struct SessionKeys(Vec<SealKey>);

/// A text that is not a list of session keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "session keys must be a comma-separated list of base64url texts, each of exactly 32 random bytes"
)]
pub struct InvalidSessionKeys;

impl SessionKeys {
    /// Reads a comma-separated list of base64url keys of 32 bytes each.
    pub fn parse(list: &str) -> Result<Self, InvalidSessionKeys> {
        let keys = list
            .split(',')
            .map(|text| parse_key(text.trim()))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self(keys))
    }

    /// Reads the key file at `path`, or makes one with a fresh key that only this user may read.
    pub fn load_or_create(path: &Path, entropy: &dyn Entropy) -> io::Result<Self> {
        if !path.try_exists()? {
            create(path, entropy)?;
        }
        let text = Zeroizing::new(fs::read_to_string(path)?);
        Self::parse(text.trim()).map_err(io::Error::other)
    }

    /// Seals with the first key.
    pub(crate) fn seal(
        &self,
        name: &str,
        content: &[u8],
        expires_at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Option<String> {
        self.0.first()?.seal(name, content, expires_at, entropy)
    }

    /// Opens with whichever key sealed it, and says whether that was the first one.
    pub(crate) fn open(
        &self,
        name: &str,
        sealed: &str,
        now: Timestamp,
    ) -> Option<(Zeroizing<Vec<u8>>, bool)> {
        self.0.iter().enumerate().find_map(|(index, key)| {
            let content = key.open(name, sealed, now)?;
            Some((content, index == 0))
        })
    }
}

fn parse_key(text: &str) -> Result<SealKey, InvalidSessionKeys> {
    let bytes = Zeroizing::new(
        URL_SAFE_NO_PAD
            .decode(text.trim_end_matches('='))
            .map_err(|_| InvalidSessionKeys)?,
    );
    let bytes: &[u8; 32] = bytes
        .as_slice()
        .try_into()
        .map_err(|_| InvalidSessionKeys)?;
    SealKey::new(bytes).ok_or(InvalidSessionKeys)
}

/// Writes a fresh key.
fn create(path: &Path, entropy: &dyn Entropy) -> io::Result<()> {
    let key = Zeroizing::new(entropy.bytes::<{ SealKey::LEN }>());
    let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(*key));
    private_file::create(path, text.as_bytes(), entropy)
}

impl fmt::Debug for SessionKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionKeys({} keys)", self.0.len())
    }
}
