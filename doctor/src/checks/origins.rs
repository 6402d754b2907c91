//! Whose pages may call the org, and whither it may lead.

use serde_json::Value;

use crate::check::{Area, Check, Flaw, Severity, Verdict};
use crate::facts::known;
use crate::json::{is_active, items, text, texts};
use crate::uri::{is_readable_on_the_way, origin};
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "ORIGIN-HTTPS",
        area: Area::Admin,
        promise: "Trusted origins are https; plain http is on loopback only.",
        worst: Severity::Error,
        source: "RFC 9700 §2.6, Okta: Trusted Origins",
        judge: https,
    },
    Check {
        id: "ORIGIN-WILDCARD",
        area: Area::Admin,
        promise: "No trusted origin has a wildcard.",
        worst: Severity::Error,
        source: "RFC 9700 §4.1.3, Okta: Trusted Origins",
        judge: wildcard,
    },
    Check {
        id: "ORIGIN-UNUSED",
        area: Area::Admin,
        promise: "Every trusted origin is of an app that the org has.",
        worst: Severity::Warning,
        source: "Okta: Trusted Origins",
        judge: unused,
    },
];

fn active(facts: &Facts) -> Result<Vec<&Value>, Skip> {
    let all = items(known(&facts.managed.origins)?).iter();
    Ok(all.filter(|one| is_active(one)).collect())
}

fn fix(facts: &Facts, one: &Value, what: &str) -> String {
    let path = format!("Security > API > Trusted Origins > {}", text(&one["name"]));
    let call = format!("PUT /api/v1/trustedOrigins/{}", text(&one["id"]));
    facts.place.fix(&path, &call, what)
}

fn https(facts: &Facts) -> Verdict {
    let is_wrong = |one: &&Value| is_readable_on_the_way(&text(&one["origin"]).replace('*', "x"));
    let flaw = |one: &Value| {
        Flaw::error(
            format!(
                "the org trusts {}, which anybody on the way can be",
                text(&one["origin"])
            ),
            fix(facts, one, "make it https or remove it"),
        )
    };
    Ok(active(facts)?
        .into_iter()
        .filter(is_wrong)
        .map(flaw)
        .collect())
}

fn wildcard(facts: &Facts) -> Verdict {
    let is_wrong = |one: &&Value| text(&one["origin"]).contains('*');
    let flaw = |one: &Value| {
        Flaw::error(
            format!(
                "the org trusts {}: any host that somebody gets there may call it with people's cookies",
                text(&one["origin"])
            ),
            fix(facts, one, "name each origin in full"),
        )
    };
    Ok(active(facts)?
        .into_iter()
        .filter(is_wrong)
        .map(flaw)
        .collect())
}

/// The origins of every address that an app has.
fn used(facts: &Facts) -> Result<Vec<String>, Skip> {
    let apps = items(known(&facts.managed.apps)?);
    let lists = ["redirect_uris", "post_logout_redirect_uris"];
    let clients = apps.iter().map(|app| &app["settings"]["oauthClient"]);
    let mut used: Vec<String> = clients
        .flat_map(|client| {
            let listed = lists.into_iter().flat_map(|list| texts(&client[list]));
            listed.chain(client["initiate_login_uri"].as_str())
        })
        .filter_map(origin)
        .collect();
    used.push(facts.settings.app_url.origin().ascii_serialization());
    Ok(used)
}

fn unused(facts: &Facts) -> Verdict {
    let used = used(facts)?;
    // A wildcard is judged as such.
    let is_unused = |one: &&Value| {
        let text = text(&one["origin"]);
        !text.contains('*') && !origin(text).is_some_and(|own| used.contains(&own))
    };
    let flaw = |one: &Value| {
        Flaw::warning(
            format!(
                "the org trusts {}, and no app has an address there",
                text(&one["origin"])
            ),
            fix(facts, one, "deactivate it"),
        )
    };
    Ok(active(facts)?
        .into_iter()
        .filter(is_unused)
        .map(flaw)
        .collect())
}
