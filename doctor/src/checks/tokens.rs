//! API tokens. Their values are told to nobody, this program included.

use jiff::Timestamp;
use serde_json::Value;

use crate::check::{Area, Check, Flaw, Severity, Verdict};
use crate::facts::known;
use crate::json::{items, text};
use crate::{Facts, Skip};

/// How long a token may lie about, in days.
const MOST_UNUSED_DAYS: i64 = 14;
/// A token ends when it was not used for so long, in days.
const WINDOW_DAYS: i64 = 30;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "TOKEN-OWNER",
        area: Area::Admin,
        promise: "Every API token is an active user's.",
        worst: Severity::Error,
        source: "Okta: API token management",
        judge: owner,
    },
    Check {
        id: "TOKEN-UNUSED",
        area: Area::Admin,
        promise: "Every API token was used in the last two weeks.",
        worst: Severity::Warning,
        source: "Okta: API token management",
        judge: unused,
    },
    Check {
        id: "TOKEN-NETWORK",
        area: Area::Admin,
        promise: "API tokens of a real org work from known networks alone.",
        worst: Severity::Note,
        source: "Okta: API token management, Token network restrictions",
        judge: network,
    },
];

fn tokens(facts: &Facts) -> Result<&[Value], Skip> {
    known(&facts.managed.tokens).map(items)
}

fn fix(facts: &Facts, token: &Value, what: &str) -> String {
    let path = format!("Security > API > Tokens > {}", text(&token["name"]));
    let call = format!("DELETE /api/v1/api-tokens/{}", text(&token["id"]));
    facts.place.fix(&path, &call, what)
}

fn owner(facts: &Facts) -> Verdict {
    let orphans = tokens(facts)?
        .iter()
        .filter(|token| token["owner"]["status"] != "ACTIVE");
    let flaw = |token: &Value| {
        let owner = &token["owner"];
        Flaw::error(
            format!(
                "the API token {} is of {}, who is {}",
                token["name"],
                owner["login"],
                text(&owner["status"])
            ),
            fix(facts, token, "revoke it"),
        )
    };
    Ok(orphans.map(flaw).collect())
}

/// Every use moves the end 30 days away.
fn unused_days(facts: &Facts, token: &Value) -> Option<i64> {
    let ends: Timestamp = text(&token["expiresAt"]).parse().ok()?;
    Some(WINDOW_DAYS - ends.duration_since(facts.now).as_hours() / 24)
}

fn unused(facts: &Facts) -> Verdict {
    let flaw = |token: &Value| {
        let days = unused_days(facts, token)?;
        (days > MOST_UNUSED_DAYS).then(|| {
            Flaw::warning(
                format!(
                    "the API token {} was not used for {days} days",
                    token["name"]
                ),
                fix(facts, token, "revoke it"),
            )
        })
    };
    Ok(tokens(facts)?.iter().filter_map(flaw).collect())
}

fn network(facts: &Facts) -> Verdict {
    if facts.place.is_local {
        return Err(Skip::DoesNotApply(
            "this machine is the network of the local org",
        ));
    }
    let open = tokens(facts)?
        .iter()
        .filter(|token| token["network"]["connection"] == "ANYWHERE");
    let flaw = |token: &Value| {
        Flaw::note(
            format!("the API token {} works from anywhere", token["name"]),
            fix(
                facts,
                token,
                "limit it to the network zone of the programs that use it",
            ),
        )
    };
    Ok(open.map(flaw).collect())
}
