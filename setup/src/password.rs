//! Passwords that are made up.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Entropy;
use secrecy::SecretString;

/// 120 random bits, with a character of every class that a password policy may ask for.
pub(crate) fn generate(entropy: &dyn Entropy) -> SecretString {
    let random = URL_SAFE_NO_PAD.encode(entropy.bytes::<15>());
    SecretString::from(format!("{random}-Aa1"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;
    use testkit::SeededEntropy;

    #[test]
    fn a_password_has_every_class_and_is_never_the_same() {
        let entropy = SeededEntropy::new(1);
        let (one, other) = (generate(&entropy), generate(&entropy));
        assert_ne!(one.expose_secret(), other.expose_secret());
        let has = |test: fn(char) -> bool| one.expose_secret().chars().any(test);
        assert!(has(|c| c.is_ascii_lowercase()) && has(|c| c.is_ascii_uppercase()));
        assert!(has(|c| c.is_ascii_digit()) && has(|c| !c.is_alphanumeric()));
        assert_eq!(one.expose_secret().len(), 24);
    }
}
