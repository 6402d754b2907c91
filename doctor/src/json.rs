//! Reading JSON whose shape the org decides: what is missing is empty.

use serde_json::Value;

/// The entries of a list.
pub(crate) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The texts of a list.
pub(crate) fn texts(value: &Value) -> Vec<&str> {
    items(value).iter().filter_map(Value::as_str).collect()
}

/// A text.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether a list has this text.
pub(crate) fn has(value: &Value, wanted: &str) -> bool {
    texts(value).contains(&wanted)
}

/// Whether it counts: most objects of an org can be switched off.
pub(crate) fn is_active(value: &Value) -> bool {
    value["status"] == "ACTIVE"
}

/// Texts as people write them in a sentence.
pub(crate) fn listed<T: AsRef<str>>(texts: &[T]) -> String {
    let quoted: Vec<String> = texts
        .iter()
        .map(|text| format!("\"{}\"", text.as_ref()))
        .collect();
    quoted.join(", ")
}
