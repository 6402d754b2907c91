use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use url::Url;

use crate::outbound::is_loopback;

/// What the layers must know: the app's own address, and the origins a browser may be sent to.
#[derive(Debug, Clone)]
pub struct WebPolicy {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    app_url: Url,
    app_origin: String,
    /// Host and port, as the app's own requests name them in `Host`.
    authority: String,
    org_origins: RwLock<BTreeSet<String>>,
}

impl WebPolicy {
    /// A policy for the app at `app_url` and the org with this issuer.
    pub fn new(app_url: &Url, issuer: &Url) -> Self {
        let inner = Inner {
            app_url: app_url.clone(),
            app_origin: origin_of(app_url),
            authority: authority_of(app_url),
            org_origins: RwLock::new(BTreeSet::from([origin_of(issuer)])),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The origin of the app, such as `https://app.example.com`.
    pub fn app_origin(&self) -> &str {
        &self.inner.app_origin
    }

    /// The origins of the org that a browser is sent to, separated by spaces: for `form-action` in a policy.
    pub fn org_origins(&self) -> String {
        let origins = self.origins();
        origins
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Learns where the org's own pages are, from its metadata.
    pub(crate) fn trust<'a>(&self, endpoints: impl Iterator<Item = &'a Url>) {
        let mut origins = self
            .inner
            .org_origins
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        origins.extend(endpoints.map(origin_of));
    }

    pub(crate) fn app_url(&self) -> &Url {
        &self.inner.app_url
    }

    pub(super) fn is_https(&self) -> bool {
        self.inner.app_url.scheme() == "https"
    }

    /// Whether `authority` is the app's own `Host`, with or without the port that goes without saying.
    pub(super) fn is_own_authority(&self, authority: &str) -> bool {
        let usual_port = if self.is_https() { ":443" } else { ":80" };
        let without_port = authority.strip_suffix(usual_port).unwrap_or(authority);
        without_port.eq_ignore_ascii_case(&self.inner.authority)
    }

    /// Whether `authority` is another name of this machine with the app's port.
    pub(super) fn is_other_loopback_name(&self, authority: &str) -> bool {
        let Ok(url) = Url::parse(&format!("http://{authority}/")) else {
            return false;
        };
        is_loopback(self.app_url())
            && is_loopback(&url)
            && url.port_or_known_default() == self.app_url().port_or_known_default()
    }

    /// Whether a browser may be sent to `url`.
    pub(super) fn may_redirect_to(&self, url: &Url) -> bool {
        let origin = origin_of(url);
        origin == self.inner.app_origin || self.origins().contains(&origin)
    }

    fn origins(&self) -> std::sync::RwLockReadGuard<'_, BTreeSet<String>> {
        self.inner
            .org_origins
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn origin_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn authority_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
