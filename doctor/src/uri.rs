//! Judging addresses.

use url::{Host, Url};

/// Whether the address is this machine's, so that nobody can listen on the way.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether anybody on the way can read what is sent there: plain http to another machine, or no address at all.
pub(crate) fn is_readable_on_the_way(text: &str) -> bool {
    Url::parse(text).map_or(true, |url| url.scheme() == "http" && !is_loopback(&url))
}

/// Whether it is https or http on this machine.
pub(crate) fn is_safe(text: &str) -> bool {
    Url::parse(text)
        .is_ok_and(|url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)))
}

/// Scheme, host and port.
pub(crate) fn origin(text: &str) -> Option<String> {
    Url::parse(text)
        .ok()
        .map(|url| url.origin().ascii_serialization())
}

/// The host alone.
pub(crate) fn host(text: &str) -> Option<String> {
    Url::parse(text).ok()?.host_str().map(str::to_owned)
}

/// An address of the app.
pub(crate) fn at(base: &Url, path: &str) -> String {
    format!("{}{path}", base.as_str().trim_end_matches('/'))
}

/// The parameter of an address.
pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// The address with parameters changed; `None` takes one away.
pub(crate) fn with_parameters(url: &Url, changes: &[(&str, Option<&str>)]) -> Url {
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut url = url.clone();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(&kept);
    for (name, value) in changes {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    drop(query);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_safe_on_this_machine_alone() {
        for (text, safe) in [
            ("https://example.com/cb", true),
            ("http://localhost:3000/cb", true),
            ("http://127.0.0.1/cb", true),
            ("http://[::1]:80/cb", true),
            ("http://example.com/cb", false),
            ("http://localhost.example.com/cb", false),
            ("com.example.app:/cb", false),
            ("nonsense", false),
        ] {
            assert_eq!(is_safe(text), safe, "{text}");
        }
        assert!(!is_readable_on_the_way("com.example.app:/cb"));
        assert!(is_readable_on_the_way("http://example.com/cb"));
    }

    #[test]
    fn parameters_are_replaced_and_taken_away() {
        let url = Url::parse("https://example.com/a?x=1&y=2&x=3").expect("an address");
        let changed = with_parameters(&url, &[("x", Some("9")), ("y", None)]);
        assert_eq!(changed.as_str(), "https://example.com/a?x=9");
        assert_eq!(parameter(&changed, "x").as_deref(), Some("9"));
        assert_eq!(parameter(&changed, "y"), None);
    }
}
