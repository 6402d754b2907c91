use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::asked::{Asked, Sent};
use super::view::evaluation;
use crate::Org;
use crate::api::{ApiError, Body, Listing};
use crate::policy::{PolicySet, Subject};

/// The most simulations of a request.
const MOST: usize = 100;

/// `POST /api/v1/policies/simulate`. `expand=EVALUATED` tells of the policies that were passed over as well.
pub(super) async fn simulate(
    State(org): State<Org>,
    listing: Listing,
    Body(sent): Body<Vec<Sent>>,
) -> Result<Json<Value>, ApiError> {
    if sent.len() > MOST {
        return Err(ApiError::invalid(
            "body",
            "There are more than 100 simulations",
        ));
    }
    let expands = listing
        .parameter("expand")
        .is_some_and(|parts| parts.split(',').any(|part| part.trim() == "EVALUATED"));
    let evaluations = org.store().read(|db| {
        let policies = PolicySet::load(db)?;
        Ok(evaluate(db, &policies, sent, expands))
    })??;
    Ok(Json(json!({"evaluation": evaluations})))
}

fn evaluate(
    db: &Connection,
    policies: &PolicySet,
    sent: Vec<Sent>,
    expands: bool,
) -> Result<Vec<Value>, ApiError> {
    let mut evaluations = Vec::new();
    for sent in sent {
        let asked = Asked::of(db, sent)?;
        let who = Subject {
            user: asked.user.as_ref(),
            groups: &asked.groups,
        };
        for policy_type in &asked.types {
            let trials = policies.simulate(*policy_type, asked.app.as_ref(), who);
            evaluations.push(evaluation(*policy_type, &trials, expands));
        }
    }
    Ok(evaluations)
}
