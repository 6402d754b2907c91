use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

use super::TotpSecret;

impl TotpSecret {
    /// The `otpauth` address that authenticator apps read
    /// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>): `issuer` is the org's name, `account` the login.
    pub(crate) fn uri(&self, issuer: &str, account: &str) -> SecretString {
        // A colon separates the two in the label, so neither may have one.
        let (issuer, account) = (issuer.replace(':', " "), account.replace(':', " "));
        let issuer = utf8_percent_encode(issuer.trim(), NON_ALPHANUMERIC);
        let account = utf8_percent_encode(account.trim(), NON_ALPHANUMERIC);
        let secret = self.base32();
        let secret = secret.expose_secret();
        format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}").into()
    }
}
