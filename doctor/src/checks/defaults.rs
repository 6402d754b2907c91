//! The policies for whoever no other policy is for.

use serde_json::Value;

use super::optional;
use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{items, text};
use crate::{Facts, Known, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "POLICY-SESSION-LAST",
        area: Area::Policy,
        promise: "The default global session policy comes last.",
        worst: Severity::Error,
        source: "Okta: Set up your org, Password optional",
        judge: session_last,
    },
    Check {
        id: "POLICY-SESSION-PASSWORD",
        area: Area::Policy,
        promise: "The default global session policy begins with a password.",
        worst: Severity::Warning,
        source: "Okta: Set up your org, Password optional",
        judge: session_password,
    },
    Check {
        id: "POLICY-ENROLL-LAST",
        area: Area::Policy,
        promise: "The default authenticator enrollment policy comes last.",
        worst: Severity::Error,
        source: "Okta: Set up your org, Password optional",
        judge: enroll_last,
    },
    Check {
        id: "POLICY-ENROLL-PASSWORD",
        area: Area::Policy,
        promise: "The default authenticator enrollment policy makes people have a password.",
        worst: Severity::Warning,
        source: "Okta: Set up your org, Password optional",
        judge: enroll_password,
    },
];

/// The default of a type, and whether another comes after it.
fn default_of(policies: &Known<Value>) -> Result<(&Value, bool), Skip> {
    let policies = items(known(policies)?);
    let default = policies
        .iter()
        .find(|policy| policy["system"] == true)
        .ok_or_else(|| Skip::not_checked("the org shows no default policy"))?;
    let place = |policy: &Value| policy["priority"].as_i64().unwrap_or(0);
    let is_last = policies
        .iter()
        .all(|policy| place(policy) <= place(default));
    Ok((default, is_last))
}

fn last(facts: &Facts, policies: &Known<Value>, page: &str) -> Verdict {
    let (default, is_last) = default_of(policies)?;
    when(!is_last, || {
        Flaw::error(
            format!(
                "{} has the priority {}, and policies after it never count",
                default["name"], default["priority"]
            ),
            facts.place.fix(
                &format!("Security > {page}"),
                &format!("PUT /api/v1/policies/{}", text(&default["id"])),
                "move the default policy to the end",
            ),
        )
    })
}

fn session_last(facts: &Facts) -> Verdict {
    last(
        facts,
        &facts.managed.session_policies,
        "Global Session Policy",
    )
}

fn enroll_last(facts: &Facts) -> Verdict {
    last(
        facts,
        &facts.managed.enrollment_policies,
        "Authenticators > Enrollment",
    )
}

/// A new org's default takes any factor. That is worth a warning where people without passwords exist.
fn severity(facts: &Facts) -> Severity {
    if optional::groups(facts).is_ok_and(|groups| !groups.is_empty()) {
        Severity::Warning
    } else {
        Severity::Note
    }
}

fn session_password(facts: &Facts) -> Verdict {
    let (default, _) = default_of(&facts.managed.session_policies)?;
    let any = items(&default["rules"]).iter().find(|rule| {
        let signon = &rule["actions"]["signon"];
        signon["access"] == "ALLOW" && signon["primaryFactor"] != "PASSWORD_IDP"
    });
    when(any.is_some(), || {
        let rule = any.unwrap_or(&Value::Null);
        Flaw::of(
            severity(facts),
            format!("the rule {} of the default policy begins a session with {}", rule["name"], rule["actions"]["signon"]["primaryFactor"]),
            facts.place.fix(
                "Security > Global Session Policy > Default Policy",
                &format!("PUT /api/v1/policies/{}/rules/{}", text(&default["id"]), text(&rule["id"])),
                "choose \"Establish the user session with: A password\" (primaryFactor PASSWORD_IDP)",
            ),
        )
    })
}

fn enroll_password(facts: &Facts) -> Verdict {
    let (default, _) = default_of(&facts.managed.enrollment_policies)?;
    let authenticators = items(&default["settings"]["authenticators"]);
    let password = authenticators
        .iter()
        .find(|one| one["key"] == "okta_password");
    let how = password.map_or("absent", |one| text(&one["enroll"]["self"]));
    when(how != "REQUIRED", || {
        Flaw::warning(
            format!(
                "okta_password is {how} in the default policy, so anybody may come to have no password"
            ),
            facts.place.fix(
                "Security > Authenticators > Enrollment > Default Policy",
                &format!("PUT /api/v1/policies/{}", text(&default["id"])),
                "set Password to Required",
            ),
        )
    })
}
