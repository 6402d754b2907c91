use secrecy::SecretString;

use crate::directory::nfkc;

/// The longest password, in characters. A longer one is refused, never cut.
pub(crate) const LONGEST: usize = 256;

/// The form of a password that is hashed (NIST SP 800-63B, §3.1.1.2): the same from every keyboard.
pub(super) fn normal_form(password: &str) -> SecretString {
    nfkc(password).into()
}
