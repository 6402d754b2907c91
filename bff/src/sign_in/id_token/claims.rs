use model::SignInErrorCode;
use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::signed_token::{ClaimReader, MalformedClaim, RegisteredClaims, seconds, text};

/// The longest subject (OpenID Connect Core §2), in bytes.
const MAX_SUBJECT: usize = 255;

/// The claims of an ID token, each of the right JSON type.
#[derive(Debug)]
pub(in crate::sign_in) struct IdTokenClaims {
    pub(in crate::sign_in) registered: RegisteredClaims,
    pub(super) authorized_party: Option<String>,
    pub(super) auth_time: Option<i64>,
    pub(super) nonce: Option<String>,
    pub(super) acr: Option<String>,
    pub(super) access_token_hash: Option<String>,
    /// Every claim as it came.
    pub(in crate::sign_in) all: Map<String, Value>,
}

impl IdTokenClaims {
    /// Reads the claims. A required claim that is missing, and any known claim of a wrong type, is an error: a reader
    /// that takes a wrong type for "absent" can be talked out of its checks.
    pub(super) fn parse(all: Map<String, Value>) -> Result<Self, Fault> {
        let read = ClaimReader(&all);
        let registered = RegisteredClaims::read(read)?;
        let subject = &registered.subject;
        if subject.is_empty() || subject.len() > MAX_SUBJECT || !subject.is_ascii() {
            return Err(malformed("sub"));
        }
        Ok(Self {
            registered,
            authorized_party: read.optional("azp", text)?,
            auth_time: read.optional("auth_time", seconds)?,
            nonce: read.optional("nonce", text)?,
            acr: read.optional("acr", text)?,
            access_token_hash: read.optional("at_hash", text)?,
            all,
        })
    }
}

impl From<MalformedClaim> for Fault {
    fn from(MalformedClaim(name): MalformedClaim) -> Self {
        malformed(name)
    }
}

fn malformed(name: &'static str) -> Fault {
    Fault::new(
        SignInErrorCode::IdTokenMalformed,
        format!("`{name}` of the ID token is missing or of a wrong type"),
    )
}
