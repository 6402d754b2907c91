use url::{Host, Url};

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
