//! What the org says its policies would decide.

use serde_json::{Value, json};

use crate::Fault;
use crate::http::Client;
use crate::paths;

/// The policy and the rule that decide, by type of policy.
#[derive(Debug)]
pub(super) struct Decisions(Vec<(String, Decision)>);

/// What decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) policy: String,
    pub(super) policy_id: String,
    pub(super) rule: String,
    pub(super) rule_id: String,
}

/// For whom it is asked: Okta takes one of the two.
#[derive(Debug)]
pub(super) enum Whom<'w> {
    /// A user, with their groups.
    User(&'w str),
    /// Anybody who is in these groups.
    InGroups(&'w [&'w str]),
}

/// Asks what decides at the app.
pub(super) async fn simulate(
    client: &Client,
    app: &str,
    whom: Whom<'_>,
) -> Result<Decisions, Fault> {
    let context = match whom {
        Whom::User(id) => json!({"user": {"id": id}}),
        Whom::InGroups(ids) => json!({"groups": {"ids": ids}}),
    };
    // Without a list of types the org answers for all of them.
    let body = json!([{"appInstance": app, "policyContext": context}]);
    let path = format!("{}?expand=EVALUATED", paths::SIMULATE);
    Ok(Decisions::read(&client.ask(&path, &body).await?))
}

impl Decisions {
    /// The answer is a list of evaluations, or one in an object.
    fn read(answer: &Value) -> Self {
        let list = answer
            .as_array()
            .or_else(|| answer["evaluation"].as_array());
        let decisions = list.into_iter().flatten().flat_map(|evaluation| {
            let decision = decision(&evaluation["result"]["policies"]);
            types(&evaluation["policyType"])
                .filter_map(move |policy_type| Some((policy_type, decision.clone()?)))
        });
        Self(decisions.collect())
    }

    pub(super) fn of(&self, policy_type: &str) -> Option<&Decision> {
        let found = self.0.iter().find(|(known, _)| known == policy_type);
        found.map(|(_, decision)| decision)
    }
}

/// The type is written as a text or as a list of one.
fn types(value: &Value) -> impl Iterator<Item = String> {
    let list = value
        .as_array()
        .map_or_else(|| vec![value.clone()], Clone::clone);
    list.into_iter()
        .filter_map(|entry| entry.as_str().map(str::to_owned))
}

fn decision(policies: &Value) -> Option<Decision> {
    let matches = |value: &&Value| value["status"] == "MATCH";
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    policies
        .as_array()?
        .iter()
        .filter(matches)
        .find_map(|policy| {
            let rule = policy["rules"].as_array()?.iter().find(matches)?;
            Some(Decision {
                policy: text(&policy["name"]),
                policy_id: text(&policy["id"]),
                rule: text(&rule["name"]),
                rule_id: text(&rule["id"]),
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_policy_of_which_a_rule_matches_decides() {
        let rule = |name: &str, status: &str| json!({"id": "0pr1", "name": name, "status": status});
        let evaluation = json!([{"policyType": ["OKTA_SIGN_ON"], "result": {"policies": [
            {"id": "00p1", "name": "A", "status": "MATCH", "rules": [rule("one", "NO_MATCH")]},
            {"id": "00p2", "name": "B", "status": "MATCH", "rules": [rule("two", "NO_MATCH"), rule("three", "MATCH")]}
        ]}}]);
        for answer in [evaluation.clone(), json!({ "evaluation": evaluation })] {
            let decisions = Decisions::read(&answer);
            let found = decisions.of("OKTA_SIGN_ON").expect("a decision");
            assert_eq!((&*found.policy, &*found.rule), ("B", "three"));
            assert!(decisions.of("MFA_ENROLL").is_none());
        }
    }
}
