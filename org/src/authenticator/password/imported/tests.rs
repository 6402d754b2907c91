use serde_json::json;

use super::super::{PasswordCost, Passwords};
use super::*;

const PASSWORD: &str = "Tr4mway+umbrella";
/// Base64 of `salt-of-ours`.
const SALT: &str = "c2FsdC1vZi1vdXJz";

fn read(input: serde_json::Value) -> Result<ImportedHash, HashFlaw> {
    let input: HashInput = serde_json::from_value(input).expect("an input");
    ImportedHash::read(&input)
}

/// Made with Python's `hashlib` and with crypt(3).
fn known() -> Vec<serde_json::Value> {
    vec![
        json!({"algorithm": "BCRYPT", "workFactor": 4, "salt": "abcdefghijklmnopqrstuu", "value": "F5S4jRJrRlV814gJI2nPNYXogWmw8hq"}),
        json!({"algorithm": "SHA-512", "salt": SALT, "saltOrder": "PREFIX",
            "value": "MfwodJy/uUHrLGAV8J7SghaGKgPBoGdLJGTcemTz63po0BLqbj9jc8zadF84QZD1yqRTEN/BTdaMvNbMHQqcvQ=="}),
        json!({"algorithm": "SHA-256", "salt": SALT, "saltOrder": "POSTFIX",
            "value": "JuDBOXtq/37/br/wLG1mLykLHWp6wK/6oUHrknxTuLw="}),
        json!({"algorithm": "SHA-1", "value": "DuKKpLjwG0ctdRwUV9oHjf0nK/s="}),
        json!({"algorithm": "MD5", "salt": SALT, "saltOrder": "PREFIX", "value": "Bv11InHnpTExHSxw0b+COg=="}),
        json!({"algorithm": "PBKDF2", "salt": SALT, "iterationCount": 4096, "keySize": 32, "digestAlgorithm": "SHA256_HMAC",
            "value": "5mrd0v+VYCcpP2y9mwU+MF2RqPrnQLKcWrcxqnprd4w="}),
        json!({"algorithm": "PBKDF2", "salt": SALT, "iterationCount": 5000, "digestAlgorithm": "SHA512_HMAC",
            "value": "7D4qnTqYWvx4j8Ht1JJcre558ILEL35ouG8BEJoelp+4m+ZSRBPmhZkEIPxBIjasujVWJc437alEOQT11M3Mqw=="}),
    ]
}

#[tokio::test]
async fn a_hash_of_any_algorithm_is_of_its_password_and_of_no_other() {
    let passwords = Passwords::new(PasswordCost::INSECURE_FOR_TESTS);
    for input in known() {
        let kept = read(input.clone()).expect("a hash").to_kept();
        for (password, expected) in [(PASSWORD, true), ("Tr4mway+umbrellA", false), ("", false)] {
            let is_right = passwords.verify(password.into(), Some(kept.clone())).await;
            assert_eq!(is_right.expect("checked"), expected, "{input} {password}");
        }
        assert!(
            passwords.is_outdated(&kept),
            "one of the org's own takes its place"
        );
    }
}

#[test]
fn what_is_no_hash_of_its_algorithm_is_refused() {
    let with = |input: usize, name: &str, value: serde_json::Value| {
        let mut input = known()[input].clone();
        input[name] = value;
        input
    };
    for (input, expected) in [
        (with(0, "workFactor", 21.into()), HashFlaw::WorkFactor),
        (with(0, "workFactor", json!(null)), HashFlaw::WorkFactor),
        (with(0, "salt", "short".into()), HashFlaw::Salt),
        (
            with(0, "salt", "$2b$10$aaaaaaaaaaaaaaa".into()),
            HashFlaw::Salt,
        ),
        (with(0, "value", "x".into()), HashFlaw::Value),
        (with(1, "value", "AAAA".into()), HashFlaw::Value),
        (with(1, "value", "not base64".into()), HashFlaw::Value),
        (with(1, "saltOrder", json!(null)), HashFlaw::SaltOrder),
        (with(2, "salt", "***".into()), HashFlaw::Salt),
        (with(5, "iterationCount", 1.into()), HashFlaw::Iterations),
        (
            with(5, "iterationCount", json!(4_000_000_000_u32)),
            HashFlaw::Iterations,
        ),
        (with(5, "keySize", 16.into()), HashFlaw::KeySize),
        (
            with(5, "digestAlgorithm", json!(null)),
            HashFlaw::DigestAlgorithm,
        ),
        (with(5, "salt", json!(null)), HashFlaw::Salt),
    ] {
        assert_eq!(read(input.clone()), Err(expected), "{input}");
    }
}
