//! Who comes to which policy.

use crate::paths::{self, USERS};
use crate::steps::{enrollment_policy, group_of, password_optional, references};
use crate::verify::Promise;
use crate::verify::simulation::{Decisions, Whom, simulate};
use crate::walk::Guide;
use crate::{Case, Fault};

const SESSION: &str = "OKTA_SIGN_ON";
const ENROLLMENT: &str = "MFA_ENROLL";
const AUTHENTICATION: &str = "ACCESS_POLICY";
/// The policies that count for password-optional users alone.
const OPTIONAL: [(&str, &str); 2] = [
    (SESSION, password_optional::SESSION_POLICY),
    (ENROLLMENT, enrollment_policy::NAME),
];

/// The promises that only an evaluation can prove.
pub(super) async fn promises(guide: &Guide) -> Result<Vec<Promise>, Fault> {
    let names = references(guide).await?;
    let (Some(app), Some(john)) = (&names.app, &names.john) else {
        let promise = "The policies decide as the guide says.";
        return Ok(vec![Promise::broken(
            promise,
            "the app or John Doe is missing",
        )]);
    };
    let of_john = simulate(&guide.client, app, Whom::User(john)).await?;
    let mut promises = Vec::from_iter(app_policy(guide, &of_john));
    if guide.cases.has(Case::PasswordOptional) {
        promises.extend(password_optional(guide, app, &of_john).await?);
    }
    Ok(promises)
}

/// At the app the last rule of its policy decides for John, and no other rule stands before it.
fn app_policy(guide: &Guide, of_john: &Decisions) -> Option<Promise> {
    let policy = match guide.cases.decides_policy()? {
        Case::Base => return None,
        Case::Mfa => "Any two factors",
        Case::PasswordOnly => "Password only",
        Case::PasswordOptional => password_optional::AUTHENTICATION_POLICY,
    };
    let promise = format!("At the app, the last rule of {policy:?} decides for John Doe.");
    Some(Promise::of(
        promise,
        other_than(of_john, AUTHENTICATION, policy, "Catch-all Rule"),
    ))
}

async fn password_optional(
    guide: &Guide,
    app: &str,
    of_john: &Decisions,
) -> Result<Vec<Promise>, Fault> {
    let fall_through = "Password-optional users never fall through to the default policy.";
    let group = group_of(guide, password_optional::GROUP, "OKTA_GROUP").await?;
    let everyone = group_of(guide, "Everyone", "BUILT_IN").await?;
    let (Some(group), Some(everyone)) = (group, everyone) else {
        return Ok(vec![Promise::broken(fall_through, "the group is missing")]);
    };
    let of_member = simulate(&guide.client, app, Whom::InGroups(&[&everyone, &group])).await?;
    let (session, session_rule) = (
        password_optional::SESSION_POLICY,
        password_optional::SESSION_RULE,
    );
    let (enrollment, rule) = (enrollment_policy::NAME, enrollment_policy::RULE);
    let against = other_than(&of_member, SESSION, session, session_rule)
        .or_else(|| other_than(&of_member, ENROLLMENT, enrollment, rule));
    Ok(vec![
        Promise::of(fall_through, against),
        admins_are_excluded(guide, app, &group).await?,
        john_needs_his_password(guide, of_john).await?,
    ])
}

/// No admin is in the group, and one who came into it would be excluded by every rule there.
async fn admins_are_excluded(guide: &Guide, app: &str, group: &str) -> Result<Promise, Fault> {
    let promise =
        "Admins are excluded: neither you nor Okta Service comes to a password-optional policy.";
    for login in [&guide.admin.login, &guide.values.service_email] {
        let path = format!("{USERS}/{}", paths::part(login));
        let user = guide.client.find(&path).await?.unwrap_or_default();
        let Some(id) = user["id"].as_str() else {
            return Ok(Promise::broken(promise, format!("{login} is missing")));
        };
        let groups = guide.client.list(&format!("{USERS}/{id}/groups")).await?;
        if groups.iter().any(|own| own["id"] == group) {
            let reason = format!("{login} is in the group {:?}", password_optional::GROUP);
            return Ok(Promise::broken(promise, reason));
        }
        let decisions = simulate(&guide.client, app, Whom::User(id)).await?;
        for (policy_type, name) in OPTIONAL {
            let decides = decisions
                .of(policy_type)
                .is_some_and(|found| found.policy == name);
            if decides || !excludes(guide, policy_type, name, id).await? {
                return Ok(Promise::broken(
                    promise,
                    format!("a rule of {name:?} counts for {login}"),
                ));
            }
        }
    }
    Ok(Promise::kept(promise))
}

/// Whether every rule of the policy excludes the user.
async fn excludes(guide: &Guide, policy_type: &str, name: &str, user: &str) -> Result<bool, Fault> {
    let policies = guide.client.list(&paths::policies_of(policy_type)).await?;
    let policy = policies.iter().find(|policy| policy["name"] == name);
    let Some(id) = policy.and_then(|policy| policy["id"].as_str()) else {
        return Ok(true);
    };
    let rules = guide.client.list(&paths::rules_of(id)).await?;
    Ok(rules.iter().all(|rule| {
        let excluded = rule["conditions"]["people"]["users"]["exclude"].as_array();
        excluded.is_some_and(|excluded| excluded.iter().any(|id| id == user))
    }))
}

async fn john_needs_his_password(guide: &Guide, of_john: &Decisions) -> Result<Promise, Fault> {
    let promise = "John Doe still needs his password.";
    let Some(found) = of_john.of(SESSION) else {
        return Ok(Promise::broken(
            promise,
            "no global session policy decides for him",
        ));
    };
    let path = format!("{}/{}", paths::rules_of(&found.policy_id), found.rule_id);
    let rule = guide.client.find(&path).await?.unwrap_or_default();
    let factor = &rule["actions"]["signon"]["primaryFactor"];
    let against = (factor != "PASSWORD_IDP").then(|| {
        format!(
            "the rule {:?} of {:?} begins his session with {factor}",
            found.rule, found.policy
        )
    });
    Ok(Promise::of(promise, against))
}

/// What decides instead of this policy and rule.
fn other_than(
    decisions: &Decisions,
    policy_type: &str,
    policy: &str,
    rule: &str,
) -> Option<String> {
    match decisions.of(policy_type) {
        None => Some(format!("no policy of type {policy_type} decides")),
        Some(found) if found.policy == policy && found.rule == rule => None,
        Some(found) => Some(format!(
            "the rule {:?} of {:?} decides",
            found.rule, found.policy
        )),
    }
}
