use model::Entropy;
use std::fmt;

use crate::seal::Sealer;

/// No vowels, so that no words come of it, and no letter that looks like another or like a digit (RFC 8628 §6.1).
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const LENGTH: usize = 8;

/// What a person types to say which device they mean: about 34 random bits, good for ten minutes.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct UserCode(String);

impl UserCode {
    pub(super) fn generate(entropy: &dyn Entropy) -> Self {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let [byte] = entropy.bytes::<1>();
            // The last 16 values would make some letters likelier than others.
            if byte < 240 {
                code.push(char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
            }
        }
        Self(code)
    }

    /// Reads what was typed, in letters of either case and with whatever between them. `None`: no code looks like that.
    pub(crate) fn read(typed: &str) -> Option<Self> {
        let is_filler =
            |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '.' | '_');
        let code: String = typed
            .chars()
            .filter(|c| !is_filler(*c))
            .take(LENGTH + 1)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let is_letter = |byte: u8| LETTERS.contains(&byte);
        (code.len() == LENGTH && code.bytes().all(is_letter)).then_some(Self(code))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database knows it by. It is too short for a plain digest.
    pub(super) fn keyed_digest(&self, sealer: &Sealer) -> [u8; 32] {
        sealer.token_for("device user code", self.0.as_bytes())
    }
}

/// Nothing of the code: it gives whoever sees it in time a device of another person.
impl fmt::Debug for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserCode([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_nothing_else_is_one() {
        for typed in ["BCDFGHJK", "bcdf-ghjk", " bcdf ghjk ", "B C D F–G H J K"] {
            let code = UserCode::read(typed).expect("a code");
            assert_eq!(code.as_str(), "BCDFGHJK", "{typed}");
        }
        for typed in [
            "",
            "BCDFGHJ",
            "BCDFGHJKL",
            "BCDFGHJA",
            "BCDFGHJ1",
            "BCDFGHJß",
            "%00",
        ] {
            assert_eq!(UserCode::read(typed), None, "{typed}");
        }
    }
}
