//! A key that the app makes for itself, where the org is one that takes it without an administrator.

use std::fs;
use std::io;
use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use model::Entropy;
use secrecy::zeroize::Zeroizing;
use serde_json::{Map, Value, json};

use super::ClientKey;
use super::key::Pair;
use crate::private_file;

/// The bytes of a coordinate on P-256.
const COORDINATE: usize = 32;

impl ClientKey {
    /// Reads the key file at `path`, or makes one with a fresh key (P-256) that only this user may read. The id of the key is
    /// its thumbprint (RFC 7638).
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or holds no key.
    pub fn load_or_create(path: &Path, entropy: &dyn Entropy) -> io::Result<Self> {
        if !path.try_exists()? {
            let pem =
                Zeroizing::new(new_pem().ok_or_else(|| io::Error::other("no key can be made"))?);
            private_file::create(path, pem.as_bytes(), entropy)?;
        }
        let text = Zeroizing::new(fs::read_to_string(path)?);
        let key = Self::parse(&text).map_err(io::Error::other)?;
        match key.thumbprint() {
            Some(id) => Ok(key.with_id(&id)),
            None => Ok(key),
        }
    }

    /// The public half of a key on P-256 as a JWK (RFC 7517). `None` for a key of another kind.
    pub fn public_jwk(&self) -> Option<Map<String, Value>> {
        let (x, y) = self.coordinates()?;
        let mut jwk = Map::from_iter([
            ("kty".to_owned(), json!("EC")),
            ("crv".to_owned(), json!("P-256")),
            ("use".to_owned(), json!("sig")),
            ("alg".to_owned(), json!("ES256")),
            ("x".to_owned(), json!(x)),
            ("y".to_owned(), json!(y)),
        ]);
        if let Some(id) = &self.id {
            jwk.insert("kid".to_owned(), json!(id));
        }
        Some(jwk)
    }

    /// The members in their order, without spaces, make the thumbprint.
    fn thumbprint(&self) -> Option<String> {
        let (x, y) = self.coordinates()?;
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        Some(URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes())))
    }

    fn coordinates(&self) -> Option<(String, String)> {
        let Pair::Elliptic(pair) = &*self.pair else {
            return None;
        };
        // An uncompressed point: 4, x, y.
        let point = pair.public_key().as_ref().get(1..)?;
        let (x, y) = point.split_at_checked(COORDINATE)?;
        Some((URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y)))
    }
}

fn new_pem() -> Option<String> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).ok()?;
    let document = pair.to_pkcs8v1().ok()?;
    let body = Zeroizing::new(STANDARD.encode(document.as_ref()));
    Some(format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        body.as_str()
    ))
}
