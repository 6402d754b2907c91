//! What of Okta's API is built, asked of the router itself, and told in docs/COVERAGE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use http::Method;
use testkit::TestOrg;

use super::Api;

/// Okta's operations: method, path, operation id, tag.
const OPERATIONS: &str = include_str!("../../../src/api/operations.tsv");
/// Set by `cargo xtask coverage`: the document is written instead of compared.
const WRITE: &str = "PORTICO_WRITE_COVERAGE";

struct Operation {
    method: Method,
    path: &'static str,
    id: &'static str,
    tag: &'static str,
}

fn operations() -> impl Iterator<Item = Operation> {
    OPERATIONS.lines().skip(1).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [method, path, id, tag] = columns[..] else {
            panic!("four columns: {line}")
        };
        Operation {
            method: method.parse().expect("a method"),
            path,
            id,
            tag,
        }
    })
}

/// The path with something in place of its parameters that names nothing.
pub(super) fn probe(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.contains('{') {
            "none"
        } else {
            segment
        }
    });
    segments
        .collect::<Vec<_>>()
        .join("/")
        .replace("/oauth2/none/", "/oauth2/default/")
}

async fn built(org: &TestOrg) -> BTreeSet<&'static str> {
    let mut api = Api::nobody(org);
    let mut built = BTreeSet::new();
    for operation in operations() {
        let answer = api
            .probe(operation.method.clone(), &probe(operation.path))
            .await;
        if answer != 501 {
            built.insert(operation.id);
        }
    }
    built
}

fn document(built: &BTreeSet<&str>, own: &[String]) -> String {
    let mut tags: BTreeMap<&str, Vec<Operation>> = BTreeMap::new();
    for operation in operations() {
        tags.entry(operation.tag).or_default().push(operation);
    }
    let total = operations().count();
    let mut text = format!(
        "# Coverage of Okta's API\n\nWritten by `cargo xtask coverage` from the router; a test fails when it is not true any more.\n\n\
         The operations are those of Okta's OpenAPI documents 2026.06.3 (management, OAuth, MyAccount). What is not built answers\n\
         501 `E0000060` with its name.\n\n**{} of {total}** operations are built.\n\n| Tag | Built | Refused with 501 | Total |\n| --- | ---: | ---: | ---: |\n",
        operations()
            .filter(|operation| built.contains(operation.id))
            .count(),
    );
    for (tag, operations) in &tags {
        let count = operations
            .iter()
            .filter(|operation| built.contains(operation.id))
            .count();
        let (refused, total) = (operations.len() - count, operations.len());
        writeln!(text, "| {tag} | {count} | {refused} | {total} |").expect("text");
    }
    text.push_str("\n## What is built\n");
    for (tag, operations) in &tags {
        let operations: Vec<_> = operations
            .iter()
            .filter(|operation| built.contains(operation.id))
            .collect();
        if operations.is_empty() {
            continue;
        }
        writeln!(text, "\n### {tag}\n").expect("text");
        for Operation {
            method, path, id, ..
        } in operations
        {
            writeln!(text, "- `{id}` {method} `{path}`").expect("text");
        }
    }
    text.push_str("\n## What Okta has no operation of\n\n");
    for line in own {
        writeln!(text, "- {line}").expect("text");
    }
    text
}

#[expect(
    clippy::disallowed_methods,
    reason = "the developer's command says so to the test alone"
)]
fn is_to_be_written() -> bool {
    std::env::var_os(WRITE).is_some()
}

#[tokio::test]
async fn the_document_of_the_coverage_says_what_the_router_does() {
    let org = TestOrg::start().await;
    let rows = org.org().api_operations();
    let known: BTreeSet<(String, &str, &str)> = operations()
        .map(|known| (known.method.to_string(), known.path, known.id))
        .collect();
    let mut own = Vec::new();
    for row in &rows {
        if row.id.starts_with("local") {
            own.push(format!("`{}` {} `{}`", row.id, row.method, row.path));
        } else {
            let key = (row.method.to_string(), row.path, row.id);
            assert!(known.contains(&key), "{key:?} is no operation of Okta's");
        }
    }
    let built = built(&org).await;
    for row in rows.iter().filter(|row| !row.id.starts_with("local")) {
        assert!(
            built.contains(row.id),
            "{} stands in the table and answers 501",
            row.id
        );
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/COVERAGE.md");
    let text = document(&built, &own);
    if is_to_be_written() {
        std::fs::write(&path, text).expect("docs/COVERAGE.md can be written");
        return;
    }
    let written = std::fs::read_to_string(&path).expect("docs/COVERAGE.md");
    assert!(
        written == text,
        "docs/COVERAGE.md is out of date: run `cargo xtask coverage`"
    );
}
