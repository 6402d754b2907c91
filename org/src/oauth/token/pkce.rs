use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use crate::oauth::error::EndpointError;

/// Checks the verifier against the challenge of the authorization request (RFC 7636 §4.6).
///
/// A verifier where there was no challenge is refused as well: somebody took the challenge out on the way (RFC 9700 §2.1.1).
pub(super) fn check(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), EndpointError> {
    let failed = || EndpointError::invalid_grant("PKCE verification failed.");
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(_), None) => Err(EndpointError::invalid_grant(
            "PKCE code verifier is required by the application.",
        )),
        (None, Some(_)) => Err(failed()),
        (Some(challenge), Some(verifier)) => {
            let hash = digest(&SHA256, verifier.as_bytes());
            let expected = URL_SAFE_NO_PAD.encode(hash);
            let is_match: bool = expected.as_bytes().ct_eq(challenge.as_bytes()).into();
            if is_verifier(verifier) && is_match {
                Ok(())
            } else {
                Err(failed())
            }
        }
    }
}

/// 43 to 128 unreserved characters (RFC 7636 §4.1).
fn is_verifier(text: &str) -> bool {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved)
}
