//! Which org is worked on.

use url::{Host, Url};

use crate::Fault;

/// An org, by its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Reads `local` or an address. Plain http is for this machine only: the token would travel readable.
    pub fn parse(text: &str, local: &Url) -> Result<Self, Fault> {
        if text == "local" {
            return Self::at(local.clone());
        }
        let url = Url::parse(text).map_err(|error| {
            let reason = format!("`{text}` is neither `local` nor an address ({error}); for example https://example.okta.com");
            Fault::option("--target", reason)
        })?;
        Self::at(url)
    }

    fn at(mut url: Url) -> Result<Self, Fault> {
        let refuse = |reason: &str| Err(Fault::option("--target", format!("{url}: {reason}")));
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return refuse("the address of an org begins with https://");
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return refuse("plain http shows the token to everybody on the way; use https");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("leave out the user and the password");
        }
        if url.host_str().is_some_and(|host| host.contains("-admin.")) {
            return refuse("this is the Admin Console; leave out `-admin`");
        }
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self { url })
    }

    /// Whether this is the local org: one on this machine.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The address, without a slash at its end.
    pub fn origin(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// The name that a person types to confirm.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The host of the Admin Console of a real org.
    pub fn admin_console(&self) -> String {
        self.host()
            .split_once('.')
            .map_or_else(String::new, |(name, domain)| {
                format!("https://{name}-admin.{domain}")
            })
    }
}

/// Whether `url` names this machine, so that nobody can listen on the way.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str) -> Result<Target, Fault> {
        Target::parse(
            text,
            &Url::parse("http://localhost:7000/").expect("an address"),
        )
    }

    #[test]
    fn local_is_the_org_of_this_machine() {
        let local = target("local").expect("a target");
        assert_eq!(
            (local.origin(), local.is_local()),
            ("http://localhost:7000", true)
        );
        assert!(
            target("http://127.0.0.1:7001")
                .expect("a target")
                .is_local()
        );
    }

    #[test]
    fn a_real_org_is_reached_by_https_alone() {
        let org = target("https://example.okta.com/login").expect("a target");
        assert_eq!(
            (org.origin(), org.is_local()),
            ("https://example.okta.com", false)
        );
        assert_eq!(org.admin_console(), "https://example-admin.okta.com");
        for refused in [
            "http://example.okta.com",
            "ftp://example.okta.com",
            "example.okta.com",
            "https://ann:secret@example.okta.com",
            "https://example-admin.okta.com",
        ] {
            let error = target(refused).expect_err(refused).to_string();
            assert!(error.starts_with("--target: "), "{error}");
            assert!(!error.contains("Ann"), "{error}");
        }
    }
}
