//! Wanted JSON against JSON that is there: what differs, what to write, and what to write to take it back.
//!
//! Wanted JSON is partial: what it does not name is left as it is. `null`, an empty list and nothing at all are the same to
//! Okta, and here as well. [`at_least`] wants entries of a list and minds no others; a list whose entries have a `key` is
//! compared entry by entry.

use serde::Serialize;
use serde_json::{Map, Value, json};

const AT_LEAST: &str = "$atLeast";

/// A list that holds these entries, among others.
pub(crate) fn at_least<T: Serialize>(entries: impl IntoIterator<Item = T>) -> Value {
    let entries: Vec<Value> = entries.into_iter().map(|entry| json!(entry)).collect();
    json!({ AT_LEAST: entries })
}

/// A field that is not as wanted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Where it is, as `actions.signon.primaryFactor`.
    pub path: String,
    /// What is there; `null` when nothing is.
    pub before: Value,
    /// What is wanted there.
    pub after: Value,
}

/// Every field of `current` that is not as `wanted`.
pub(crate) fn differences(current: &Value, wanted: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    collect("", current, wanted, &mut found);
    found
}

fn collect(path: &str, current: &Value, wanted: &Value, found: &mut Vec<Difference>) {
    if let Some(entries) = entries_of(wanted) {
        let there = current.as_array().map_or(&[][..], Vec::as_slice);
        if entries.iter().any(|entry| !holds(there, entry)) {
            found.push(difference(path, current, &union(there, entries)));
        }
    } else if let Some((current, wanted)) = by_key(current, wanted) {
        collect(path, &current, &wanted, found);
    } else if let Some(fields) = wanted.as_object() {
        for (name, wanted) in fields {
            let path = join(path, name);
            collect(&path, &current[name.as_str()], wanted, found);
        }
    } else if !is_same(current, wanted) {
        found.push(difference(path, current, wanted));
    }
}

fn difference(path: &str, before: &Value, after: &Value) -> Difference {
    Difference {
        path: path.to_owned(),
        before: before.clone(),
        after: after.clone(),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        return name.to_owned();
    }
    format!("{path}.{name}")
}

/// `current` with every wanted field as wanted.
pub(crate) fn merged(current: &Value, wanted: &Value) -> Value {
    if let Some(entries) = entries_of(wanted) {
        let there = current.as_array().map_or(&[][..], Vec::as_slice);
        return union(there, entries);
    }
    if by_key(current, wanted).is_some() {
        return merged_by_key(current, wanted);
    }
    let Some(fields) = wanted.as_object() else {
        return wanted.clone();
    };
    let mut result = current.as_object().cloned().unwrap_or_default();
    for (name, wanted) in fields {
        result.insert(name.clone(), merged(&current[name.as_str()], wanted));
    }
    Value::Object(result)
}

/// Wanted JSON as it is sent when nothing is there yet.
pub(crate) fn plain(wanted: &Value) -> Value {
    merged(&Value::Null, wanted)
}

/// What `current` has where `wanted` has something, to be put back by [`restored`].
pub(crate) fn before(current: &Value, wanted: &Value) -> Value {
    match wanted.as_object() {
        Some(fields) if entries_of(wanted).is_none() => {
            let fields = fields
                .iter()
                .map(|(name, wanted)| (name.clone(), before(&current[name.as_str()], wanted)));
            Value::Object(fields.collect())
        }
        _ => current.clone(),
    }
}

/// `current` with the fields of `before` put back; `null` takes a field away.
pub(crate) fn restored(current: &Value, before: &Value) -> Value {
    let Some(fields) = before.as_object() else {
        return before.clone();
    };
    let mut result = current.as_object().cloned().unwrap_or_default();
    for (name, before) in fields {
        if before.is_null() {
            result.remove(name);
        } else {
            result.insert(name.clone(), restored(&current[name.as_str()], before));
        }
    }
    Value::Object(result)
}

fn entries_of(wanted: &Value) -> Option<&[Value]> {
    Some(wanted.as_object()?.get(AT_LEAST)?.as_array()?)
}

fn union(there: &[Value], entries: &[Value]) -> Value {
    let mut all = there.to_vec();
    all.extend(entries.iter().filter(|entry| !holds(there, entry)).cloned());
    Value::Array(all)
}

fn holds(list: &[Value], entry: &Value) -> bool {
    list.iter()
        .any(|there| differences(there, entry).is_empty())
}

/// Both lists as objects by the `key` of their entries, if the wanted one is such a list.
fn by_key(current: &Value, wanted: &Value) -> Option<(Value, Value)> {
    let wanted = keyed(wanted.as_array()?)?;
    let current = current.as_array().map_or(&[][..], Vec::as_slice);
    Some((
        Value::Object(keyed(current).unwrap_or_default()),
        Value::Object(wanted),
    ))
}

fn keyed(list: &[Value]) -> Option<Map<String, Value>> {
    if list.is_empty() {
        return None;
    }
    let entries = list
        .iter()
        .map(|entry| Some((entry["key"].as_str()?.to_owned(), entry.clone())));
    entries.collect()
}

fn merged_by_key(current: &Value, wanted: &Value) -> Value {
    let there = current.as_array().map_or(&[][..], Vec::as_slice);
    let wanted = wanted.as_array().map_or(&[][..], Vec::as_slice);
    let is_wanted = |entry: &&Value| wanted.iter().all(|wanted| wanted["key"] != entry["key"]);
    let others = there.iter().filter(is_wanted).cloned();
    let merged = wanted.iter().map(|wanted| {
        let same = there.iter().find(|entry| entry["key"] == wanted["key"]);
        merged(same.unwrap_or(&Value::Null), wanted)
    });
    Value::Array(merged.chain(others).collect())
}

fn is_same(current: &Value, wanted: &Value) -> bool {
    let is_nothing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    match (current, wanted) {
        (Value::Array(there), Value::Array(entries)) => {
            there.len() == entries.len() && entries.iter().all(|entry| holds(there, entry))
        }
        _ => current == wanted || (is_nothing(current) && is_nothing(wanted)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(current: &Value, wanted: &Value) -> Vec<String> {
        let found = differences(current, wanted).into_iter();
        found.map(|difference| difference.path).collect()
    }

    #[test]
    fn only_what_is_wanted_is_compared_and_each_field_is_told_with_its_place() {
        let current = json!({"id": "00g1", "profile": {"name": "Retailers", "description": "Old"}});
        let wanted = json!({"profile": {"name": "Retailers", "description": "All retailers"}});
        let found = differences(&current, &wanted);
        let expected = Difference {
            path: "profile.description".to_owned(),
            before: json!("Old"),
            after: json!("All retailers"),
        };
        assert_eq!(found, [expected]);
        let merged = merged(&current, &wanted);
        assert_eq!(merged["id"], "00g1");
        assert!(differences(&merged, &wanted).is_empty());
    }

    #[test]
    fn nothing_null_and_an_empty_list_are_the_same() {
        let wanted = json!({"conditions": null, "constraints": []});
        assert!(paths(&json!({}), &wanted).is_empty());
        assert!(paths(&json!({"conditions": [], "constraints": null}), &wanted).is_empty());
        assert_eq!(
            paths(&json!({"constraints": [1]}), &wanted),
            ["constraints"]
        );
    }

    #[test]
    fn the_order_of_a_list_does_not_matter_and_its_length_does() {
        let wanted = json!({"ids": ["a", "b"]});
        assert!(paths(&json!({"ids": ["b", "a"]}), &wanted).is_empty());
        assert_eq!(paths(&json!({"ids": ["b", "a", "c"]}), &wanted), ["ids"]);
        assert_eq!(paths(&json!({"ids": ["b", "b"]}), &wanted), ["ids"]);
    }

    #[test]
    fn entries_that_are_wanted_among_others_are_added_to_them() {
        let wanted = json!({"include": at_least(["interaction_code"])});
        let current = json!({"include": ["authorization_code"]});
        assert_eq!(paths(&current, &wanted), ["include"]);
        let merged = merged(&current, &wanted);
        assert_eq!(
            merged,
            json!({"include": ["authorization_code", "interaction_code"]})
        );
        assert!(paths(&merged, &wanted).is_empty());
        assert_eq!(plain(&wanted), json!({"include": ["interaction_code"]}));
    }

    #[test]
    fn lists_with_keys_are_compared_entry_by_entry() {
        let wanted = json!([{"key": "okta_email", "enroll": {"self": "REQUIRED"}}]);
        let current = json!([
            {"key": "okta_verify", "enroll": {"self": "NOT_ALLOWED"}},
            {"key": "okta_email", "enroll": {"self": "OPTIONAL"}, "other": 1}
        ]);
        assert_eq!(paths(&current, &wanted), ["okta_email.enroll.self"]);
        let merged = merged(&current, &wanted);
        assert_eq!(
            merged[0],
            json!({"key": "okta_email", "enroll": {"self": "REQUIRED"}, "other": 1})
        );
        assert_eq!(merged[1], current[0]);
    }

    #[test]
    fn what_was_before_can_be_put_back() {
        let current = json!({"id": 1, "a": {"list": ["x"], "kept": true}, "old": 5});
        let wanted = json!({"a": {"list": at_least(["y"]), "new": "z"}, "old": 6});
        let before = before(&current, &wanted);
        assert_eq!(before, json!({"a": {"list": ["x"], "new": null}, "old": 5}));
        assert_eq!(restored(&merged(&current, &wanted), &before), current);
    }
}
