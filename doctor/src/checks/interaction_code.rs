//! The interaction code: org, app and server have to agree on it.

use crate::check::{Area, Check, Flaw, Severity, Verdict};
use crate::facts::known;
use crate::json::has;
use crate::{Facts, Skip};

const GRANT: &str = "interaction_code";

pub(super) const CHECKS: &[Check] = &[Check {
    id: "INTERACTION-CODE",
    area: Area::Server,
    promise: "Where the app may use the interaction code, the org and the server's rule let it.",
    worst: Severity::Error,
    source: "Okta: Set up your org, Enable the Interaction Code grant type",
    judge: agrees,
}];

fn agrees(facts: &Facts) -> Verdict {
    if !has(&facts.client()?["grant_types"], GRANT) {
        return Err(Skip::DoesNotApply(
            "the app may not use the interaction code",
        ));
    }
    let mut flaws = Vec::new();
    let settings = known(&facts.managed.local_settings)?;
    if settings["embeddedSignInSupport"]["interactionCode"] == false {
        let fix = facts.place.fix(
            "Settings > Account > Embedded widget sign-in support",
            "PUT /local/org/settings",
            "select Interaction Code (embeddedSignInSupport.interactionCode)",
        );
        flaws.push(Flaw::error(
            "the app may use the interaction code, and the org's switch is off",
            fix,
        ));
    }
    if facts.custom_server().is_some() {
        let rules = super::server::rules(facts)?;
        let gives = rules
            .iter()
            .any(|rule| has(&rule["conditions"]["grantTypes"]["include"], GRANT));
        if !gives {
            let cause = "the app may use the interaction code, and no rule of the authorization server has it";
            flaws.push(Flaw::error(cause, facts.place.set_up("base")));
        }
    }
    Ok(flaws)
}
