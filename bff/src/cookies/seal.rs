use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use model::{Entropy, Timestamp};
use secrecy::zeroize::Zeroizing;

/// The layout below; another layout gets another number, so that old cookies end as "not signed in", not as garbage.
const VERSION: u8 = 1;
const KEY_ID_LEN: usize = 4;
const HEADER_LEN: usize = 1 + KEY_ID_LEN;
const EXPIRY_LEN: usize = 8;
/// The content as it is: for the store, where opening must be quick and size costs little.
const STORED: u8 = 0;
/// The content deflated: for cookies, where that is shorter.
const DEFLATED: u8 = 1;
/// Short contents, mostly random bytes, only grow when deflated.
const DEFLATE_FROM: usize = 128;
const MAX_CONTENT: u64 = 512 * 1024;

/// One key that seals and opens.
///
/// A sealed text is base64url of `version | key id | nonce | ciphertext`, where the ciphertext holds
/// `expiry | form | content`. Version, key id and the name of the place (the cookie) are authenticated, so that a sealed text
/// is worthless under another name. AES-256-GCM-SIV (RFC 8452): with random nonces, many servers may share a key for years.
#[derive(Clone)]
pub(crate) struct SealKey {
    id: [u8; KEY_ID_LEN],
    key: Arc<LessSafeKey>,
}

impl SealKey {
    pub(crate) const LEN: usize = 32;

    /// A key from 32 random bytes. `None` only if the cryptography library refuses to work.
    pub(crate) fn new(bytes: &[u8; Self::LEN]) -> Option<Self> {
        let mut fingerprint = digest::Context::new(&digest::SHA256);
        fingerprint.update(b"portico key id");
        fingerprint.update(bytes);
        let mut id = [0; KEY_ID_LEN];
        id.copy_from_slice(&fingerprint.finish().as_ref()[..KEY_ID_LEN]);
        let key = UnboundKey::new(&AES_256_GCM_SIV, bytes).ok()?;
        Some(Self {
            id,
            key: Arc::new(LessSafeKey::new(key)),
        })
    }

    /// Seals `content` as bytes, to be opened under the same `name` until `expires_at`.
    pub(crate) fn seal_bytes(
        &self,
        name: &str,
        content: &[u8],
        expires_at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Option<Vec<u8>> {
        self.seal_form((STORED, content), name, expires_at, entropy)
    }

    fn seal_form(
        &self,
        (form, content): (u8, &[u8]),
        name: &str,
        expires_at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Option<Vec<u8>> {
        let nonce = entropy.bytes::<NONCE_LEN>();
        let mut text = Zeroizing::new(Vec::with_capacity(EXPIRY_LEN + 1 + content.len() + 16));
        text.extend_from_slice(&expires_at.as_second().to_be_bytes());
        text.push(form);
        text.extend_from_slice(content);
        let aad = Aad::from(associated_data(self.id, name));
        let nonce_for_key = Nonce::assume_unique_for_key(nonce);
        self.key
            .seal_in_place_append_tag(nonce_for_key, aad, &mut *text)
            .ok()?;
        let mut sealed = Vec::with_capacity(HEADER_LEN + NONCE_LEN + text.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&self.id);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&text);
        Some(sealed)
    }

    /// Opens what [`SealKey::seal_bytes`] sealed under the same name. Any damage, another key or another name, and an
    /// expiry that has passed, give `None`.
    pub(crate) fn open_bytes(
        &self,
        name: &str,
        sealed: &[u8],
        now: Timestamp,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let (header, rest) = sealed.split_at_checked(HEADER_LEN)?;
        if header[0] != VERSION || header[1..] != self.id {
            return None;
        }
        let (nonce, rest) = rest.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let aad = Aad::from(associated_data(self.id, name));
        let mut text = Zeroizing::new(rest.to_vec());
        let text = self.key.open_in_place(nonce, aad, &mut text).ok()?;
        let (expiry, text) = text.split_at_checked(EXPIRY_LEN)?;
        if i64::from_be_bytes(expiry.try_into().ok()?) <= now.as_second() {
            return None;
        }
        match text.split_first()? {
            (&STORED, content) => Some(Zeroizing::new(content.to_vec())),
            (&DEFLATED, content) => inflate(content),
            _ => None,
        }
    }

    /// As [`SealKey::seal_bytes`], as text for a cookie, and as short as can be.
    pub(crate) fn seal(
        &self,
        name: &str,
        content: &[u8],
        expires_at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Option<String> {
        let (form, content) = shortest(content);
        let sealed = self.seal_form((form, &content), name, expires_at, entropy)?;
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// As [`SealKey::open_bytes`], from the text of a cookie.
    pub(crate) fn open(
        &self,
        name: &str,
        sealed: &str,
        now: Timestamp,
    ) -> Option<Zeroizing<Vec<u8>>> {
        self.open_bytes(name, &URL_SAFE_NO_PAD.decode(sealed).ok()?, now)
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey")
    }
}

fn associated_data(id: [u8; KEY_ID_LEN], name: &str) -> Vec<u8> {
    let mut data = Vec::with_capacity(HEADER_LEN + name.len());
    data.push(VERSION);
    data.extend_from_slice(&id);
    data.extend_from_slice(name.as_bytes());
    data
}

/// The shorter of the content and its deflated form. What is secret in it is random and never repeats, so the length
/// tells nothing about it.
fn shortest(content: &[u8]) -> (u8, Zeroizing<Vec<u8>>) {
    if content.len() >= DEFLATE_FROM {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        let deflated = encoder.write_all(content).and_then(|()| encoder.finish());
        if let Ok(deflated) = deflated
            && deflated.len() < content.len()
        {
            return (DEFLATED, Zeroizing::new(deflated));
        }
    }
    (STORED, Zeroizing::new(content.to_vec()))
}

fn inflate(content: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut inflated = Zeroizing::new(Vec::new());
    DeflateDecoder::new(content)
        .take(MAX_CONTENT)
        .read_to_end(&mut inflated)
        .ok()?;
    Some(inflated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Fixed;

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    fn key(byte: u8) -> SealKey {
        SealKey::new(&[byte; 32]).expect("a key")
    }

    #[test]
    fn what_was_sealed_opens_under_its_name_until_it_expires() {
        for content in [b"short".to_vec(), vec![b'a'; 5_000], Vec::new()] {
            let sealed = key(1)
                .seal("name", &content, at(100), &Fixed)
                .expect("sealed");
            assert_eq!(
                key(1).open("name", &sealed, at(99)).as_deref(),
                Some(&content)
            );
            assert_eq!(key(1).open("name", &sealed, at(100)), None);
            assert_eq!(key(1).open("other", &sealed, at(99)), None);
            assert_eq!(key(2).open("name", &sealed, at(99)), None);
        }
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_noticed() {
        let sealed = key(1)
            .seal_bytes("name", b"content", at(100), &Fixed)
            .expect("sealed");
        for position in 0..sealed.len() {
            for bit in 0..8 {
                let mut damaged = sealed.clone();
                damaged[position] ^= 1 << bit;
                assert_eq!(key(1).open_bytes("name", &damaged, at(1)), None);
            }
            assert_eq!(key(1).open_bytes("name", &sealed[..position], at(1)), None);
        }
    }

    #[test]
    fn long_repetitive_contents_are_sealed_shorter_than_they_are() {
        let sealed = key(1)
            .seal("name", &[b'x'; 4_000], at(100), &Fixed)
            .expect("sealed");
        assert!(sealed.len() < 400, "{}", sealed.len());
    }
}
