//! Passwords as NIST SP 800-63B wants them.

use serde_json::Value;

use crate::Facts;
use crate::check::{Area, Check, Flaw, Severity, Verdict};
use crate::facts::known;
use crate::json::{is_active, items, text};

/// NIST SP 800-63B §3.1.1.2: less is not allowed.
const LEAST_LENGTH: u64 = 8;
/// The same, for a password that is the only factor.
const LEAST_LENGTH_ALONE: u64 = 15;
/// NIST SP 800-63B §3.2.2.
const MOST_ATTEMPTS: u64 = 100;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "PASSWORD-LENGTH",
        area: Area::Policy,
        promise: "Passwords have at least 15 characters, or 8 where a second factor is asked for.",
        worst: Severity::Error,
        source: "NIST SP 800-63B §3.1.1.2",
        judge: length,
    },
    Check {
        id: "PASSWORD-COMMON",
        area: Area::Policy,
        promise: "Common passwords are refused.",
        worst: Severity::Warning,
        source: "NIST SP 800-63B §3.1.1.2, Okta: HealthInsight, common password check",
        judge: common,
    },
    Check {
        id: "PASSWORD-COMPOSITION",
        area: Area::Policy,
        promise: "No kind of character is demanded.",
        worst: Severity::Note,
        source: "NIST SP 800-63B §3.1.1.2",
        judge: composition,
    },
    Check {
        id: "PASSWORD-EXPIRY",
        area: Area::Policy,
        promise: "Passwords do not have to be changed at set times.",
        worst: Severity::Warning,
        source: "NIST SP 800-63B §3.1.1.2",
        judge: expiry,
    },
    Check {
        id: "PASSWORD-LOCKOUT",
        area: Area::Policy,
        promise: "An account is locked after at most 100 wrong passwords.",
        worst: Severity::Error,
        source: "NIST SP 800-63B §3.2.2",
        judge: lockout,
    },
    Check {
        id: "PASSWORD-QUESTION",
        area: Area::Policy,
        promise: "No password is reset by a security question alone.",
        worst: Severity::Warning,
        source: "NIST SP 800-63B §3.1.1.2 and §4.2",
        judge: question,
    },
];

type Found = Option<(Severity, String, &'static str)>;

/// What is wrong with each active policy.
fn each(facts: &Facts, judge: impl Fn(&Value) -> Found) -> Verdict {
    let policies = items(known(&facts.managed.password_policies)?).iter();
    let flaw = |policy: &Value| {
        let (severity, found, what) = judge(policy)?;
        let path = format!(
            "Security > Authenticators > Password > {}",
            text(&policy["name"])
        );
        let call = format!("PUT /api/v1/policies/{}", text(&policy["id"]));
        let cause = format!("in the password policy {}, {found}", policy["name"]);
        Some(Flaw::of(
            severity,
            cause,
            facts.place.fix(&path, &call, what),
        ))
    };
    Ok(policies
        .filter(|policy| is_active(policy))
        .filter_map(flaw)
        .collect())
}

fn complexity(policy: &Value) -> &Value {
    &policy["settings"]["password"]["complexity"]
}

/// Whether the app lets somebody in by the password alone. Where that is not known, it counts as so.
fn is_alone(facts: &Facts) -> bool {
    let Ok(policy) = &facts.managed.access_policy else {
        return true;
    };
    let methods = items(&policy["rules"])
        .iter()
        .map(|rule| &rule["actions"]["appSignOn"]["verificationMethod"]);
    methods
        .into_iter()
        .any(|method| method["factorMode"] == "1FA")
}

fn length(facts: &Facts) -> Verdict {
    let least = if is_alone(facts) {
        LEAST_LENGTH_ALONE
    } else {
        LEAST_LENGTH
    };
    each(facts, |policy| {
        let length = complexity(policy)["minLength"].as_u64()?;
        let severity = if length < LEAST_LENGTH {
            Severity::Error
        } else {
            Severity::Warning
        };
        let what = "set the minimum length to 15, or ask for a second factor";
        (length < least).then(|| (severity, format!("{length} characters are enough"), what))
    })
}

fn common(facts: &Facts) -> Verdict {
    each(facts, |policy| {
        let is_checked = complexity(policy)["dictionary"]["common"]["exclude"] == true;
        let found = || "passwords that everybody tries first are taken".to_owned();
        (!is_checked).then(|| {
            (
                Severity::Warning,
                found(),
                "select \"Restrict use of common passwords\"",
            )
        })
    })
}

fn composition(facts: &Facts) -> Verdict {
    each(facts, |policy| {
        let kinds = ["minLowerCase", "minUpperCase", "minNumber", "minSymbol"];
        let asked: Vec<&str> = kinds
            .into_iter()
            .filter(|kind| complexity(policy)[kind].as_u64().unwrap_or(0) > 0)
            .collect();
        let found = || {
            format!(
                "{} are demanded, which makes passwords alike",
                asked.join(", ")
            )
        };
        (!asked.is_empty()).then(|| {
            (
                Severity::Note,
                found(),
                "clear the complexity requirements and demand length instead",
            )
        })
    })
}

fn expiry(facts: &Facts) -> Verdict {
    each(facts, |policy| {
        let days = policy["settings"]["password"]["age"]["maxAgeDays"].as_u64()?;
        let found = || format!("passwords end after {days} days, and people choose worse ones");
        (days > 0).then(|| {
            (
                Severity::Warning,
                found(),
                "clear \"Password expires after\"",
            )
        })
    })
}

fn lockout(facts: &Facts) -> Verdict {
    each(facts, |policy| {
        let attempts = policy["settings"]["password"]["lockout"]["maxAttempts"].as_u64()?;
        let found = || match attempts {
            0 => "wrong passwords never lock an account".to_owned(),
            many => format!("{many} wrong passwords are taken"),
        };
        (attempts == 0 || attempts > MOST_ATTEMPTS).then(|| {
            (
                Severity::Error,
                found(),
                "lock out after 10 unsuccessful attempts",
            )
        })
    })
}

fn question(facts: &Facts) -> Verdict {
    each(facts, |policy| {
        let is_asked = items(&policy["rules"]).iter().any(|rule| {
            let methods =
                &rule["actions"]["selfServicePasswordReset"]["requirement"]["primary"]["methods"];
            crate::json::has(methods, "security_question")
        });
        let found = || "a security question resets a password".to_owned();
        is_asked.then(|| {
            (
                Severity::Warning,
                found(),
                "recover by email or phone, with the question at most as a second step",
            )
        })
    })
}
