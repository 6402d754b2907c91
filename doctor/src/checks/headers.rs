//! What the app's pages may do in a browser.

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::{Reply, known};
use crate::uri::is_loopback;
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "SITE-CSP",
        area: Area::Site,
        promise: "A content security policy lets only the app's own scripts run.",
        worst: Severity::Error,
        source: "OWASP ASVS 5.0 V3.4.3, RFC 10017 §6.1.3",
        judge: policy,
    },
    Check {
        id: "SITE-FRAMING",
        area: Area::Site,
        promise: "No page of the app can be put into a frame of another.",
        worst: Severity::Error,
        source: "RFC 9700 §4.16",
        judge: framing,
    },
    Check {
        id: "SITE-REFERRER",
        area: Area::Site,
        promise: "The app's addresses, codes in them included, are told to no other site.",
        worst: Severity::Warning,
        source: "RFC 9700 §4.2.4",
        judge: referrer,
    },
    Check {
        id: "SITE-NOSNIFF",
        area: Area::Site,
        promise: "Browsers take every answer for what it says it is.",
        worst: Severity::Warning,
        source: "OWASP ASVS 5.0 V3.4.4",
        judge: nosniff,
    },
    Check {
        id: "SITE-CACHE",
        area: Area::Site,
        promise: "No cache keeps pages that belong to a person.",
        worst: Severity::Warning,
        source: "OWASP ASVS 5.0 V14.3.2",
        judge: cache,
    },
    Check {
        id: "SITE-HSTS",
        area: Area::Site,
        promise: "On https, browsers are told to come by https alone, for half a year at least.",
        worst: Severity::Warning,
        source: "OWASP ASVS 5.0 V3.4.1, RFC 6797",
        judge: hsts,
    },
];

/// Half a year.
const LEAST_HSTS_SECONDS: u64 = 15_552_000;
const SEE_PROXY: &str =
    "See that the proxy before the app passes this header on as the app sends it.";

fn header<'f>(facts: &'f Facts, name: &str) -> Result<Option<&'f str>, Skip> {
    known(&facts.site.home).map(|reply: &Reply| reply.header(name))
}

/// The sources that a policy has for something.
fn directive<'p>(policy: &'p str, name: &str) -> Option<Vec<&'p str>> {
    policy.split(';').find_map(|part| {
        let mut words = part.split_whitespace();
        (words.next()? == name).then(|| words.collect())
    })
}

fn policy(facts: &Facts) -> Verdict {
    let Some(policy) = header(facts, "content-security-policy")? else {
        let cause = "the home page has no Content-Security-Policy";
        return when(true, || Flaw::error(cause, SEE_PROXY));
    };
    let scripts = directive(policy, "script-src").or_else(|| directive(policy, "default-src"));
    let scripts = scripts.unwrap_or_else(|| vec!["*"]);
    let open = [
        "'unsafe-inline'",
        "'unsafe-eval'",
        "*",
        "https:",
        "http:",
        "data:",
    ];
    let mut flaws: Vec<Flaw> = open
        .into_iter()
        .filter(|source| scripts.contains(source))
        .map(|source| {
            Flaw::error(
                format!("script-src has {source}, so injected scripts run"),
                SEE_PROXY,
            )
        })
        .collect();
    for name in ["base-uri", "form-action"] {
        let sources = directive(policy, name);
        if sources.is_none_or(|sources| sources.contains(&"*")) {
            let cause = format!("the policy does not limit {name}");
            flaws.push(Flaw::warning(cause, SEE_PROXY));
        }
    }
    Ok(flaws)
}

fn framing(facts: &Facts) -> Verdict {
    let policy = header(facts, "content-security-policy")?.unwrap_or_default();
    let ancestors = directive(policy, "frame-ancestors");
    let options = header(facts, "x-frame-options")?.unwrap_or_default();
    let is_framed_by_nobody = match ancestors {
        Some(ancestors) => ancestors == ["'none'"] || ancestors == ["'self'"],
        None => ["DENY", "SAMEORIGIN"].contains(&options.to_uppercase().as_str()),
    };
    when(!is_framed_by_nobody, || {
        Flaw::error(
            "neither frame-ancestors nor X-Frame-Options keeps the app out of frames (clickjacking)",
            SEE_PROXY,
        )
    })
}

fn referrer(facts: &Facts) -> Verdict {
    let found = header(facts, "referrer-policy")?.unwrap_or("not set");
    let is_silent = [
        "no-referrer",
        "same-origin",
        "strict-origin",
        "strict-origin-when-cross-origin",
        "origin",
    ]
    .contains(&found);
    when(!is_silent, || {
        Flaw::warning(format!("Referrer-Policy is {found}"), SEE_PROXY)
    })
}

fn nosniff(facts: &Facts) -> Verdict {
    let found = header(facts, "x-content-type-options")?.unwrap_or("not set");
    when(found != "nosniff", || {
        Flaw::warning(format!("X-Content-Type-Options is {found}"), SEE_PROXY)
    })
}

fn cache(facts: &Facts) -> Verdict {
    let found = header(facts, "cache-control")?.unwrap_or("not set");
    let is_kept = !found.contains("no-store") && !found.contains("private");
    when(is_kept, || {
        Flaw::warning(
            format!("Cache-Control of the home page is {found}"),
            SEE_PROXY,
        )
    })
}

fn hsts(facts: &Facts) -> Verdict {
    let found = header(facts, "strict-transport-security")?.unwrap_or("not set");
    let url = &facts.settings.app_url;
    if url.scheme() == "http" || is_loopback(url) {
        return Err(Skip::DoesNotApply("the app is on loopback"));
    }
    let age = found
        .split(';')
        .find_map(|part| part.trim().strip_prefix("max-age="));
    let age: u64 = age
        .and_then(|age| age.trim_matches('"').parse().ok())
        .unwrap_or(0);
    when(age < LEAST_HSTS_SECONDS, || {
        Flaw::warning(format!("Strict-Transport-Security is {found}"), SEE_PROXY)
    })
}
