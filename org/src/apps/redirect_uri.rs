use url::{Host, Url};

use super::ApplicationType;

/// A URI that cannot be registered as a redirect URI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InvalidUri {
    #[error("it is not an absolute URI")]
    NotAbsolute,
    #[error("it has a fragment; remove what follows the #")]
    Fragment,
    #[error("it carries a user name or password")]
    Credentials,
    #[error("http is for loopback addresses only; use https")]
    PlainHttp,
    #[error("its scheme runs in the browser itself")]
    Script,
    #[error("a scheme of one's own is for native apps only; use https")]
    OwnScheme,
    #[error(
        "a * needs wildcard_redirect SUBDOMAIN, https, and a place in the first label of a host of at least three"
    )]
    Wildcard,
}

/// Checks a redirect or post-logout URI before it is registered.
pub(crate) fn check_registrable(uri: &str) -> Result<Url, InvalidUri> {
    let url = Url::parse(uri).map_err(|_| InvalidUri::NotAbsolute)?;
    if url.fragment().is_some() {
        return Err(InvalidUri::Fragment);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidUri::Credentials);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(InvalidUri::PlainHttp),
        "javascript" | "data" | "blob" | "about" | "file" | "vbscript" | "view-source" => {
            Err(InvalidUri::Script)
        }
        // A private-use scheme has a dot (RFC 8252 §7.1).
        scheme if scheme.contains('.') => Ok(url),
        _ => Err(InvalidUri::NotAbsolute),
    }
}

/// Checks a URI of an app of this type; `has_wildcards` is whether the app may have a `*` in it.
pub(crate) fn check_registrable_for(
    kind: ApplicationType,
    has_wildcards: bool,
    uri: &str,
) -> Result<(), InvalidUri> {
    let host = uri.strip_prefix("https://").map(host_of);
    if uri.contains('*') && !(has_wildcards && host.is_some_and(may_be_wildcard)) {
        return Err(InvalidUri::Wildcard);
    }
    if !uri.chars().all(|c| c.is_ascii_graphic()) {
        return Err(InvalidUri::NotAbsolute);
    }
    match check_registrable(uri) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(()),
        // Okta knows no rule for the schemes of native apps.
        Ok(_) | Err(InvalidUri::NotAbsolute) if kind == ApplicationType::Native => Url::parse(uri)
            .map(|_| ())
            .map_err(|_| InvalidUri::NotAbsolute),
        Ok(_) => Err(InvalidUri::OwnScheme),
        Err(error) => Err(error),
    }
}

fn host_of(rest: &str) -> &str {
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    &rest[..end]
}

/// Whether the one `*` stands in the first label, with a domain and a top-level domain behind it.
fn may_be_wildcard(host: &str) -> bool {
    let Some((first, domain)) = host.split_once('.') else {
        return false;
    };
    first.matches('*').count() == 1 && !domain.contains('*') && domain.contains('.')
}

/// Whether `presented` is `registered` with letters, digits and hyphens in place of the `*` of its host.
pub(super) fn is_wildcard_match(registered: &str, presented: &str) -> bool {
    let Some((before, behind)) = registered.split_once('*') else {
        return false;
    };
    let middle = presented
        .strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(behind));
    middle.is_some_and(|middle| {
        !middle.is_empty()
            && middle
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether both are loopback IP addresses over http that differ in nothing but the port.
pub(super) fn is_loopback_variant(registered: &str, presented: &str) -> bool {
    let (Ok(mut registered), Ok(mut presented_url)) =
        (Url::parse(registered), Url::parse(presented))
    else {
        return false;
    };
    // What the parser would change (letter case, dot segments, tabs) is not the same URI to a client.
    let is_canonical = presented_url.as_str() == presented;
    let both_loopback = [&registered, &presented_url].iter().all(|url| {
        url.scheme() == "http" && !matches!(url.host(), Some(Host::Domain(_))) && is_loopback(url)
    });
    is_canonical
        && both_loopback
        && registered.set_port(None).is_ok()
        && presented_url.set_port(None).is_ok()
        && registered == presented_url
}
