//! Which part of the workspace may use which, as docs/ARCHITECTURE.md sets it out.

use crate::process;
use crate::workspace::{self, WASM_TARGET, cargo};
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;

/// Each member with the members it may use, directly, outside its tests.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("app", &["bff", "model"]),
    ("bff", &["model"]),
    ("doctor", &["model", "setup"]),
    ("frontend", &["app"]),
    ("model", &[]),
    ("org", &["model"]),
    ("server", &["app", "bff", "doctor", "model", "org", "setup"]),
    ("setup", &["model"]),
    (
        "testkit",
        &["app", "bff", "doctor", "model", "org", "server", "setup"],
    ),
    ("xtask", &[]),
];

/// Crates that a member must not use directly: the nouns do no I/O, and only the app draws pages with Leptos.
const MUST_NOT_USE: [(&str, &[&str]); 5] = [
    ("model", &["axum", "leptos", "reqwest", "rusqlite", "tokio"]),
    ("bff", &["leptos", "leptos_axum"]),
    ("org", &["leptos", "leptos_axum", "reqwest"]),
    ("setup", &["leptos", "leptos_axum"]),
    ("doctor", &["axum", "leptos", "leptos_axum", "rusqlite"]),
];

/// What must never reach the browser.
const NOT_IN_WASM: [&str; 8] = [
    "axum", "bff", "hyper", "org", "reqwest", "rusqlite", "tokio", "tower",
];

/// Crates that are nowhere, on no platform: one TLS library, and no RSA with a timing side channel.
const NOWHERE: [&str; 4] = ["native-tls", "openssl", "openssl-sys", "rsa"];

/// Fails with every edge that should not be.
pub(crate) fn check() -> Result<()> {
    let metadata = workspace::metadata()?;
    let mut tree = cargo("tree");
    tree.args([
        "--package",
        "frontend",
        "--target",
        WASM_TARGET,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let in_wasm = process::read(&mut tree)?;
    let broken = [
        edges_between_members(&metadata),
        edges_to_crates(&metadata),
        crates_in_wasm(&in_wasm),
        crates_anywhere(&metadata),
    ]
    .concat();
    if broken.is_empty() {
        return Ok(());
    }
    bail!("{}", broken.join("\n"));
}

fn edges_between_members(metadata: &Value) -> Vec<String> {
    let members = members(metadata);
    let names: BTreeSet<&str> = members
        .iter()
        .filter_map(|member| member["name"].as_str())
        .collect();
    let mut broken = Vec::new();
    for member in &members {
        let name = member["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            broken.push(format!(
                "`{name}` has no line in MAY_USE: say which members it may use"
            ));
            continue;
        };
        let used = used_by(member).filter(|used| names.contains(used) && !allowed.contains(used));
        broken.extend(used.map(|used| {
            format!("`{name}` must not depend on `{used}`: they are different layers")
        }));
    }
    broken
}

fn edges_to_crates(metadata: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    for member in members(metadata) {
        let name = member["name"].as_str().unwrap_or_default();
        let barred = MUST_NOT_USE
            .iter()
            .filter(|(known, _)| *known == name)
            .flat_map(|(_, barred)| *barred);
        for barred in barred {
            if used_by(member).any(|used| used == *barred) {
                broken.push(format!("`{name}` must not use the crate `{barred}`"));
            }
        }
    }
    broken
}

/// `tree` has one `name v1.2.3 …` in each line.
fn crates_in_wasm(tree: &str) -> Vec<String> {
    let names: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let barred = NOT_IN_WASM
        .into_iter()
        .filter(|barred| names.contains(barred));
    barred
        .map(|barred| format!("`{barred}` is in the part that browsers load: gate it behind `ssr`"))
        .collect()
}

fn crates_anywhere(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let names: BTreeSet<&str> = packages
        .filter_map(|package| package["name"].as_str())
        .collect();
    let barred = NOWHERE.into_iter().filter(|barred| names.contains(barred));
    barred
        .map(|barred| {
            format!(
                "`{barred}` is among the dependencies: `cargo tree --invert {barred}` shows why"
            )
        })
        .collect()
}

fn members(metadata: &Value) -> Vec<&Value> {
    let ids = &metadata["workspace_members"];
    let is_member = |package: &&Value| {
        ids.as_array()
            .is_some_and(|ids| ids.contains(&package["id"]))
    };
    metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(is_member)
        .collect()
}

/// What the package depends on outside its tests.
fn used_by(package: &Value) -> impl Iterator<Item = &str> {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies
        .filter(|dependency| dependency["kind"] != "dev")
        .filter_map(|dependency| dependency["name"].as_str())
}

#[cfg(test)]
mod tests;
