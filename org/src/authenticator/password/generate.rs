use model::Entropy;
use secrecy::SecretString;

/// Letters and digits that are not mistaken for one another when read aloud or copied by hand.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS: usize = 3;
const GROUP_LENGTH: usize = 5;

/// A password of 75 random bits that can be typed: `k7mqw-9xhdp-3zfta`.
pub(crate) fn generate(entropy: &dyn Entropy) -> SecretString {
    let letters: String = entropy
        .bytes::<{ GROUPS * GROUP_LENGTH }>()
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<&str> = (0..GROUPS)
        .filter_map(|group| letters.get(group * GROUP_LENGTH..(group + 1) * GROUP_LENGTH))
        .collect();
    groups.join("-").into()
}
