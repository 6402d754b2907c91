use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;

const MAX_LENGTH: usize = 2048;

/// A place inside the app to go to after signing in: a path with an optional query and fragment.
///
/// It can only hold a path on the app's own origin. Anything else, a foreign address, a control character, a
/// backslash that browsers read as a slash, an over-long text, becomes `/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Reads an untrusted value. Never fails: what is not a path of the app is the home page.
    pub fn parse(value: &str) -> Self {
        Self::accept(value).unwrap_or_default()
    }

    /// The path, query and fragment, safe to be sent in a `Location` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn accept(value: &str) -> Option<Self> {
        let starts_as_path = value.starts_with('/') && !value.starts_with("//");
        let is_plain = value
            .bytes()
            .all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\');
        if value.len() > MAX_LENGTH || !starts_as_path || !is_plain {
            return None;
        }
        // The URL parser is the one that browsers follow: dot segments are resolved before the origin is compared.
        let base = Url::parse("http://app.invalid/").ok()?;
        let resolved = base.join(value).ok()?;
        if resolved.origin() != base.origin() || resolved.path().starts_with("//") {
            return None;
        }
        Some(Self(resolved[url::Position::BeforePath..].to_owned()))
    }
}

impl Default for ReturnTo {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl fmt::Display for ReturnTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for ReturnTo {
    fn from(value: String) -> Self {
        Self::parse(&value)
    }
}

impl From<ReturnTo> for String {
    fn from(value: ReturnTo) -> Self {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_link_keeps_its_path_query_and_fragment() {
        for path in [
            "/",
            "/profile",
            "/profile?tab=claims&x=%2F%2Fevil",
            "/a/b#part-2",
            "/?q=a+b#x",
        ] {
            assert_eq!(ReturnTo::parse(path).as_str(), path);
        }
    }

    #[test]
    fn whatever_could_leave_the_app_becomes_the_home_page() {
        let hostile = [
            "",
            " /",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/%0d\r\nSet-Cookie: a=b",
            "https://evil.example/",
            "https:/evil.example",
            "javascript:alert(1)",
            "//user@evil.example",
            "/..//evil.example",
            "/./\u{2F}evil.example",
            "/profile/..//evil.example",
            "/.//evil.example",
            "evil.example",
            "?x",
            "#x",
            "/\u{feff}/evil.example",
            "/ä",
            "/a b",
            "data:text/html,x",
            "/\0",
        ];
        for value in hostile {
            assert_eq!(ReturnTo::parse(value).as_str(), "/", "{value:?}");
        }
        assert_eq!(
            ReturnTo::parse(&format!("/{}", "a".repeat(10_000))).as_str(),
            "/"
        );
    }
}
