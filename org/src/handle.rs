use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Entropy;
use secrecy::{ExposeSecret as _, SecretString};

use crate::store::Digest;

/// An unguessable text of 256 random bits that gives its bearer a right: a code, a cookie, the address of an interaction.
///
/// The org keeps only its [`Digest`].
#[derive(Debug, Clone)]
pub(crate) struct Handle(SecretString);

impl Handle {
    pub(crate) fn generate(entropy: &dyn Entropy) -> Self {
        Self(URL_SAFE_NO_PAD.encode(entropy.bytes::<32>()).into())
    }

    /// Takes what a browser or client sent. Anything that is not such a text is simply unknown to the org.
    pub(crate) fn received(text: &str) -> Self {
        Self(text.to_owned().into())
    }

    /// The text itself, for the one place that sends it.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn digest(&self) -> Digest {
        Digest::of(self.expose())
    }
}
