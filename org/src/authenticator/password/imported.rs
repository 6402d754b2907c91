//! Hashes of passwords that another system made. They count until the password is given for the first time, and then one of
//! the org's own takes their place.

use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA512};
use aws_lc_rs::pbkdf2::{self, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA512};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;
use subtle::ConstantTimeEq as _;

/// What a kept hash of this kind begins with, so that it is told from those of the org.
const PREFIX: &str = "$import$";
/// What bcrypt can do, and what Okta takes at most.
const WORK_FACTOR: std::ops::RangeInclusive<u32> = 4..=20;
/// Okta asks for so many at least; more than this would keep a processor busy for seconds.
const ITERATIONS: std::ops::RangeInclusive<u32> = 4096..=5_000_000;
const LONGEST_SALT: usize = 1024;

/// A hash as the management API takes it (`credentials.password.hash`).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HashInput {
    algorithm: Algorithm,
    value: String,
    salt: Option<String>,
    salt_order: Option<SaltOrder>,
    work_factor: Option<u32>,
    iteration_count: Option<u32>,
    key_size: Option<usize>,
    digest_algorithm: Option<DigestAlgorithm>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Algorithm {
    #[serde(rename = "BCRYPT")]
    Bcrypt,
    #[serde(rename = "SHA-512")]
    Sha512,
    #[serde(rename = "SHA-256")]
    Sha256,
    #[serde(rename = "SHA-1")]
    Sha1,
    #[serde(rename = "MD5")]
    Md5,
    #[serde(rename = "PBKDF2")]
    Pbkdf2,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum SaltOrder {
    Prefix,
    Postfix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum DigestAlgorithm {
    #[serde(rename = "SHA256_HMAC")]
    Sha256Hmac,
    #[serde(rename = "SHA512_HMAC")]
    Sha512Hmac,
}

/// A hash that can be compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ImportedHash {
    /// The text in bcrypt's own form: `$2b$10$…`.
    Bcrypt(String),
    Plain {
        algorithm: PlainAlgorithm,
        value: Vec<u8>,
        salt: Vec<u8>,
        /// Whether the salt stands before the password.
        is_salt_first: bool,
    },
    Pbkdf2 {
        is_sha512: bool,
        iterations: NonZeroU32,
        value: Vec<u8>,
        salt: Vec<u8>,
    },
}

/// A digest without any slowness of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PlainAlgorithm {
    Sha512,
    Sha256,
    Sha1,
    Md5,
}

/// Why a hash cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HashFlaw {
    #[error("value is not the hash of a password by this algorithm")]
    Value,
    #[error("salt is not what the algorithm takes")]
    Salt,
    #[error("saltOrder is needed with a salt: PREFIX or POSTFIX")]
    SaltOrder,
    #[error("workFactor is needed: a number from 4 to 20")]
    WorkFactor,
    #[error("iterationCount is needed: a number from 4096 to 5000000")]
    Iterations,
    #[error("digestAlgorithm is needed: SHA256_HMAC or SHA512_HMAC")]
    DigestAlgorithm,
    #[error("keySize is not the size of the value in bytes")]
    KeySize,
}

impl ImportedHash {
    /// Reads a hash as the management API takes it.
    pub(crate) fn read(input: &HashInput) -> Result<Self, HashFlaw> {
        match input.algorithm {
            Algorithm::Bcrypt => read_bcrypt(input),
            Algorithm::Pbkdf2 => read_pbkdf2(input),
            Algorithm::Sha512 => read_plain(input, PlainAlgorithm::Sha512),
            Algorithm::Sha256 => read_plain(input, PlainAlgorithm::Sha256),
            Algorithm::Sha1 => read_plain(input, PlainAlgorithm::Sha1),
            Algorithm::Md5 => read_plain(input, PlainAlgorithm::Md5),
        }
    }

    /// The form in which it is kept where hashes of the org's own are.
    pub(crate) fn to_kept(&self) -> String {
        // The value has no part that cannot be JSON.
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{PREFIX}{json}")
    }

    /// Reads it again; nothing for a hash of the org's own.
    pub(super) fn of_kept(text: &str) -> Option<Self> {
        serde_json::from_str(text.strip_prefix(PREFIX)?).ok()
    }

    /// Whether the password, as it was typed, has this hash.
    pub(super) fn is_of(&self, password: &str) -> bool {
        match self {
            Self::Bcrypt(hash) => bcrypt::verify(password, hash).unwrap_or(false),
            Self::Plain {
                algorithm,
                value,
                salt,
                is_salt_first,
            } => {
                let text = password.as_bytes();
                let salted = if *is_salt_first {
                    [salt, text].concat()
                } else {
                    [text, salt].concat()
                };
                algorithm.digest(&salted).ct_eq(value).into()
            }
            Self::Pbkdf2 {
                is_sha512,
                iterations,
                value,
                salt,
            } => {
                let algorithm = if *is_sha512 {
                    PBKDF2_HMAC_SHA512
                } else {
                    PBKDF2_HMAC_SHA256
                };
                pbkdf2::verify(algorithm, *iterations, salt, password.as_bytes(), value).is_ok()
            }
        }
    }
}

impl PlainAlgorithm {
    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha512 => &SHA512,
            Self::Sha256 => &SHA256,
            Self::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
            Self::Md5 => return Md5::digest(bytes).to_vec(),
        };
        digest::digest(algorithm, bytes).as_ref().to_vec()
    }

    /// In bytes.
    const fn length(self) -> usize {
        match self {
            Self::Sha512 => 64,
            Self::Sha256 => 32,
            Self::Sha1 => 20,
            Self::Md5 => 16,
        }
    }
}

fn read_bcrypt(input: &HashInput) -> Result<ImportedHash, HashFlaw> {
    let is_radix64 = |text: &str| {
        let is_one = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/');
        text.bytes().all(is_one)
    };
    let factor = input
        .work_factor
        .filter(|factor| WORK_FACTOR.contains(factor));
    let factor = factor.ok_or(HashFlaw::WorkFactor)?;
    let salt = input.salt.as_deref().unwrap_or_default();
    if salt.len() != 22 || !is_radix64(salt) {
        return Err(HashFlaw::Salt);
    }
    if input.value.len() != 31 || !is_radix64(&input.value) {
        return Err(HashFlaw::Value);
    }
    let text = format!("$2b${factor:02}${salt}{}", input.value);
    // The last letters of both hold bits that must be zero.
    text.parse::<bcrypt::HashParts>()
        .map_err(|_| HashFlaw::Value)?;
    Ok(ImportedHash::Bcrypt(text))
}

fn read_plain(input: &HashInput, algorithm: PlainAlgorithm) -> Result<ImportedHash, HashFlaw> {
    let value = bytes(&input.value).ok_or(HashFlaw::Value)?;
    if value.len() != algorithm.length() {
        return Err(HashFlaw::Value);
    }
    let salt = salt(input)?;
    if !salt.is_empty() && input.salt_order.is_none() {
        return Err(HashFlaw::SaltOrder);
    }
    Ok(ImportedHash::Plain {
        algorithm,
        value,
        salt,
        is_salt_first: input.salt_order == Some(SaltOrder::Prefix),
    })
}

fn read_pbkdf2(input: &HashInput) -> Result<ImportedHash, HashFlaw> {
    let value = bytes(&input.value).filter(|value| (16..=128).contains(&value.len()));
    let value = value.ok_or(HashFlaw::Value)?;
    if input.key_size.is_some_and(|size| size != value.len()) {
        return Err(HashFlaw::KeySize);
    }
    let count = input
        .iteration_count
        .filter(|count| ITERATIONS.contains(count));
    let iterations = count
        .and_then(NonZeroU32::new)
        .ok_or(HashFlaw::Iterations)?;
    let salt = salt(input)?;
    if salt.is_empty() {
        return Err(HashFlaw::Salt);
    }
    let digest = input.digest_algorithm.ok_or(HashFlaw::DigestAlgorithm)?;
    Ok(ImportedHash::Pbkdf2 {
        is_sha512: digest == DigestAlgorithm::Sha512Hmac,
        iterations,
        value,
        salt,
    })
}

fn salt(input: &HashInput) -> Result<Vec<u8>, HashFlaw> {
    let text = input.salt.as_deref().unwrap_or_default();
    bytes(text)
        .filter(|salt| salt.len() <= LONGEST_SALT)
        .ok_or(HashFlaw::Salt)
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests;
