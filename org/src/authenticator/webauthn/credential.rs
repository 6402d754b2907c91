use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What the org remembers of a passkey or security key (WebAuthn L3 §4, credential record).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Credential {
    /// Chosen by the authenticator; at most 1023 bytes.
    #[serde(with = "base64url")]
    pub(crate) id: Vec<u8>,
    /// A `COSE_Key` (RFC 9052, §7).
    #[serde(with = "base64url")]
    pub(crate) public_key: Vec<u8>,
    /// As of the last use; 0 for authenticators that do not count.
    pub(crate) sign_count: u32,
    /// Whether it may be copied to other devices. Does not change.
    pub(crate) backup_eligible: bool,
    /// Whether it was copied, as of the last use.
    pub(crate) backed_up: bool,
    /// How browsers may reach it: `internal`, `usb`, `hybrid`, …
    pub(crate) transports: Vec<String>,
}

mod base64url {
    use super::{BASE64URL_NOPAD, Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64URL_NOPAD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(serde::de::Error::custom)
    }
}

impl Credential {
    /// The id as it stands on the wire: Okta's `credentialId`.
    pub(crate) fn wire_id(&self) -> String {
        BASE64URL_NOPAD.encode(&self.id)
    }
}
