use crate::directory::nfkc_folded;

/// What separates the parts of a username, as at Okta.
const DELIMITERS: [char; 6] = ['.', ',', '-', '_', '#', '@'];
/// Shorter parts of a username, such as `com`, occur in too many words.
const SHORTEST_PART: usize = 4;
/// Shorter names occur in too many words.
const SHORTEST_NAME: usize = 3;

/// Whether a part of the username occurs in the password.
pub(super) fn names_username(login: &str, password: &str) -> bool {
    let (login, password) = (nfkc_folded(login), nfkc_folded(password));
    let mut parts = login.split(DELIMITERS);
    parts.any(|part| part.chars().count() >= SHORTEST_PART && password.contains(part))
}

/// Whether a name occurs in the password.
pub(super) fn occurs(name: &str, password: &str) -> bool {
    let name = nfkc_folded(name.trim());
    name.chars().count() >= SHORTEST_NAME && nfkc_folded(password).contains(&name)
}

/// How often the same character stands in a row at most.
pub(super) fn longest_run(password: &str) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, None);
    for character in password.chars() {
        run = if last == Some(character) { run + 1 } else { 1 };
        last = Some(character);
        longest = longest.max(run);
    }
    longest
}
