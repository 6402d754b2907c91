//! Encryption at rest with a key file in the data directory.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use model::Entropy;
use secrecy::zeroize::Zeroizing;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::private_file;

const KEY_LENGTH: usize = 32;

/// Something sealed did not open: the key file or the database was exchanged.
#[derive(Debug, thiserror::Error)]
#[error("what is sealed under {label:?} does not open with the key file of this data directory")]
pub(crate) struct SealBroken {
    label: String,
}

/// The key of a data directory. It seals secrets for the database and derives the tokens of forms.
#[derive(Clone)]
pub(crate) struct Sealer {
    aead: Arc<LessSafeKey>,
    mac: hmac::Key,
    entropy: Arc<dyn Entropy>,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer([redacted])")
    }
}

impl Sealer {
    /// Reads the key file, or makes one (readable by its owner only).
    pub(crate) fn open(data_dir: &Path, entropy: Arc<dyn Entropy>) -> std::io::Result<Self> {
        let path = data_dir.join("sealing-key");
        let key = match std::fs::read(&path) {
            Ok(key) => Zeroizing::new(key),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = Zeroizing::new(entropy.bytes::<KEY_LENGTH>().to_vec());
                private_file::write(&path, &key)?;
                key
            }
            Err(error) => return Err(error),
        };
        Self::new(&key, entropy)
    }

    fn new(key: &[u8], entropy: Arc<dyn Entropy>) -> std::io::Result<Self> {
        let aead = UnboundKey::new(&AES_256_GCM, key)
            .map_err(|_| std::io::Error::other("the key file does not hold 32 bytes"))?;
        // One key, two uses: the second gets a key of its own.
        let root = hmac::Key::new(hmac::HMAC_SHA256, key);
        let derived = hmac::sign(&root, b"form tokens");
        Ok(Self {
            aead: Arc::new(LessSafeKey::new(aead)),
            mac: hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()),
            entropy,
        })
    }

    /// Encrypts `secret`. It opens under the same `label` only, so that one sealed column cannot stand in for another.
    pub(crate) fn seal(&self, label: &str, secret: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let nonce = self.entropy.bytes::<NONCE_LEN>();
        let mut sealed = secret.to_vec();
        self.aead
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(label),
                &mut sealed,
            )
            .map_err(|_| broken(label))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Decrypts what [`Self::seal`] gave.
    pub(crate) fn open_sealed(
        &self,
        label: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealBroken> {
        let (nonce, body) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or_else(|| broken(label))?;
        let mut body = Zeroizing::new(body.to_vec());
        let length = self
            .aead
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(label),
                &mut body,
            )
            .map_err(|_| broken(label))?
            .len();
        body.truncate(length);
        Ok(body)
    }

    /// A token that only this org can make for `subject`, to be carried by a form.
    pub(crate) fn token_for(&self, purpose: &str, subject: &[u8]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.mac);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(subject);
        let mut token = [0; 32];
        token.copy_from_slice(context.sign().as_ref());
        token
    }
}

fn broken(label: &str) -> SealBroken {
    SealBroken {
        label: label.to_owned(),
    }
}
