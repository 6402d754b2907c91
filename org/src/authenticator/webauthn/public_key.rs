use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use ciborium::Value;

use super::Refusal;

/// COSE's numbers of the signatures that the org asks for, the better one first: ES256 and RS256.
pub(super) const ALGORITHMS: [i32; 2] = [ES256, RS256];
const ES256: i32 = -7;
const RS256: i32 = -257;

const KEY_TYPE: i32 = 1;
const ALGORITHM: i32 = 3;
const EC2: i32 = 2;
const RSA: i32 = 3;
const P256: i32 = 1;

/// In bytes: 2048 to 8192 bits.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=1024;

/// A `COSE_Key` (RFC 9053, §7; RFC 8230, §4) of a kind that the org asks for.
#[derive(Debug)]
pub(super) enum PublicKey {
    /// ECDSA on P-256 with SHA-256.
    Es256(ParsedPublicKey),
    /// RSA PKCS#1 v1.5 with SHA-256.
    Rs256 { modulus: Vec<u8>, exponent: Vec<u8> },
}

impl PublicKey {
    pub(super) fn read(cose: &[u8]) -> Result<Self, Refusal> {
        let mut rest = cose;
        let value: Value = ciborium::from_reader(&mut rest).map_err(|_| Refusal::PublicKey)?;
        let key = Members(value.into_map().map_err(|_| Refusal::PublicKey)?);
        if !rest.is_empty() {
            return Err(Refusal::PublicKey);
        }
        match (key.number(KEY_TYPE)?, key.number(ALGORITHM)?) {
            (EC2, ES256) if key.number(-1)? == P256 => point(key.bytes(-2)?, key.bytes(-3)?),
            (RSA, RS256) => rsa(key.bytes(-1)?, key.bytes(-2)?),
            _ => Err(Refusal::PublicKey),
        }
    }

    /// COSE's number of the algorithm.
    pub(super) const fn algorithm(&self) -> i32 {
        match self {
            Self::Es256(_) => ES256,
            Self::Rs256 { .. } => RS256,
        }
    }

    /// Whether the signature of `message` is by this key.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Es256(key) => key.verify_sig(message, signature).is_ok(),
            Self::Rs256 { modulus, exponent } => PublicKeyComponents {
                n: modulus,
                e: exponent,
            }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .is_ok(),
        }
    }
}

fn point(x: &[u8], y: &[u8]) -> Result<PublicKey, Refusal> {
    if (x.len(), y.len()) != (32, 32) {
        return Err(Refusal::PublicKey);
    }
    // SEC 1, §2.3.3: uncompressed. That it is on the curve is checked here as well.
    let point = [&[4], x, y].concat();
    ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
        .map(PublicKey::Es256)
        .map_err(|_| Refusal::PublicKey)
}

fn rsa(modulus: &[u8], exponent: &[u8]) -> Result<PublicKey, Refusal> {
    let is_usable = MODULUS.contains(&modulus.len())
        && modulus.first().is_some_and(|byte| *byte != 0)
        && (1..=4).contains(&exponent.len());
    if !is_usable {
        return Err(Refusal::PublicKey);
    }
    Ok(PublicKey::Rs256 {
        modulus: modulus.to_vec(),
        exponent: exponent.to_vec(),
    })
}

/// The members of a CBOR map with numbers for names.
struct Members(Vec<(Value, Value)>);

impl Members {
    /// A member that is there once.
    fn get(&self, name: i32) -> Result<&Value, Refusal> {
        let name = Value::from(name);
        let mut found = self.0.iter().filter(|(key, _)| *key == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Ok(value),
            _ => Err(Refusal::PublicKey),
        }
    }

    fn number(&self, name: i32) -> Result<i32, Refusal> {
        let number = self.get(name)?.as_integer().ok_or(Refusal::PublicKey)?;
        number.try_into().map_err(|_| Refusal::PublicKey)
    }

    fn bytes(&self, name: i32) -> Result<&[u8], Refusal> {
        let bytes = self.get(name)?.as_bytes().ok_or(Refusal::PublicKey)?;
        Ok(bytes)
    }
}
