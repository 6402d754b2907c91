//! Facts in, findings out: healthy facts have none, and each damage to them has exactly its own.

mod damages_app;
mod damages_org;
mod damages_people;
mod damages_policies;
mod damages_registration;
mod healthy;
mod healthy_policies;
mod judgement;
mod output;

use serde_json::Value;

use crate::{Facts, Known, Severity};

/// One thing that is wrong.
pub(crate) struct Damage {
    /// The check that finds it, and nothing else does.
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    /// What is healthy before.
    pub(crate) to: fn() -> Facts,
    pub(crate) how: fn(&mut Facts),
}

/// A damage to the app on the internet with a real org.
pub(crate) const fn real(id: &'static str, severity: Severity, how: fn(&mut Facts)) -> Damage {
    Damage {
        id,
        severity,
        to: healthy::real,
        how,
    }
}

/// A damage to the app beside its local org.
pub(crate) const fn local(id: &'static str, severity: Severity, how: fn(&mut Facts)) -> Damage {
    Damage {
        id,
        severity,
        to: healthy::local,
        how,
    }
}

pub(crate) fn damages() -> impl Iterator<Item = &'static Damage> {
    [
        damages_org::DAMAGES,
        damages_app::DAMAGES,
        damages_registration::DAMAGES,
        damages_policies::DAMAGES,
        damages_people::DAMAGES,
    ]
    .into_iter()
    .flatten()
}

/// Puts a value at a JSON pointer, which must exist.
pub(crate) fn put(fact: &mut Known<Value>, pointer: &str, value: Value) {
    let object = fact.as_mut().expect("a fact");
    *object.pointer_mut(pointer).expect(pointer) = value;
}

/// Adds to a list at a JSON pointer.
pub(crate) fn push(fact: &mut Known<Value>, pointer: &str, value: Value) {
    let object = fact.as_mut().expect("a fact");
    let list = object.pointer_mut(pointer).expect(pointer);
    list.as_array_mut().expect("a list").push(value);
}
