//! The org's name and address.

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::text;
use crate::uri::{is_safe, origin};
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "ORG-REACHABLE",
        area: Area::Org,
        promise: "The org answers with its metadata, over TLS with a valid certificate.",
        worst: Severity::Error,
        source: "OpenID Connect Discovery 1.0 §4",
        judge: reachable,
    },
    Check {
        id: "ORG-ISSUER-HTTPS",
        area: Area::Org,
        promise: "The issuer is an https address; plain http is on loopback only.",
        worst: Severity::Error,
        source: "RFC 9700 §2.6, OpenID Connect Discovery 1.0 §3",
        judge: https,
    },
    Check {
        id: "ORG-ISSUER-EXACT",
        area: Area::Org,
        promise: "The issuer of the metadata is, letter for letter, the one that the app was told.",
        worst: Severity::Error,
        source: "OpenID Connect Discovery 1.0 §4.3, RFC 8414 §3.3",
        judge: exact,
    },
    Check {
        id: "ORG-CLOCK",
        area: Area::Org,
        promise: "The org's clock and this machine's agree within ten seconds.",
        worst: Severity::Error,
        source: "OpenID Connect Core 1.0 §3.1.3.7",
        judge: clock,
    },
    Check {
        id: "ORG-ENGINE",
        area: Area::Org,
        promise: "The org is an Identity Engine.",
        worst: Severity::Warning,
        source: "Okta: Identify your Okta solution",
        judge: engine,
    },
];

fn reachable(facts: &Facts) -> Verdict {
    let Err(skip) = &facts.org.openid else {
        return Ok(Vec::new());
    };
    let reason = match skip {
        Skip::NotChecked(reason) => reason,
        Skip::DoesNotApply(reason) => *reason,
    };
    let remedy = if facts.place.is_local {
        "Start it with `portico`, and see that ORG_URL is its address.".to_owned()
    } else {
        format!(
            "Open {}/.well-known/openid-configuration in a browser and correct OKTA_ISSUER or --target.",
            facts.issuer
        )
    };
    when(true, || Flaw::error(reason, remedy))
}

fn https(facts: &Facts) -> Verdict {
    when(!is_safe(&facts.issuer), || {
        Flaw::error(
            format!(
                "the issuer is {}, so anybody on the way can read and change what the org says",
                facts.issuer
            ),
            "Set OKTA_ISSUER (for the local org ORG_URL, with a TLS proxy before it) to an https address.",
        )
    })
}

fn exact(facts: &Facts) -> Verdict {
    let found = text(&facts.metadata()?["issuer"]);
    when(found != facts.issuer, || {
        Flaw::error(
            format!(
                "the app was told {:?}, the metadata says {found:?}; no ID token will be accepted",
                facts.issuer
            ),
            format!("Set OKTA_ISSUER={found} if that is the org you mean."),
        )
    })
}

fn clock(facts: &Facts) -> Verdict {
    let reply = known(&facts.org.openid)?;
    let skew = reply
        .skew
        .ok_or_else(|| Skip::not_checked("the org's answer has no Date"))?;
    let severity = match skew.abs() {
        0..=10 => return Ok(Vec::new()),
        11..=60 => Severity::Warning,
        _ => Severity::Error,
    };
    let direction = if skew > 0 { "ahead of" } else { "behind" };
    when(true, || {
        Flaw::of(
            severity,
            format!(
                "the org's clock is {} s {direction} this machine's; the app refuses tokens that are more than 60 s off",
                skew.abs()
            ),
            "Synchronise the clock of this machine: `timedatectl set-ntp true`.",
        )
    })
}

fn engine(facts: &Facts) -> Verdict {
    let Ok(document) = &facts.org.organization else {
        return Err(Skip::DoesNotApply("the issuer is not an Okta org"));
    };
    if origin(&facts.issuer) != origin(&facts.place.origin) {
        return Err(Skip::DoesNotApply("the issuer is elsewhere"));
    }
    let pipeline = text(&document.body["pipeline"]);
    when(pipeline != "idx", || {
        Flaw::warning(
            format!(
                "the org's pipeline is {pipeline:?}: a Classic Engine has neither interaction codes nor app sign-in policies"
            ),
            "Ask Okta for the upgrade under Dashboard > OIE Upgrade Hub, or take an org of today from https://developer.okta.com/signup.",
        )
    })
}
