//! Whether the app runs, and what it lets strangers do.

use crate::Facts;
use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "SITE-LIVE",
        area: Area::Site,
        promise: "The app answers at APP_URL.",
        worst: Severity::Error,
        source: "docs/ARCHITECTURE.md",
        judge: live,
    },
    Check {
        id: "SITE-HOST",
        area: Area::Site,
        promise: "The app refuses requests for a host that is not its own.",
        worst: Severity::Warning,
        source: "OWASP ASVS 5.0 V13.1, RFC 9110 §7.4",
        judge: host,
    },
    Check {
        id: "SITE-FORGERY",
        area: Area::Site,
        promise: "The app refuses what another site sends.",
        worst: Severity::Error,
        source: "RFC 10017 §6.1.3.3, RFC 9700 §4.7",
        judge: forgery,
    },
];

const SEE_PROXY: &str =
    "See that the proxy before the app passes Host, Origin and Sec-Fetch-Site on as they come.";

fn live(facts: &Facts) -> Verdict {
    let reply = known(&facts.site.live)?;
    when(reply.status != 200, || {
        Flaw::error(
            format!("{}livez answers {}", facts.settings.app_url, reply.status),
            "See what listens at APP_URL, and the log of the app.",
        )
    })
}

fn host(facts: &Facts) -> Verdict {
    let reply = known(&facts.site.foreign_host)?;
    when(reply.status < 400, || {
        Flaw::warning(
            format!(
                "a request for the host attacker.example is answered with {}",
                reply.status
            ),
            SEE_PROXY,
        )
    })
}

fn forgery(facts: &Facts) -> Verdict {
    let reply = known(&facts.site.forged)?;
    when(reply.status < 400, || {
        Flaw::error(
            format!(
                "a sign-out sent by https://attacker.example is answered with {}",
                reply.status
            ),
            SEE_PROXY,
        )
    })
}
