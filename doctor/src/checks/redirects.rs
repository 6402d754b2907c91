//! Where the org may lead people back to.

use serde_json::Value;
use url::Url;

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::json::{has, texts};
use crate::uri::{at, is_loopback, is_readable_on_the_way};
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "REG-REDIRECT-EXACT",
        area: Area::Registration,
        promise: "`<APP_URL>/login/callback` is registered, letter for letter.",
        worst: Severity::Error,
        source: "RFC 9700 §2.1, OAuth 2.1 §2.3.1",
        judge: exact,
    },
    Check {
        id: "REG-REDIRECT-WILDCARD",
        area: Area::Registration,
        promise: "No registered address has a wildcard.",
        worst: Severity::Error,
        source: "RFC 9700 §4.1.3",
        judge: wildcard,
    },
    Check {
        id: "REG-REDIRECT-HTTPS",
        area: Area::Registration,
        promise: "Every registered address is https; plain http is on loopback only.",
        worst: Severity::Error,
        source: "RFC 9700 §2.6, OAuth 2.1 §2.3",
        judge: https,
    },
    Check {
        id: "REG-REDIRECT-LOOPBACK",
        area: Area::Registration,
        promise: "An app on the internet has no addresses on loopback left from its development.",
        worst: Severity::Warning,
        source: "RFC 9700 §4.1.1",
        judge: loopback,
    },
    Check {
        id: "REG-LOGOUT-URI",
        area: Area::Registration,
        promise: "`<APP_URL>/signed-out` is registered, so that a sign-out ends at the app.",
        worst: Severity::Warning,
        source: "OpenID Connect RP-Initiated Logout 1.0 §3.1",
        judge: logout,
    },
];

const LISTS: [(&str, &str); 2] = [
    ("redirect_uris", "General > Login > Sign-in redirect URIs"),
    (
        "post_logout_redirect_uris",
        "General > Login > Sign-out redirect URIs",
    ),
];

/// Every registered address with the name of its list and the place of it.
fn addresses(client: &Value) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
    LISTS.into_iter().flat_map(move |(list, place)| {
        texts(&client[list])
            .into_iter()
            .map(move |uri| (list, place, uri))
    })
}

fn exact(facts: &Facts) -> Verdict {
    let uris = &facts.client()?["redirect_uris"];
    let wanted = at(&facts.settings.app_url, "/login/callback");
    when(!has(uris, &wanted), || {
        Flaw::error(
            format!("redirect_uris is {uris}, without {wanted}"),
            facts.fix_app(
                "General > Login > Sign-in redirect URIs",
                &format!("add {wanted}"),
            ),
        )
    })
}

fn wildcard(facts: &Facts) -> Verdict {
    let client = facts.client()?;
    let flaw = |(list, place, uri): (&str, &str, &str)| {
        Flaw::error(
            format!("{list} has {uri}: whoever gets a host or page below it gets codes"),
            facts.fix_app(place, &format!("replace {uri} by each address in full")),
        )
    };
    let flaws: Vec<Flaw> = addresses(client)
        .filter(|(_, _, uri)| uri.contains('*'))
        .map(flaw)
        .collect();
    if flaws.is_empty() && client["wildcard_redirect"] == "SUBDOMAIN" {
        return when(true, || {
            Flaw::warning(
                "wildcard_redirect is SUBDOMAIN, and no address needs it",
                facts.fix_app(
                    "General > Login",
                    "clear \"Allow wildcard * in login URI redirect\" (wildcard_redirect DISABLED)",
                ),
            )
        });
    }
    Ok(flaws)
}

fn https(facts: &Facts) -> Verdict {
    let client = facts.client()?;
    let is_native = client["application_type"] == "native";
    let is_wrong = |uri: &str| {
        let is_own_scheme =
            Url::parse(uri).is_ok_and(|url| !matches!(url.scheme(), "http" | "https"));
        is_readable_on_the_way(&uri.replace('*', "x")) || (is_own_scheme && !is_native)
    };
    let flaw = |(list, place, uri): (&str, &str, &str)| {
        Flaw::error(
            format!(
                "{list} has {uri}, over which codes travel readable or to any app that takes the scheme"
            ),
            facts.fix_app(place, &format!("remove {uri} or make it https")),
        )
    };
    let wrong = addresses(client).filter(|(_, _, uri)| is_wrong(uri));
    Ok(wrong.map(flaw).collect())
}

fn loopback(facts: &Facts) -> Verdict {
    if is_loopback(&facts.settings.app_url) {
        return Err(Skip::DoesNotApply("the app is on loopback itself"));
    }
    let client = facts.client()?;
    let is_left = |uri: &str| Url::parse(uri).is_ok_and(|url| is_loopback(&url));
    let flaw = |(list, place, uri): (&str, &str, &str)| {
        Flaw::warning(
            format!("{list} has {uri}: a program on somebody's machine can take codes of this app"),
            facts.fix_app(
                place,
                &format!("remove {uri} and register an app of its own for development"),
            ),
        )
    };
    let left = addresses(client).filter(|(_, _, uri)| is_left(uri));
    Ok(left.map(flaw).collect())
}

fn logout(facts: &Facts) -> Verdict {
    let uris = &facts.client()?["post_logout_redirect_uris"];
    let wanted = at(&facts.settings.app_url, "/signed-out");
    when(!has(uris, &wanted), || {
        Flaw::warning(
            format!(
                "post_logout_redirect_uris is {uris}, without {wanted}: a sign-out ends at an error page"
            ),
            facts.fix_app(
                "General > Login > Sign-out redirect URIs",
                &format!("add {wanted}"),
            ),
        )
    })
}
