//! The policy that decides whether the app's people come in.

use serde_json::Value;

use super::factors::Kit;
use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{is_active, items, text};
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "POLICY-APP",
        area: Area::Policy,
        promise: "The app has an active access policy.",
        worst: Severity::Error,
        source: "Okta: App sign-in policies",
        judge: mapped,
    },
    Check {
        id: "POLICY-SATISFIABLE",
        area: Area::Policy,
        promise: "The app's people can meet every rule of its access policy that lets somebody in.",
        worst: Severity::Error,
        source: "Okta: Policies API, Catch-all Rule of a new policy",
        judge: satisfiable,
    },
    Check {
        id: "POLICY-REAUTHENTICATE",
        area: Area::Policy,
        promise: "People prove who they are anew at least every 30 days.",
        worst: Severity::Note,
        source: "NIST SP 800-63B §2.1.3",
        judge: reauthenticate,
    },
    Check {
        id: "POLICY-REGISTRATION",
        area: Area::Policy,
        promise: "Whoever registers proves that the address is theirs.",
        worst: Severity::Warning,
        source: "Okta: User profile policies; NIST SP 800-63A §3.8",
        judge: registration,
    },
];

fn policy(facts: &Facts) -> Result<&Value, Skip> {
    let policy = known(&facts.managed.access_policy)?;
    if policy.is_null() {
        return Err(Skip::DoesNotApply("the app has no access policy"));
    }
    Ok(policy)
}

fn fix(facts: &Facts, policy: &Value, what: &str) -> String {
    let path = format!(
        "Security > Authentication Policies > {}",
        text(&policy["name"])
    );
    let call = format!(
        "PUT /api/v1/policies/{}/rules/{{ruleId}}",
        text(&policy["id"])
    );
    facts.place.fix(&path, &call, what)
}

fn mapped(facts: &Facts) -> Verdict {
    let policy = known(&facts.managed.access_policy)?;
    when(!is_active(policy), || {
        let found = if policy.is_null() {
            "the app has no access policy".to_owned()
        } else {
            format!(
                "the access policy {} of the app is {}",
                policy["name"], policy["status"]
            )
        };
        Flaw::error(found, facts.place.set_up("mfa"))
    })
}

/// The rules that let people in.
fn allowing(policy: &Value) -> impl Iterator<Item = &Value> {
    let rules = items(&policy["rules"]).iter();
    rules.filter(|rule| is_active(rule) && rule["actions"]["appSignOn"]["access"] == "ALLOW")
}

fn satisfiable(facts: &Facts) -> Verdict {
    let policy = policy(facts)?;
    let authenticators = known(&facts.managed.authenticators)?;
    let enrollment = known(&facts.managed.enrollment_policies)?;
    let kit = Kit::new(authenticators, enrollment);
    if allowing(policy).next().is_none() {
        let cause = format!("no rule of the policy {} lets anybody in", policy["name"]);
        return when(true, || {
            Flaw::error(cause, fix(facts, policy, "let a rule allow access"))
        });
    }
    let locked = allowing(policy).filter_map(|rule| {
        let reason = kit.cannot_meet(&rule["actions"]["appSignOn"]["verificationMethod"])?;
        Some(Flaw::error(
            format!("the rule {} of {} locks everybody out: {reason}", rule["name"], policy["name"]),
            fix(facts, policy, "choose what people have (\"User must authenticate with\"), without \"Device bound\""),
        ))
    });
    Ok(locked.collect())
}

fn reauthenticate(facts: &Facts) -> Verdict {
    let policy = policy(facts)?;
    let endless = allowing(policy).filter(|rule| {
        let after = text(&rule["actions"]["appSignOn"]["verificationMethod"]["reauthenticateIn"]);
        hours(after).is_some_and(|hours| hours > 30 * 24)
    });
    let flaw = |rule: &Value| {
        let after = &rule["actions"]["appSignOn"]["verificationMethod"]["reauthenticateIn"];
        Flaw::note(
            format!("the rule {} asks again after {after}", rule["name"]),
            fix(
                facts,
                policy,
                "set the re-authentication frequency to 30 days or less",
            ),
        )
    };
    Ok(endless.map(flaw).collect())
}

/// Okta writes such periods in hours alone: `PT43800H`.
fn hours(period: &str) -> Option<u64> {
    period.strip_prefix("PT")?.strip_suffix('H')?.parse().ok()
}

fn registration(facts: &Facts) -> Verdict {
    let policy = known(&facts.managed.profile_policy)?;
    let unproved = items(&policy["rules"]).iter().filter(|rule| {
        let actions = &rule["actions"]["profileEnrollment"];
        actions["unknownUserAction"] == "REGISTER"
            && actions["activationRequirements"]["emailVerification"] != true
    });
    let flaw = |_: &Value| {
        Flaw::warning(
            format!(
                "people register by {} without proving their address",
                policy["name"]
            ),
            facts.place.fix(
                &format!(
                    "Security > User Profile Policies > {}",
                    text(&policy["name"])
                ),
                &format!(
                    "PUT /api/v1/policies/{}/rules/{{ruleId}}",
                    text(&policy["id"])
                ),
                "select \"Email verification: Required before access is granted\"",
            ),
        )
    };
    Ok(unproved.map(flaw).collect())
}
