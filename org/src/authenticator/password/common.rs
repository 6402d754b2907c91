use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::zxcvbn;

/// Longer passwords are on no list.
const LONGEST_ON_A_LIST: usize = 40;

/// Whether many people use this password: it stands, in whatever letter case and however letters are replaced by digits, on
/// the list of common passwords and words, or is nothing but a repetition of such a one, a run of keys or of letters.
pub(super) fn is_common(password: &str) -> bool {
    if password.chars().count() > LONGEST_ON_A_LIST {
        return false;
    }
    let estimate = zxcvbn(password, &[]);
    matches!(
        estimate.sequence(),
        [only] if matches!(
            only.pattern,
            MatchPattern::Dictionary(_)
                | MatchPattern::Repeat(_)
                | MatchPattern::Sequence(_)
                | MatchPattern::Spatial(_)
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_people_use_is_found_in_any_spelling() {
        for password in [
            "password",
            "Passw0rd",
            "P@ssw0rd",
            "iloveyou",
            "qwertyuiop",
            "12345678",
            "abcdefgh",
            "aaaaaaaa",
            "passwordpassword",
            "trustno1",
            "letmein",
            "drowssap",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn what_nobody_else_uses_is_not() {
        for password in [
            "correct-horse-battery",
            "k7mqw-9xhdp-3zfta",
            "Tr4mway+umbrella",
            &"correct horse ".repeat(18),
            "日本語のパスワード",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }
}
