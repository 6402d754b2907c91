use super::*;
use serde_json::json;

/// A dependency with its kind, which is `None` for the ordinary one.
type Edge = (&'static str, Option<&'static str>);

fn workspace_of(packages: &[(&str, &[Edge])]) -> Value {
    let described: Vec<Value> = packages
        .iter()
        .map(|(name, dependencies)| {
            let dependencies: Vec<Value> = dependencies
                .iter()
                .map(|(name, kind)| json!({ "name": name, "kind": kind }))
                .collect();
            json!({ "id": name, "name": name, "dependencies": dependencies })
        })
        .collect();
    let ids: Vec<&str> = packages.iter().map(|(name, _)| *name).collect();
    json!({ "packages": described, "workspace_members": ids })
}

#[test]
fn this_workspace_keeps_its_layers() {
    check().unwrap();
}

#[test]
fn the_relying_party_and_the_org_meet_over_http_only() {
    let workspace = workspace_of(&[
        ("bff", &[("org", None)]),
        ("org", &[("bff", Some("build"))]),
    ]);
    assert_eq!(
        edges_between_members(&workspace),
        [
            "`bff` must not depend on `org`: they are different layers",
            "`org` must not depend on `bff`: they are different layers",
        ]
    );
}

#[test]
fn the_testkit_serves_tests_alone() {
    let workspace = workspace_of(&[
        ("testkit", &[]),
        ("bff", &[("testkit", Some("dev"))]),
        ("server", &[("testkit", None)]),
    ]);
    assert_eq!(
        edges_between_members(&workspace),
        ["`server` must not depend on `testkit`: they are different layers"]
    );
}

#[test]
fn a_new_member_says_which_members_it_may_use() {
    let workspace = workspace_of(&[("novelty", &[])]);
    assert_eq!(
        edges_between_members(&workspace),
        ["`novelty` has no line in MAY_USE: say which members it may use"]
    );
}

#[test]
fn the_nouns_do_no_io() {
    let workspace = workspace_of(&[("model", &[("serde", None), ("tokio", None)])]);
    assert_eq!(
        edges_to_crates(&workspace),
        ["`model` must not use the crate `tokio`"]
    );
}

#[test]
fn nothing_of_the_server_reaches_the_browser() {
    let tree = "frontend v0.1.0 (/src/frontend)\ntokio v1.54.0\ntokio-macros v2.0.0\n";
    assert_eq!(
        crates_in_wasm(tree),
        ["`tokio` is in the part that browsers load: gate it behind `ssr`"]
    );
}

#[test]
fn openssl_is_not_among_the_dependencies() {
    let workspace = workspace_of(&[("openssl-probe", &[]), ("openssl-sys", &[])]);
    assert_eq!(
        crates_anywhere(&workspace),
        ["`openssl-sys` is among the dependencies: `cargo tree --invert openssl-sys` shows why"]
    );
}
