use http::Method;

use super::RateLimits;

/// How a refusal looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// Okta's error envelope.
    Api,
    /// An error of OAuth.
    OAuth,
    /// A page for people.
    Page,
}

/// Requests that share a limit.
#[derive(Debug)]
pub(crate) struct Bucket {
    /// None: any method.
    method: Option<&'static Method>,
    /// A path. `{}` stands for one segment, `*` at the end for anything.
    pub(crate) path: &'static str,
    developer: u32,
    production: u32,
    /// Whether Okta lets it go to five times its limit while there is capacity.
    pub(crate) may_burst: bool,
    pub(crate) face: Face,
}

/// How far a bucket that may burst goes beyond its limit.
pub(crate) const BURST: u32 = 5;

const fn bucket(path: &'static str, (developer, production): (u32, u32), face: Face) -> Bucket {
    Bucket {
        method: None,
        path,
        developer,
        production,
        may_burst: false,
        face,
    }
}

const fn burst(path: &'static str, limits: (u32, u32), face: Face) -> Bucket {
    Bucket {
        may_burst: true,
        ..bucket(path, limits, face)
    }
}

const fn get(path: &'static str, limits: (u32, u32), face: Face) -> Bucket {
    Bucket {
        method: Some(&Method::GET),
        ..bucket(path, limits, face)
    }
}

use Face::{Api, OAuth, Page};

/// The limits of a minute that Okta last published: of a free org for developers, and of an enterprise.
pub(super) static ALL: [Bucket; 30] = [
    burst("/api/v1/authn", (100, 600), Api),
    bucket("/api/v1/authn*", (100, 600), Api),
    bucket("/api/v1/sessions*", (100, 600), Api),
    bucket("/login/sessionCookieRedirect", (100, 600), Page),
    burst("/oauth2/v1/authorize", (300, 1200), Page),
    burst("/oauth2/{}/v1/authorize", (300, 1200), Page),
    burst("/oauth2/v1/token", (300, 1200), OAuth),
    burst("/oauth2/{}/v1/token", (300, 1200), OAuth),
    bucket("/oauth2/v1/logout", (300, 1200), Page),
    bucket("/oauth2/{}/v1/logout", (300, 1200), Page),
    bucket("/oauth2/v1/clients*", (25, 100), Api),
    bucket("/oauth2/v1*", (300, 1200), OAuth),
    bucket("/oauth2*", (300, 1200), OAuth),
    bucket("/signin*", (200, 1200), Page),
    bucket("/activate*", (200, 1200), Page),
    bucket("/tokens*", (200, 1200), Page),
    bucket("/email*", (200, 1200), Page),
    bucket("/idp/idx/introspect", (200, 2000), Api),
    bucket("/idp/idx/identify", (100, 1000), Api),
    bucket("/idp/idx*", (100, 1000), Api),
    bucket("/idp/myaccount*", (100, 600), Api),
    bucket("/api/v1/apps", (20, 100), Api),
    bucket("/api/v1/apps*", (100, 600), Api),
    bucket("/api/v1/groups", (100, 600), Api),
    bucket("/api/v1/groups*", (100, 600), Api),
    bucket("/api/v1/users", (100, 600), Api),
    get("/api/v1/users/{}", (100, 1000), Api),
    bucket("/api/v1/users*", (100, 600), Api),
    bucket("/api/v1/logs*", (20, 50), Api),
    bucket("/api/v1*", (100, 600), Api),
];

impl Bucket {
    /// Requests in a minute.
    pub(crate) const fn limit(&self, profile: RateLimits) -> u32 {
        match profile {
            RateLimits::Off => u32::MAX,
            RateLimits::Developer => self.developer,
            RateLimits::Production => self.production,
        }
    }

    pub(crate) fn method(&self) -> &'static str {
        self.method.map_or("*", Method::as_str)
    }

    /// How well the bucket fits: an exact path before a prefix, a method before none, a longer prefix before a shorter one.
    fn fits(&self, method: &Method, path: &str) -> Option<(bool, bool, usize)> {
        if self.method.is_some_and(|own| own != method) {
            return None;
        }
        let has_method = self.method.is_some();
        match self.path.strip_suffix('*') {
            Some(prefix) => {
                let rest = path.strip_prefix(prefix)?;
                // `/api/v1/users*` is not about `/api/v1/usersettings`.
                let ends = rest.is_empty() || rest.starts_with('/');
                ends.then_some((false, has_method, prefix.len()))
            }
            None => is_exactly(self.path, path).then_some((true, has_method, self.path.len())),
        }
    }
}

fn is_exactly(pattern: &str, path: &str) -> bool {
    let mut wanted = pattern.split('/');
    let mut segments = path.split('/');
    loop {
        match (wanted.next(), segments.next()) {
            (None, None) => return true,
            (Some("{}"), Some(segment)) if !segment.is_empty() => {}
            (Some(wanted), Some(segment)) if wanted == segment => {}
            _ => return false,
        }
    }
}

/// The place of the bucket of a request. None: it is not limited.
pub(super) fn find(method: &Method, path: &str) -> Option<usize> {
    let is_public = path.contains("/.well-known/") || path.ends_with("/v1/keys");
    if is_public || *method == Method::OPTIONS {
        return None;
    }
    let fitting = ALL.iter().enumerate().filter_map(|(index, bucket)| {
        let fit = bucket.fits(method, path)?;
        Some((fit, index))
    });
    fitting.max().map(|(_, index)| index)
}
