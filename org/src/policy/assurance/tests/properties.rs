use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::{app, began, fresh, old, session};
use crate::authenticator::{Method, Proof};
use crate::policy::{AcrLevel, Requirement};

fn any_method() -> impl Strategy<Value = Method> {
    select(&Method::ALL[..])
}

/// Made before the interaction or in its course, in any order.
fn any_proof() -> impl Strategy<Value = Proof> {
    (any_method(), prop::option::of(0_i64..200)).prop_map(|(method, age)| match age {
        Some(minutes) => old(method, minutes),
        None => fresh(method),
    })
}

fn any_proofs() -> impl Strategy<Value = Vec<Proof>> {
    vec(any_proof(), 0..4)
}

fn any_available() -> impl Strategy<Value = Vec<Method>> {
    subsequence(Method::ALL.to_vec(), 0..=Method::ALL.len())
}

fn any_interval() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!("PT0S"),
        json!("PT1H"),
        json!("PT43800H"),
    ])
}

/// Adds fields that are not null.
fn with(mut object: Value, fields: &[(&str, Value)]) -> Value {
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        object[*name] = value.clone();
    }
    object
}

fn any_knowledge() -> impl Strategy<Value = Value> {
    let types = select(vec![
        json!(null),
        json!(["password"]),
        json!(["security_question"]),
    ]);
    (types, any_interval()).prop_map(|(types, interval)| {
        with(
            json!({}),
            &[("types", types), ("reauthenticateIn", interval)],
        )
    })
}

fn any_possession() -> impl Strategy<Value = Value> {
    let part = select(vec![
        json!({}),
        json!({"deviceBound": "REQUIRED"}),
        json!({"phishingResistant": "REQUIRED"}),
        json!({"hardwareProtection": "REQUIRED"}),
        json!({"types": ["phone", "email"]}),
        json!({"methods": ["otp", "totp", "voice"]}),
        json!({"required": false, "excludedAuthenticationMethods": [{"key": "webauthn"}]}),
    ]);
    (part, any_interval())
        .prop_map(|(part, interval)| with(part, &[("reauthenticateIn", interval)]))
}

fn any_constraint() -> impl Strategy<Value = Value> {
    (
        prop::option::of(any_knowledge()),
        prop::option::of(any_possession()),
    )
        .prop_map(|(knowledge, possession)| {
            let or_null = |part: Option<Value>| part.unwrap_or(Value::Null);
            with(
                json!({}),
                &[
                    ("knowledge", or_null(knowledge)),
                    ("possession", or_null(possession)),
                ],
            )
        })
}

fn any_assurance() -> impl Strategy<Value = Value> {
    (
        select(vec!["1FA", "2FA"]),
        vec(any_constraint(), 0..3),
        any_interval(),
    )
        .prop_map(|(mode, constraints, interval)| {
            let assurance =
                json!({"type": "ASSURANCE", "factorMode": mode, "constraints": constraints});
            with(assurance, &[("reauthenticateIn", interval)])
        })
}

fn any_chain() -> impl Strategy<Value = Value> {
    let step = (vec(any_method(), 1..3), any_interval());
    vec(vec(step, 1..4), 1..3).prop_map(|chains| {
        let chain = |steps: Vec<(Vec<Method>, Value)>| {
            let nested = steps.into_iter().rfold(None, |next: Option<Value>, (methods, interval)| {
                let named = |method: &Method| {
                    json!({"key": method.authenticator().as_str(), "method": method.as_str()})
                };
                let methods: Vec<Value> = methods.iter().map(named).collect();
                let next: Vec<Value> = next.into_iter().collect();
                let step = json!({"authenticationMethods": methods, "next": next});
                Some(with(step, &[("reauthenticateIn", interval)]))
            });
            nested.expect("a step")
        };
        let chains: Vec<Value> = chains.into_iter().map(chain).collect();
        json!({"type": "AUTH_METHOD_CHAIN", "chains": chains})
    })
}

fn any_acr() -> impl Strategy<Value = Option<AcrLevel>> {
    prop::option::of(select(&AcrLevel::ALL[..]))
}

/// A requirement, and the same without what the app asked for.
fn any_requirement() -> impl Strategy<Value = (Requirement, Requirement)> {
    let factor = select(vec!["PASSWORD_IDP", "PASSWORD_IDP_ANY_FACTOR"]);
    let prompt = select(vec!["ALWAYS", "SESSION"]);
    let signon = (factor, any::<bool>(), prompt).prop_map(|(factor, second, prompt)| {
        json!({"primaryFactor": factor, "requireFactor": second, "factorPromptMode": prompt})
    });
    let method = prop_oneof![3 => any_assurance(), 1 => any_chain()];
    (signon, method, any_acr()).prop_map(|(signon, method, acr)| {
        let (session, app) = (session(signon), app(method));
        let with_acr = Requirement::new(&session, &app, acr.map(AcrLevel::as_str));
        (with_acr, Requirement::new(&session, &app, None))
    })
}

/// One in which the order of proofs does not matter.
fn any_unordered() -> impl Strategy<Value = Requirement> {
    let signon = select(vec!["PASSWORD_IDP", "PASSWORD_IDP_ANY_FACTOR"])
        .prop_map(|factor| session(json!({"primaryFactor": factor})));
    (signon, any_assurance(), any_acr()).prop_map(|(session, method, acr)| {
        Requirement::new(&session, &app(method), acr.map(AcrLevel::as_str))
    })
}

/// Whether some way of so many further proofs at most is enough after the first one, and is not without it.
fn is_needed(
    requirement: &Requirement,
    proofs: &[Proof],
    first: Method,
    way: &mut Vec<Proof>,
    (available, limit): (&[Method], usize),
) -> bool {
    let without = [proofs, way].concat();
    let with = [proofs, &[fresh(first)], way].concat();
    if requirement.is_met(&without, began()) {
        return false;
    }
    if requirement.is_met(&with, began()) {
        return true;
    }
    limit > 0
        && available.iter().any(|next| {
            way.push(fresh(*next));
            let found = is_needed(requirement, proofs, first, way, (available, limit - 1));
            way.pop();
            found
        })
}

proptest! {
    #[test]
    fn more_proofs_never_harm(
        (requirement, _) in any_requirement(),
        proofs in any_proofs(),
        more in any_proof(),
        at in any::<prop::sample::Index>(),
    ) {
        let mut further = proofs.clone();
        further.insert(at.index(proofs.len() + 1), more);
        prop_assert!(!requirement.is_met(&proofs, began()) || requirement.is_met(&further, began()));
    }

    #[test]
    fn newer_proofs_never_harm(
        (requirement, _) in any_requirement(),
        proofs in any_proofs(),
    ) {
        let newer: Vec<Proof> = proofs.iter().map(|proof| fresh(proof.method)).collect();
        prop_assert!(!requirement.is_met(&proofs, began()) || requirement.is_met(&newer, began()));
    }

    #[test]
    fn acr_values_and_max_age_only_raise(
        (raised, plain) in any_requirement(),
        proofs in any_proofs(),
        available in any_available(),
        max_age in prop::option::of(0_u32..10_000),
    ) {
        let raised = raised.settled(&proofs, &available, began()).with_max_age(max_age);
        prop_assert!(!raised.is_met(&proofs, began()) || plain.is_met(&proofs, began()));
        prop_assert!(
            !raised.is_satisfiable(&proofs, &available, began())
                || plain.is_satisfiable(&proofs, &available, began())
        );
    }

    #[test]
    fn a_useful_method_exists_as_long_as_there_is_a_way_and_something_is_missing(
        (requirement, _) in any_requirement(),
        proofs in any_proofs(),
        available in any_available(),
    ) {
        let useful = requirement.useful(&proofs, &available, began());
        let is_missing = !requirement.is_met(&proofs, began());
        let has_way = requirement.is_satisfiable(&proofs, &available, began());
        prop_assert_eq!(!useful.is_empty(), is_missing && has_way);
        prop_assert!(useful.iter().all(|method| available.contains(method)));
    }

    #[test]
    fn useful_methods_are_those_without_which_some_way_would_not_lead_to_the_end(
        requirement in any_unordered(),
        proofs in any_proofs(),
        available in any_available(),
    ) {
        let limit = available.len().min(3);
        let expected: Vec<Method> = available
            .iter()
            .copied()
            .filter(|first| {
                is_needed(&requirement, &proofs, *first, &mut Vec::new(), (&available, limit))
            })
            .collect();
        prop_assert_eq!(requirement.useful(&proofs, &available, began()), expected);
    }

    #[test]
    fn who_follows_the_useful_methods_arrives(
        (requirement, _) in any_requirement(),
        mut proofs in any_proofs(),
        available in any_available(),
        choices in vec(any::<prop::sample::Index>(), 8),
    ) {
        prop_assume!(requirement.is_satisfiable(&proofs, &available, began()));
        for choice in choices {
            let useful = requirement.useful(&proofs, &available, began());
            if useful.is_empty() {
                break;
            }
            proofs.push(fresh(useful[choice.index(useful.len())]));
        }
        prop_assert!(requirement.is_met(&proofs, began()));
    }

    #[test]
    fn the_password_comes_first_only_where_nobody_gets_in_without_it(
        (requirement, _) in any_requirement(),
        others in vec(any_method(), 0..5),
    ) {
        prop_assume!(requirement.asks_password_first(&[], began()));
        let without: Vec<Proof> = others
            .into_iter()
            .filter(|method| *method != Method::Password)
            .map(fresh)
            .collect();
        prop_assert!(!requirement.is_met(&without, began()));
    }
}
