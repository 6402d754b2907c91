use super::*;
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::{SeededEntropy, TestDir};

fn sealer(seed: u64) -> Sealer {
    let dir = TestDir::new();
    Sealer::open(dir.path(), Arc::new(SeededEntropy::new(seed))).expect("a key file")
}

/// Gives the words it was made with, one after another.
#[derive(Debug)]
struct Words(&'static [u32], AtomicUsize);

impl Entropy for Words {
    fn fill(&self, bytes: &mut [u8]) {
        let index = self.1.fetch_add(1, Ordering::Relaxed);
        bytes.copy_from_slice(&self.0[index].to_be_bytes());
    }
}

fn generated(words: &'static [u32]) -> String {
    let code = OneTimeCode::generate(&Words(words, AtomicUsize::new(0)));
    code.secret().expose_secret().to_owned()
}

#[test]
fn a_code_has_six_digits_and_words_that_would_favour_some_are_passed_over() {
    assert_eq!(generated(&[0]), "000000");
    assert_eq!(generated(&[1_000_042]), "000042");
    assert_eq!(FAIR % CODES, 0);
    assert_eq!(generated(&[FAIR - 1]), "999999");
    assert_eq!(generated(&[FAIR, u32::MAX, 7]), "000007");
}

#[test]
fn a_code_is_good_for_its_challenge_and_its_org_only() {
    let (ours, theirs) = (sealer(1), sealer(2));
    let code = OneTimeCode::generate(&SeededEntropy::new(3));
    let digits = code.secret().expose_secret().to_owned();
    let digest = code.digest(&ours, b"challenge");
    assert!(digest.matches(&ours, b"challenge", &digits));
    assert!(digest.matches(
        &ours,
        b"challenge",
        &format!(" {} {} ", &digits[..3], &digits[3..])
    ));
    assert!(!digest.matches(&ours, b"other", &digits));
    assert!(!digest.matches(&theirs, b"challenge", &digits));
    for answer in [
        "",
        "12345",
        "1234567",
        &digits[..5],
        &format!("{digits}0"),
        "１２３４５６",
    ] {
        assert!(!digest.matches(&ours, b"challenge", answer), "{answer}");
    }
}

#[test]
fn what_is_kept_does_not_show_the_code() {
    let code = OneTimeCode::generate(&SeededEntropy::new(3));
    let digits = code.secret().expose_secret().to_owned();
    let digest = code.digest(&sealer(1), b"challenge");
    let text = serde_json::to_string(&digest).expect("JSON");
    assert!(!text.contains(&digits) && !format!("{code:?}{digest:?}").contains(&digits));
    let read: CodeDigest = serde_json::from_str(&text).expect("a digest");
    assert!(read.matches(&sealer(1), b"challenge", &digits));
    assert!(serde_json::from_str::<CodeDigest>("\"AAAA\"").is_err());
}

proptest! {
    #[test]
    fn only_the_code_itself_is_right(answer in "[0-9]{6}", seed in any::<u64>()) {
        let sealer = sealer(1);
        let code = OneTimeCode::generate(&SeededEntropy::new(seed));
        let is_right = code.digest(&sealer, b"x").matches(&sealer, b"x", &answer);
        prop_assert_eq!(is_right, code.secret().expose_secret() == answer);
    }
}
