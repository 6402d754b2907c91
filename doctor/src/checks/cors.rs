//! What scripts of foreign pages may call.

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::{Reply, known};
use crate::uri::is_loopback;
use crate::{Facts, Skip};
use url::Url;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "ORG-CORS-TOKEN",
        area: Area::Org,
        promise: "Scripts of a foreign page may not call the token endpoint.",
        worst: Severity::Error,
        source: "RFC 9700 §2.6",
        judge: token,
    },
    Check {
        id: "ORG-CORS-AUTHORIZE",
        area: Area::Org,
        promise: "Scripts of a foreign page may not read what the authorization endpoint answers.",
        worst: Severity::Error,
        source: "RFC 9700 §2.6",
        judge: authorize,
    },
    Check {
        id: "ORG-HSTS",
        area: Area::Org,
        promise: "The org tells browsers to come by https alone.",
        worst: Severity::Note,
        source: "RFC 6797, RFC 9700 §4.12",
        judge: hsts,
    },
];

/// The origins that may read the answer.
fn allowed(reply: &Reply) -> Option<&str> {
    reply.header("access-control-allow-origin")
}

fn token(facts: &Facts) -> Verdict {
    let reply = known(&facts.org.token_from_foreign_page)?;
    let Some(origin) = allowed(reply) else {
        return Ok(Vec::new());
    };
    let fix = facts.place.fix(
        "Security > API > Trusted Origins",
        "GET /api/v1/trustedOrigins",
        "remove the origins that are not yours",
    );
    if reply.header("access-control-allow-credentials") == Some("true") && origin != "*" {
        let cause =
            format!("a page of {origin} may call the token endpoint with the browser's cookies");
        return when(true, || Flaw::error(cause, fix));
    }
    when(true, || {
        Flaw::warning(
            format!(
                "the token endpoint lets scripts of {origin} call it, which the app does not need"
            ),
            fix,
        )
    })
}

fn authorize(facts: &Facts) -> Verdict {
    let reply = known(&facts.org.authorize_from_foreign_page)?;
    let cause = allowed(reply).map(|origin| {
        format!("the authorization endpoint lets scripts of {origin} read its answers")
    });
    when(cause.is_some(), || {
        Flaw::error(
            cause.unwrap_or_default(),
            "Take Access-Control-Allow-Origin from this endpoint in the proxy or custom domain before the org.",
        )
    })
}

fn hsts(facts: &Facts) -> Verdict {
    let reply = known(&facts.org.openid)?;
    if Url::parse(&facts.issuer).is_ok_and(|url| is_loopback(&url)) {
        return Err(Skip::DoesNotApply("the org is on loopback"));
    }
    when(reply.header("strict-transport-security").is_none(), || {
        Flaw::note(
            "the org's answers have no Strict-Transport-Security",
            "Add it in the proxy or custom domain before the org.",
        )
    })
}
