use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// What stands in a token of the org. Nobody is to believe it before the token is known by its digest or its signature.
#[derive(Debug)]
pub(super) struct TokenClaims(Map<String, Value>);

impl TokenClaims {
    /// The payload of the compact form, if it is one.
    pub(super) fn read(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
        let json = URL_SAFE_NO_PAD.decode(payload).ok()?;
        serde_json::from_slice(&json).ok().map(Self)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A time in seconds since 1970.
    pub(super) fn moment(&self, name: &str) -> Option<Timestamp> {
        Timestamp::from_second(self.0.get(name)?.as_i64()?).ok()
    }

    /// A claim as it stands there.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }
}
