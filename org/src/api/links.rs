//! The `_links` of the management API.

use serde_json::{Value, json};

use crate::config::OrgUrl;

/// An address under `/api/v1`: `href(url, "/users/00u1")`.
pub(crate) fn href(url: &OrgUrl, path: &str) -> String {
    url.to(&format!("/api/v1{path}"))
}

/// A link that says nothing else.
pub(crate) fn link(url: &OrgUrl, path: &str) -> Value {
    json!({"href": href(url, path)})
}

/// A link with the methods that it allows.
pub(crate) fn hinted(url: &OrgUrl, path: &str, allow: &[&str]) -> Value {
    json!({"href": href(url, path), "hints": {"allow": allow}})
}

/// A link to be posted to, as users have them.
pub(crate) fn post_link(url: &OrgUrl, path: &str) -> Value {
    json!({"href": href(url, path), "method": "POST"})
}
