use std::fmt;

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Names a session without opening it: the SHA-256 of its id, which the browser's cookie alone holds.
///
/// It may stand in pages and in notices. Who knows it can only ask for what the session's owner may have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionHandle(pub(crate) [u8; digest::SHA256_OUTPUT_LEN]);

impl SessionHandle {
    /// Reads what `Display` writes: 43 characters of base64url.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for SessionHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_read_as_it_is_written_and_nothing_else_is_one() {
        let handle = SessionHandle([251; 32]);
        assert_eq!(SessionHandle::parse(&handle.to_string()), Some(handle));
        for text in ["", "AA", "not base64!", &"A".repeat(44)] {
            assert_eq!(SessionHandle::parse(text), None, "{text}");
        }
    }
}
