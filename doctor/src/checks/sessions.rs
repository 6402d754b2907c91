//! How long people stay signed in at the org.

use serde_json::Value;

use crate::check::{Area, Check, Flaw, Severity, Verdict};
use crate::facts::known;
use crate::json::{is_active, items, text};
use crate::{Facts, Skip};

/// NIST SP 800-63B §2.1.3: 30 days.
const MOST_MINUTES: u64 = 30 * 24 * 60;
/// A day.
const MOST_IDLE_MINUTES: u64 = 24 * 60;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "SESSION-LIFETIME",
        area: Area::Policy,
        promise: "Sessions at the org end after 30 days at the latest.",
        worst: Severity::Warning,
        source: "NIST SP 800-63B §2.1.3",
        judge: lifetime,
    },
    Check {
        id: "SESSION-IDLE",
        area: Area::Policy,
        promise: "Sessions at the org end after a day without use.",
        worst: Severity::Warning,
        source: "NIST SP 800-63B §5.2, Okta: HealthInsight, session lifetime",
        judge: idle,
    },
    Check {
        id: "SESSION-COOKIE",
        area: Area::Policy,
        promise: "Sessions at the org end with the browser.",
        worst: Severity::Note,
        source: "Okta: HealthInsight, disable persistent session cookies",
        judge: cookie,
    },
];

/// What is wrong with each rule that lets people in.
fn each(
    facts: &Facts,
    judge: impl Fn(&Value, &Value) -> Option<(Severity, String, &'static str)>,
) -> Verdict {
    let mut flaws = Vec::new();
    for policy in items(known(&facts.managed.session_policies)?) {
        for rule in items(&policy["rules"]) {
            let signon = &rule["actions"]["signon"];
            if !is_active(policy) || !is_active(rule) || signon["access"] != "ALLOW" {
                continue;
            }
            let Some((severity, found, what)) = judge(policy, &signon["session"]) else {
                continue;
            };
            let cause = format!(
                "in the rule {} of {}, {found}",
                rule["name"], policy["name"]
            );
            let path = format!(
                "Security > Global Session Policy > {}",
                text(&policy["name"])
            );
            let call = format!(
                "PUT /api/v1/policies/{}/rules/{}",
                text(&policy["id"]),
                text(&rule["id"])
            );
            flaws.push(Flaw::of(
                severity,
                cause,
                facts.place.fix(&path, &call, what),
            ));
        }
    }
    Ok(flaws)
}

fn minutes(session: &Value, name: &str) -> Result<u64, Skip> {
    let minutes = session[name].as_u64();
    minutes.ok_or_else(|| Skip::not_checked(format!("the org does not tell {name}")))
}

/// Okta begins with no limit, and keeps the limit of the default policy's own rule from being changed by API.
fn lifetime(facts: &Facts) -> Verdict {
    each(facts, |policy, session| {
        let minutes = minutes(session, "maxSessionLifetimeMinutes").ok()?;
        let what = "set the maximum session lifetime to 30 days or less";
        match minutes {
            0 if policy["system"] == true => {
                Some((Severity::Note, "sessions have no limit".to_owned(), what))
            }
            0 => Some((Severity::Warning, "sessions have no limit".to_owned(), what)),
            1..=MOST_MINUTES => None,
            _ => Some((
                Severity::Warning,
                format!("sessions last {minutes} minutes"),
                what,
            )),
        }
    })
}

fn idle(facts: &Facts) -> Verdict {
    each(facts, |_, session| {
        let minutes = minutes(session, "maxSessionIdleMinutes").ok()?;
        let what = "set the maximum idle time to a day or less";
        (minutes > MOST_IDLE_MINUTES).then(|| {
            (
                Severity::Warning,
                format!("sessions last {minutes} minutes without use"),
                what,
            )
        })
    })
}

fn cookie(facts: &Facts) -> Verdict {
    each(facts, |_, session| {
        let what = "disable \"Okta session cookies persist across browser sessions\"";
        (session["usePersistentCookie"] == true).then(|| {
            (
                Severity::Note,
                "sessions go on after the browser is closed".to_owned(),
                what,
            )
        })
    })
}
