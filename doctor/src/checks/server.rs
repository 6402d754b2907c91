//! The custom authorization server, if the issuer is one.

use jiff::Timestamp;
use serde_json::Value;

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{has, is_active, items, text};
use crate::{Facts, Skip};

/// Okta rotates by itself about every 90 days.
const OLD_KEY_DAYS: i64 = 90;
/// A day, in minutes.
const MOST_ACCESS_MINUTES: u64 = 24 * 60;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "SERVER-ACTIVE",
        area: Area::Server,
        promise: "The custom authorization server is active.",
        worst: Severity::Error,
        source: "Okta: Authorization servers",
        judge: active,
    },
    Check {
        id: "SERVER-RULE",
        area: Area::Server,
        promise: "A rule of the server gives this app tokens for an authorization code.",
        worst: Severity::Error,
        source: "Okta: Access policies; new orgs have none",
        judge: rule,
    },
    Check {
        id: "SERVER-LIFETIME",
        area: Area::Server,
        promise: "Access tokens live a day at most, and refresh tokens end when unused.",
        worst: Severity::Warning,
        source: "RFC 9700 §2.2 and §4.14.2",
        judge: lifetime,
    },
    Check {
        id: "SERVER-KEY-ROTATION",
        area: Area::Server,
        promise: "The signing key changes by itself, or was changed in the last 90 days.",
        worst: Severity::Warning,
        source: "NIST SP 800-57 §5.3, Okta: Key rotation",
        judge: rotation,
    },
];

fn fix(facts: &Facts, tab: &str, call: &str, what: &str) -> String {
    let id = facts.custom_server().unwrap_or("default");
    let path = format!("Security > API > Authorization Servers > {id} > {tab}");
    let (method, below) = call.split_once(' ').unwrap_or(("PUT", ""));
    let call = format!("{method} /api/v1/authorizationServers/{id}{below}");
    facts.place.fix(&path, &call, what)
}

fn active(facts: &Facts) -> Verdict {
    let server = known(&facts.managed.server)?;
    when(!is_active(server), || {
        Flaw::error(
            format!("the authorization server is {}", text(&server["status"])),
            fix(facts, "Settings", "POST /lifecycle/activate", "activate it"),
        )
    })
}

/// Whether a policy counts for the app.
fn is_for(policy: &Value, client_id: &str) -> bool {
    let clients = &policy["conditions"]["clients"]["include"];
    is_active(policy) && (has(clients, "ALL_CLIENTS") || has(clients, client_id))
}

/// The rules that count for the app.
pub(super) fn rules(facts: &Facts) -> Result<Vec<&Value>, Skip> {
    let policies = known(&facts.managed.server_policies)?;
    let app = known(&facts.managed.app)?;
    let client_id = text(&app["credentials"]["oauthClient"]["client_id"]);
    let own = items(policies)
        .iter()
        .filter(|policy| is_for(policy, client_id));
    let rules = own.flat_map(|policy| items(&policy["rules"]));
    Ok(rules.filter(|rule| is_active(rule)).collect())
}

fn rule(facts: &Facts) -> Verdict {
    let rules = rules(facts)?;
    let gives = |rule: &&Value| {
        has(
            &rule["conditions"]["grantTypes"]["include"],
            "authorization_code",
        )
    };
    when(!rules.iter().any(gives), || {
        Flaw::error(
            "no active rule of a policy for this app has the grant authorization_code, so every sign-in is refused",
            facts.place.set_up("base"),
        )
    })
}

fn lifetime(facts: &Facts) -> Verdict {
    let mut flaws = Vec::new();
    for rule in rules(facts)? {
        let (name, token) = (text(&rule["name"]), &rule["actions"]["token"]);
        let minutes = token["accessTokenLifetimeMinutes"].as_u64().unwrap_or(60);
        let what = "shorten the lifetime in this rule";
        if minutes > MOST_ACCESS_MINUTES {
            let cause = format!("access tokens of the rule {name:?} live {minutes} minutes");
            flaws.push(Flaw::warning(
                cause,
                fix(
                    facts,
                    "Access Policies",
                    "PUT /policies/{policyId}/rules/{ruleId}",
                    what,
                ),
            ));
        }
        let is_endless =
            token["refreshTokenLifetimeMinutes"] == 0 && token["refreshTokenWindowMinutes"] == 0;
        if is_endless {
            let cause = format!("refresh tokens of the rule {name:?} never end, even unused");
            flaws.push(Flaw::warning(
                cause,
                fix(
                    facts,
                    "Access Policies",
                    "PUT /policies/{policyId}/rules/{ruleId}",
                    what,
                ),
            ));
        }
    }
    Ok(flaws)
}

fn rotation(facts: &Facts) -> Verdict {
    let signing = &known(&facts.managed.server)?["credentials"]["signing"];
    if signing["rotationMode"] == "AUTO" {
        return Ok(Vec::new());
    }
    let last: Timestamp = text(&signing["lastRotated"])
        .parse()
        .map_err(|_| Skip::not_checked("the server does not tell when its key was changed"))?;
    let days = facts.now.duration_since(last).as_hours() / 24;
    when(days > OLD_KEY_DAYS, || {
        Flaw::warning(
            format!(
                "the signing key was changed {days} days ago, and changes by hand only (rotationMode MANUAL)"
            ),
            fix(
                facts,
                "Settings > Signing Key Rotation",
                "POST /credentials/lifecycle/keyRotate",
                "rotate the key and choose Automatic",
            ),
        )
    })
}
