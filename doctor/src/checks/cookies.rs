//! The cookies that the app sets before anybody has signed in.

use crate::check::{Area, Check, Flaw, Severity, Verdict};
use crate::facts::known;
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "SITE-COOKIES",
        area: Area::Site,
        promise: "Cookies are HttpOnly and SameSite, for the whole app and no other host; on https Secure with the `__Host-` prefix.",
        worst: Severity::Error,
        source: "RFC 10017 §6.1.3.2, OWASP ASVS 5.0 V3.3",
        judge: cookies,
    },
    Check {
        id: "SITE-COOKIES-SIZE",
        area: Area::Site,
        promise: "Cookies of a sign-in fit into what browsers keep.",
        worst: Severity::Warning,
        source: "RFC 6265 §6.1",
        judge: size,
    },
];

/// What every browser keeps of one cookie.
const MOST_BYTES: usize = 4096;
const SEE_PROXY: &str = "See that the proxy before the app passes Set-Cookie on as it comes, and that APP_URL is its https address.";

fn set(facts: &Facts) -> Result<Vec<&str>, Skip> {
    let replies = [known(&facts.sign_in.login)?, known(&facts.site.home)?];
    let values = replies
        .into_iter()
        .flat_map(|reply| reply.headers.get_all("set-cookie"));
    Ok(values.filter_map(|value| value.to_str().ok()).collect())
}

/// What is wrong with one cookie. Its value is never shown.
fn flaws_of(cookie: &str, is_https: bool) -> Vec<String> {
    let mut parts = cookie.split(';').map(str::trim);
    let name = parts
        .next()
        .and_then(|pair| pair.split('=').next())
        .unwrap_or_default();
    let attributes: Vec<String> = parts.map(str::to_lowercase).collect();
    let has = |wanted: &str| attributes.iter().any(|known| known == wanted);
    let starts = |wanted: &str| attributes.iter().any(|known| known.starts_with(wanted));
    let mut wrong = Vec::new();
    let mut expect = |is_right: bool, what: &str| {
        if !is_right {
            wrong.push(format!("the cookie {name} {what}"));
        }
    };
    expect(has("httponly"), "can be read by scripts (no HttpOnly)");
    expect(
        has("samesite=lax") || has("samesite=strict"),
        "comes along from other sites (no SameSite)",
    );
    expect(has("path=/"), "is not for the whole app (no Path=/)");
    expect(!starts("domain="), "goes to other hosts (Domain)");
    if is_https {
        expect(has("secure"), "goes over plain http as well (no Secure)");
        expect(
            name.starts_with("__Host-"),
            "can be set by other hosts (no __Host- prefix)",
        );
    }
    wrong
}

fn cookies(facts: &Facts) -> Verdict {
    let is_https = facts.settings.app_url.scheme() == "https";
    let wrong = set(facts)?
        .into_iter()
        .flat_map(|cookie| flaws_of(cookie, is_https));
    Ok(wrong.map(|cause| Flaw::error(cause, SEE_PROXY)).collect())
}

fn size(facts: &Facts) -> Verdict {
    let long = set(facts)?
        .into_iter()
        .filter(|cookie| cookie.len() > MOST_BYTES);
    let flaw = |cookie: &str| {
        let name = cookie.split('=').next().unwrap_or_default();
        Flaw::warning(
            format!(
                "the cookie {name} has {} bytes, and browsers keep 4096",
                cookie.len()
            ),
            "Ask for fewer scopes (OKTA_SCOPES), or shorten claims such as groups.",
        )
    };
    Ok(long.map(flaw).collect())
}
