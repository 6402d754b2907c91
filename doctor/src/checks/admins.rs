//! Who may change everything.

use serde_json::Value;

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{has, is_active, items, text};
use crate::{Facts, Skip};

/// Okta's own audit of orgs finds more to be too many.
const MOST_SUPER_ADMINS: usize = 15;
const SUPER: &str = "SUPER_ADMIN";

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "ADMIN-COUNT",
        area: Area::Admin,
        promise: "There are two super administrators or more, and no more than 15.",
        worst: Severity::Warning,
        source: "Okta: HealthInsight, Limit the number of super admins",
        judge: count,
    },
    Check {
        id: "ADMIN-MFA",
        area: Area::Admin,
        promise: "Every administrator has a second factor besides email.",
        worst: Severity::Error,
        source: "Okta: HealthInsight, MFA for the Admin Console; NIST SP 800-63B §2.2",
        judge: factors,
    },
    Check {
        id: "ADMIN-STATUS",
        area: Area::Admin,
        promise: "Nobody who is suspended, locked out or deactivated is an administrator.",
        worst: Severity::Warning,
        source: "OWASP ASVS 5.0 V8.3",
        judge: status,
    },
    Check {
        id: "ADMIN-CONSOLE",
        area: Area::Admin,
        promise: "The Admin Console asks for two factors.",
        worst: Severity::Error,
        source: "Okta: HealthInsight, MFA for the Admin Console",
        judge: console,
    },
];

const PLACE: &str = "Security > Administrators > Admins";

fn admins(facts: &Facts) -> Result<&[Value], Skip> {
    known(&facts.managed.admins).map(items)
}

fn count(facts: &Facts) -> Verdict {
    let supers = admins(facts)?
        .iter()
        .filter(|admin| is_active(admin) && has(&admin["roles"], SUPER))
        .count();
    let fix = |what: &str| {
        facts
            .place
            .fix(PLACE, "POST /api/v1/users/{userId}/roles", what)
    };
    match supers {
        0 | 1 => when(true, || {
            Flaw::note(
                format!(
                    "{supers} super administrators are active: when that account is lost, so is the org"
                ),
                fix("give the role to a second person"),
            )
        }),
        2..=MOST_SUPER_ADMINS => Ok(Vec::new()),
        many => when(true, || {
            Flaw::warning(
                format!("{many} people are super administrators"),
                fix("give those who do not need it a lesser role"),
            )
        }),
    }
}

/// The demo's administrators have passwords alone, and only this machine reaches them.
fn factors(facts: &Facts) -> Verdict {
    let severity = if facts.place.is_local {
        Severity::Warning
    } else {
        Severity::Error
    };
    let counts = |factor: &Value| {
        is_active(factor)
            && !matches!(
                text(&factor["factorType"]),
                "email" | "question" | "password"
            )
    };
    let mut flaws = Vec::new();
    for admin in admins(facts)?.iter().filter(|admin| is_active(admin)) {
        if admin["factors"].is_null() {
            return Err(Skip::not_checked(
                "the org does not tell the factors of its administrators",
            ));
        }
        if !items(&admin["factors"]).iter().any(counts) {
            flaws.push(Flaw::of(
                severity,
                format!("{} has no second factor besides email", text(&admin["login"])),
                facts.place.fix(
                    "Security > Authenticators > Enrollment",
                    &format!("POST /api/v1/users/{}/factors", text(&admin["id"])),
                    "have them enroll a passkey or an authenticator app, which a policy for administrators can require",
                ),
            ));
        }
    }
    Ok(flaws)
}

fn status(facts: &Facts) -> Verdict {
    let out = ["SUSPENDED", "LOCKED_OUT", "DEPROVISIONED"];
    let found = admins(facts)?
        .iter()
        .filter(|admin| out.contains(&text(&admin["status"])));
    let flaw = |admin: &Value| {
        Flaw::warning(
            format!(
                "{} is {} and has the roles {}",
                text(&admin["login"]),
                text(&admin["status"]),
                admin["roles"]
            ),
            facts.place.fix(
                PLACE,
                &format!(
                    "DELETE /api/v1/users/{}/roles/{{roleId}}",
                    text(&admin["id"])
                ),
                "take the roles away",
            ),
        )
    };
    Ok(found.map(flaw).collect())
}

fn console(facts: &Facts) -> Verdict {
    let policy = known(&facts.managed.console_policy)?;
    if policy.is_null() {
        return Err(Skip::DoesNotApply(
            "the org shows no policy of an Admin Console",
        ));
    }
    let weak = items(&policy["rules"]).iter().filter(|rule| {
        let action = &rule["actions"]["appSignOn"];
        is_active(rule)
            && action["access"] == "ALLOW"
            && action["verificationMethod"]["factorMode"] == "1FA"
    });
    let flaw = |rule: &Value| {
        Flaw::error(
            format!(
                "the rule {} lets administrators in by one factor",
                rule["name"]
            ),
            facts.place.fix(
                "Security > Authentication Policies > Okta Admin Console",
                &format!(
                    "PUT /api/v1/policies/{}/rules/{}",
                    text(&policy["id"]),
                    text(&rule["id"])
                ),
                "choose \"Any 2 factor types\"",
            ),
        )
    };
    Ok(weak.map(flaw).collect())
}
