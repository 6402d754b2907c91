use serde_json::{Map, Value};

/// The end of the year 9999, in seconds since 1970.
const LAST_SECOND: i64 = 253_402_300_799;

/// The name of a claim that is missing or of a wrong type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MalformedClaim(pub(crate) &'static str);

/// Reads claims by type. One of a wrong type is an error: a reader that takes it for "absent" can be talked out of its
/// checks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClaimReader<'a>(pub(crate) &'a Map<String, Value>);

impl ClaimReader<'_> {
    pub(crate) fn required<T>(
        self,
        name: &'static str,
        read: fn(&Value) -> Option<T>,
    ) -> Result<T, MalformedClaim> {
        self.0.get(name).and_then(read).ok_or(MalformedClaim(name))
    }

    pub(crate) fn optional<T>(
        self,
        name: &'static str,
        read: fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, MalformedClaim> {
        self.0
            .get(name)
            .map(|value| read(value).ok_or(MalformedClaim(name)))
            .transpose()
    }
}

/// The registered claims that every signed token of an org says (RFC 7519 §4.1), each of the right JSON type.
#[derive(Debug)]
pub(crate) struct RegisteredClaims {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) audience: Vec<String>,
    pub(crate) issued_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) not_before: Option<i64>,
}

impl RegisteredClaims {
    pub(crate) fn read(claims: ClaimReader<'_>) -> Result<Self, MalformedClaim> {
        Ok(Self {
            issuer: claims.required("iss", text)?,
            subject: claims.required("sub", text)?,
            audience: claims.required("aud", texts)?,
            issued_at: claims.required("iat", seconds)?,
            expires_at: claims.required("exp", seconds)?,
            not_before: claims.optional("nbf", seconds)?,
        })
    }
}

pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// One text, or a list of at least one.
pub(crate) fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(values) if !values.is_empty() => values.iter().map(text).collect(),
        _ => None,
    }
}

/// A time in whole seconds.
pub(crate) fn seconds(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .filter(|seconds| (0..=LAST_SECOND).contains(seconds))
}

/// An object, such as `events` of a logout token.
pub(crate) fn object(value: &Value) -> Option<Map<String, Value>> {
    value.as_object().cloned()
}
