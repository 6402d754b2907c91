use rusqlite::Connection;

use super::nfkc::{nfkc, nfkc_folded};

/// What Okta allows, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=100;

/// A text that cannot be a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a login has 5 to 100 visible characters and no spaces")]
pub(crate) struct InvalidLogin;

/// Two logins are the same user when this is the same: neither letter case counts, as in Okta, nor forms of letters that
/// look alike (NFKC).
pub(crate) fn login_key(login: &str) -> String {
    nfkc_folded(login.trim())
}

/// The login as it is kept, if the text can be one. Nothing invisible is allowed in it: it would make two logins look the
/// same.
pub(crate) fn check_login(login: &str) -> Result<String, InvalidLogin> {
    let login = nfkc(login.trim());
    let is_visible = |c: char| c.is_alphanumeric() || c.is_ascii_graphic();
    if LENGTH.contains(&login.chars().count()) && login.chars().all(is_visible) {
        Ok(login)
    } else {
        Err(InvalidLogin)
    }
}

/// Whether somebody has this login, or one that counts as the same.
pub(crate) fn is_login_taken(db: &Connection, login: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM users WHERE login_key = ?1")?
        .exists([login_key(login)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_that_look_alike_are_one() {
        let john = login_key("john.doe@example.com");
        for other in [
            " John.Doe@Example.COM ",
            "ｊｏｈｎ.doe@example.com",
            "john\u{ff0e}doe@example.com",
            "john.doe\u{ff20}example.com",
        ] {
            assert_eq!(login_key(other), john, "{other}");
        }
        assert_ne!(login_key("j0hn.doe@example.com"), john);
    }

    #[test]
    fn a_login_has_nothing_invisible_in_it() {
        assert_eq!(
            check_login(" jöhn@example.com "),
            Ok("jöhn@example.com".to_owned())
        );
        for bad in [
            "",
            "abcd",
            "john doe@example.com",
            "john\u{200b}doe@example.com",
            "john\u{ad}doe",
            "john\ndoe",
            "\u{202e}moc.elpmaxe@nhoj",
            &"x".repeat(101),
        ] {
            assert_eq!(check_login(bad), Err(InvalidLogin), "{bad:?}");
        }
    }
}
