use model::SignInErrorCode;
use serde_json::{Map, Value};

use crate::fault::Fault;

/// The longest subject (OpenID Connect Core §2), in bytes.
const MAX_SUBJECT: usize = 255;

/// The end of the year 9999, in seconds since 1970.
const LAST_SECOND: i64 = 253_402_300_799;

/// The claims of an ID token, each of the right JSON type.
#[derive(Debug)]
pub(in crate::sign_in) struct IdTokenClaims {
    pub(super) issuer: String,
    pub(in crate::sign_in) subject: String,
    pub(super) audience: Vec<String>,
    pub(super) authorized_party: Option<String>,
    pub(super) expires_at: i64,
    pub(super) issued_at: i64,
    pub(super) not_before: Option<i64>,
    pub(super) auth_time: Option<i64>,
    pub(super) nonce: String,
    pub(super) acr: Option<String>,
    pub(super) access_token_hash: Option<String>,
    /// Every claim as it came.
    pub(in crate::sign_in) all: Map<String, Value>,
}

impl IdTokenClaims {
    /// Reads the claims. A required claim that is missing, and any known claim of a wrong type, is an error: a reader
    /// that takes a wrong type for "absent" can be talked out of its checks.
    pub(super) fn parse(all: Map<String, Value>) -> Result<Self, Fault> {
        let read = Reader(&all);
        let subject = read.required("sub", text)?;
        if subject.is_empty() || subject.len() > MAX_SUBJECT || !subject.is_ascii() {
            return Err(malformed("sub"));
        }
        Ok(Self {
            issuer: read.required("iss", text)?,
            subject,
            audience: read.required("aud", texts)?,
            authorized_party: read.optional("azp", text)?,
            expires_at: read.required("exp", seconds)?,
            issued_at: read.required("iat", seconds)?,
            not_before: read.optional("nbf", seconds)?,
            auth_time: read.optional("auth_time", seconds)?,
            nonce: read.required("nonce", text)?,
            acr: read.optional("acr", text)?,
            access_token_hash: read.optional("at_hash", text)?,
            all,
        })
    }
}

struct Reader<'a>(&'a Map<String, Value>);

impl Reader<'_> {
    fn required<T>(&self, name: &'static str, read: fn(&Value) -> Option<T>) -> Result<T, Fault> {
        self.0
            .get(name)
            .and_then(read)
            .ok_or_else(|| malformed(name))
    }

    fn optional<T>(
        &self,
        name: &'static str,
        read: fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        self.0
            .get(name)
            .map(|value| read(value).ok_or_else(|| malformed(name)))
            .transpose()
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// One text, or a list of at least one.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(values) if !values.is_empty() => values.iter().map(text).collect(),
        _ => None,
    }
}

/// A time in whole seconds.
fn seconds(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .filter(|seconds| (0..=LAST_SECOND).contains(seconds))
}

fn malformed(name: &'static str) -> Fault {
    Fault::new(
        SignInErrorCode::IdTokenMalformed,
        format!("`{name}` of the ID token is missing or of a wrong type"),
    )
}
