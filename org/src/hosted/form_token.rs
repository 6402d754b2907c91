use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use crate::seal::Sealer;
use crate::store::Digest;

/// The token that shows that a form comes from a page of this org, for one subject: an interaction, a session.
#[derive(Debug, Clone)]
pub(crate) struct FormToken(String);

impl FormToken {
    pub(crate) fn new(sealer: &Sealer, purpose: &str, subject: Digest) -> Self {
        Self(URL_SAFE_NO_PAD.encode(sealer.token_for(purpose, subject.as_bytes())))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is(&self, presented: &str) -> bool {
        self.0.as_bytes().ct_eq(presented.as_bytes()).into()
    }
}
