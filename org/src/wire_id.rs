use model::{Entropy, UserId};

/// A fresh id in Okta's form for what has no type of its own: three characters that say its kind, and seventeen at random.
pub(crate) fn wire_id(prefix: &str, entropy: &dyn Entropy) -> String {
    let drawn = UserId::generate(entropy);
    let random = drawn.as_str().get(UserId::PREFIX.len()..);
    format!("{prefix}{}", random.unwrap_or_default())
}
