use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Which addresses a server calls that it learned from others.
///
/// An org's metadata names further addresses (keys, token endpoint, ...), and its administrators name those of apps. With an org on
/// the public internet they must not point at machines that only the calling server can reach, such as `169.254.169.254`. The
/// org's own host is the administrator's choice and always allowed.
#[derive(Debug, Clone)]
pub struct TargetPolicy {
    issuer_host: String,
    issuer_is_private: bool,
}

/// Why an address is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TargetRefused(pub &'static str);

impl TargetPolicy {
    /// The policy of an org with this issuer, and of those who rely on it.
    pub fn for_issuer(issuer: &Url) -> Self {
        Self {
            issuer_host: issuer.host_str().unwrap_or_default().to_owned(),
            issuer_is_private: issuer.host().is_some_and(|host| is_private_host(&host)),
        }
    }

    /// Refuses an address by its scheme and by a host that is private by itself.
    pub fn check(&self, url: &Url) -> Result<(), TargetRefused> {
        let host = url.host().ok_or(TargetRefused("it has no host"))?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(url) => {}
            _ => return Err(TargetRefused("it is not https")),
        }
        if is_private_host(&host) && !self.may_be_private(url.host_str().unwrap_or_default()) {
            return Err(TargetRefused(
                "it is a private address, but the org is public",
            ));
        }
        Ok(())
    }

    /// Whether `host`, which resolves to `address`, may be connected to.
    pub fn allows_resolved(&self, host: &str, address: IpAddr) -> bool {
        !is_private_address(address) || self.may_be_private(host)
    }

    fn may_be_private(&self, host: &str) -> bool {
        self.issuer_is_private || host.eq_ignore_ascii_case(&self.issuer_host)
    }
}

/// Whether `url` names this machine, so that nobody can listen on the way.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_local_name(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn is_private_host(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => is_local_name(name),
        Host::Ipv4(address) => is_private_address(IpAddr::V4(*address)),
        Host::Ipv6(address) => is_private_address(IpAddr::V6(*address)),
    }
}

/// `localhost` and its subdomains never leave the machine (RFC 6761 §6.3).
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether an address is not one of the public internet (IANA special-purpose registries).
fn is_private_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => match embedded_v4(address) {
            Some(inner) => is_private_v4(inner),
            None => is_private_v6(address),
        },
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || first == 0
        || first >= 240
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        || (first == 198 && (second == 18 || second == 19))
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
}

/// The IPv4 address inside a mapped, translated (RFC 6052) or 6to4 address.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, .., g, h] = address.segments();
    let from = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    if a == 0x2002 {
        return Some(from(b, address.segments()[2]));
    }
    if (a, b) == (0x64, 0xff9b) {
        return Some(from(g, h));
    }
    address.to_ipv4_mapped()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(issuer: &str) -> TargetPolicy {
        TargetPolicy::for_issuer(&Url::parse(issuer).expect("a URL"))
    }

    fn accepts(policy: &TargetPolicy, url: &str) -> bool {
        policy.check(&Url::parse(url).expect("a URL")).is_ok()
    }

    #[test]
    fn a_public_org_cannot_point_the_app_at_private_machines() {
        let policy = policy("https://org.example.com");
        for url in [
            "https://169.254.169.254/latest/meta-data",
            "https://127.0.0.1/",
            "http://127.0.0.1/",
            "https://localhost/",
            "https://a.localhost./",
            "https://10.0.0.1/",
            "https://192.168.1.1/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://2130706433/",
            "https://0x7f.1/",
        ] {
            assert!(!accepts(&policy, url), "{url}");
        }
        for url in [
            "https://org.example.com/keys",
            "https://keys.example.net/",
            "https://8.8.8.8/",
        ] {
            assert!(accepts(&policy, url), "{url}");
        }
    }

    #[test]
    fn a_name_that_resolves_to_a_private_address_is_refused_unless_it_is_the_issuer() {
        let policy = policy("https://org.example.com");
        let private = IpAddr::from([10, 0, 0, 7]);
        assert!(!policy.allows_resolved("keys.example.com", private));
        assert!(policy.allows_resolved("org.example.com", private));
        assert!(policy.allows_resolved("keys.example.com", IpAddr::from([8, 8, 8, 8])));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        let policy = policy("http://localhost:7000");
        assert!(accepts(&policy, "http://localhost:7000/oauth2/v1/keys"));
        assert!(accepts(&policy, "http://127.0.0.1:7000/"));
        assert!(!accepts(&policy, "http://org.example.com/"));
        assert!(!accepts(&policy, "ftp://localhost/"));
        assert!(!accepts(&policy, "file:///etc/passwd"));
    }
}
