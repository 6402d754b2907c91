//! People who need no password, and administrators who must.

use serde_json::Value;

use crate::check::{Area, Check, Flaw, Severity, Verdict};
use crate::facts::known;
use crate::json::{has, is_active, items, listed, text, texts};
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "POLICY-OPTIONAL-COMPLETE",
        area: Area::Policy,
        promise: "Password-optional users never fall through to the default policy, and can meet the app's.",
        worst: Severity::Error,
        source: "Okta: Set up your org, Password optional",
        judge: complete,
    },
    Check {
        id: "POLICY-OPTIONAL-ADMINS",
        area: Area::Policy,
        promise: "Administrators are excluded from every password-optional rule.",
        worst: Severity::Error,
        source: "Okta: Set up your org, Password optional",
        judge: admins,
    },
];

/// The policies besides the default that let people be without a password.
fn enrollment(facts: &Facts) -> Result<Vec<&Value>, Skip> {
    let all = items(known(&facts.managed.enrollment_policies)?).iter();
    let asks = |policy: &Value| {
        let mut settings = items(&policy["settings"]["authenticators"]).iter();
        settings.any(|one| one["key"] == "okta_password" && one["enroll"]["self"] == "REQUIRED")
    };
    Ok(all
        .filter(|policy| is_own(policy) && !asks(policy))
        .collect())
}

/// The policies besides the default that begin a session with any factor.
fn session(facts: &Facts) -> Result<Vec<&Value>, Skip> {
    let all = items(known(&facts.managed.session_policies)?).iter();
    let takes_any = |policy: &Value| active_rules(policy).any(begins_with_any);
    Ok(all
        .filter(|policy| is_own(policy) && takes_any(policy))
        .collect())
}

fn is_own(policy: &Value) -> bool {
    is_active(policy) && policy["system"] != true
}

fn active_rules(policy: &Value) -> impl Iterator<Item = &Value> {
    items(&policy["rules"])
        .iter()
        .filter(|rule| is_active(rule))
}

fn begins_with_any(rule: &Value) -> bool {
    let signon = &rule["actions"]["signon"];
    signon["access"] == "ALLOW" && signon["primaryFactor"] == "PASSWORD_IDP_ANY_FACTOR"
}

fn groups_of(policy: &Value) -> &Value {
    &policy["conditions"]["people"]["groups"]["include"]
}

/// The groups whose people may have no password.
pub(super) fn groups(facts: &Facts) -> Result<Vec<&str>, Skip> {
    let policies = enrollment(facts)?;
    Ok(policies
        .into_iter()
        .flat_map(|policy| texts(groups_of(policy)))
        .collect())
}

fn complete(facts: &Facts) -> Verdict {
    let groups = groups(facts)?;
    if groups.is_empty() {
        return Err(Skip::DoesNotApply("everybody has a password"));
    }
    let session = session(facts)?;
    let fix = || facts.place.set_up("password-optional");
    let is_covered = |group: &&&str| !session.iter().any(|policy| has(groups_of(policy), group));
    let mut flaws: Vec<Flaw> = groups
        .iter()
        .filter(is_covered)
        .map(|group| {
            let cause = format!("people of the group {group} may have no password, and no global session policy but the default is for them");
            Flaw::error(cause, fix())
        })
        .collect();
    if registers_into(facts, &groups)? && app_asks_for_password(facts)? {
        let cause = "people register without a password, and every rule of the app's access policy asks for one";
        flaws.push(Flaw::error(cause, fix()));
    }
    Ok(flaws)
}

/// Whether the app registers people into one of the groups.
fn registers_into(facts: &Facts, groups: &[&str]) -> Result<bool, Skip> {
    let policy = known(&facts.managed.profile_policy)?;
    Ok(items(&policy["rules"]).iter().any(|rule| {
        let actions = &rule["actions"]["profileEnrollment"];
        let targets = texts(&actions["targetGroupIds"]);
        actions["unknownUserAction"] == "REGISTER"
            && targets.iter().any(|group| groups.contains(group))
    }))
}

fn app_asks_for_password(facts: &Facts) -> Result<bool, Skip> {
    let policy = known(&facts.managed.access_policy)?;
    let asks = |rule: &Value| {
        let constraints = items(&rule["actions"]["appSignOn"]["verificationMethod"]["constraints"]);
        !constraints.is_empty() && constraints.iter().all(|one| one.get("knowledge").is_some())
    };
    Ok(active_rules(policy).all(asks))
}

fn admins(facts: &Facts) -> Verdict {
    let policies = [enrollment(facts)?, session(facts)?].concat();
    if policies.is_empty() {
        return Err(Skip::DoesNotApply("everybody has a password"));
    }
    let admins = items(known(&facts.managed.admins)?);
    let mut flaws = Vec::new();
    for policy in policies {
        for rule in active_rules(policy) {
            let excluded = &rule["conditions"]["people"]["users"]["exclude"];
            let missing: Vec<&str> = admins
                .iter()
                .filter(|admin| !has(excluded, text(&admin["id"])))
                .map(|admin| text(&admin["login"]))
                .collect();
            if !missing.is_empty() {
                flaws.push(Flaw::error(
                    format!(
                        "the rule {} of {} counts for administrators: {}",
                        rule["name"],
                        policy["name"],
                        listed(&missing)
                    ),
                    facts.place.fix(
                        &format!("Security > {}", text(&policy["name"])),
                        &format!(
                            "PUT /api/v1/policies/{}/rules/{}",
                            text(&policy["id"]),
                            text(&rule["id"])
                        ),
                        "add them to \"Exclude users\"",
                    ),
                ));
            }
        }
    }
    Ok(flaws)
}
