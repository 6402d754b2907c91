//! Requests for another host than the org's.
//!
//! Every address that the org writes comes from its configuration, so a foreign `Host` cannot poison it; refusing it also
//! stops DNS rebinding, by which a page elsewhere would read the org's answers as its own.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use url::{Host, Url};

use crate::Org;

/// The names of this machine that a developer may use for one another.
const LOOPBACK_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The hosts that the org answers for, each with its port where it is not the usual one.
#[derive(Debug)]
pub(crate) struct Hosts {
    authorities: Vec<String>,
    usual_port: &'static str,
}

impl Hosts {
    /// The host of the org's address; on loopback, the other names of this machine as well.
    pub(crate) fn of(url: &Url) -> Self {
        let port = url.port().map(|port| format!(":{port}"));
        let port = port.unwrap_or_default();
        let own = url.host_str().unwrap_or_default();
        let others = LOOPBACK_NAMES.into_iter().filter(|_| is_loopback(url));
        Self {
            authorities: std::iter::once(own)
                .chain(others)
                .map(|host| format!("{host}{port}"))
                .collect(),
            usual_port: if url.scheme() == "https" {
                ":443"
            } else {
                ":80"
            },
        }
    }

    fn contain(&self, authority: &str) -> bool {
        let authority = authority.strip_suffix(self.usual_port).unwrap_or(authority);
        self.authorities
            .iter()
            .any(|known| known.eq_ignore_ascii_case(authority))
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

/// Lets a request for the org's own host pass.
pub(crate) async fn check(State(org): State<Org>, request: Request, next: Next) -> Response {
    if org.hosts().contain(authority(&request)) {
        return next.run(request).await;
    }
    let url = org.url().as_str();
    let text = format!(
        "421: this org answers at {url} and at no other address.\n\
         Use that address; to give the org another one, set ORG_URL.\n"
    );
    (StatusCode::MISDIRECTED_REQUEST, text).into_response()
}

/// The host that the request names: in its target or in the one `Host` header it may have.
fn authority(request: &Request) -> &str {
    if let Some(authority) = request.uri().authority() {
        return authority.as_str();
    }
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contain(url: &str, authority: &str) -> bool {
        Hosts::of(&Url::parse(url).expect("a valid address")).contain(authority)
    }

    #[test]
    fn the_port_that_goes_without_saying_may_be_said() {
        for authority in ["org.example", "org.example:443", "ORG.example"] {
            assert!(contain("https://org.example", authority), "{authority}");
        }
        for authority in ["org.example:80", "org.example:8443"] {
            assert!(!contain("https://org.example", authority), "{authority}");
        }
    }

    #[test]
    fn an_org_that_others_reach_does_not_answer_to_the_names_of_its_machine() {
        for authority in ["localhost", "127.0.0.1", "[::1]", "localhost:443"] {
            assert!(!contain("https://org.example", authority), "{authority}");
        }
    }

    #[test]
    fn an_org_on_loopback_answers_to_every_name_of_the_machine_on_its_port() {
        for url in ["http://localhost:7000", "http://127.0.0.1:7000"] {
            for authority in ["localhost:7000", "127.0.0.1:7000", "[::1]:7000"] {
                assert!(contain(url, authority), "{authority} for {url}");
            }
            for authority in ["localhost", "localhost:7001", "127.0.0.1:80"] {
                assert!(!contain(url, authority), "{authority} for {url}");
            }
        }
    }
}
