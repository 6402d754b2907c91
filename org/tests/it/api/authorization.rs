//! Every operation against every role and every kind of credentials.

use std::collections::BTreeMap;

use http::Method;
use serde_json::json;
use testkit::TestOrg;

use super::Api;
use super::coverage::probe;

/// Operation id, then the roles that may call it, then the OAuth scope that allows it. Reviewed by hand: the router is
/// measured by it, not it by the router.
const MATRIX: &str = include_str!("authorization.tsv");

/// The roles in the order of the columns, by their letters in the matrix.
const ROLES: [(char, &str); 9] = [
    ('S', "SUPER_ADMIN"),
    ('O', "ORG_ADMIN"),
    ('A', "APP_ADMIN"),
    ('U', "USER_ADMIN"),
    ('H', "HELP_DESK_ADMIN"),
    ('R', "READ_ONLY_ADMIN"),
    ('P', "REPORT_ADMIN"),
    ('G', "GROUP_MEMBERSHIP_ADMIN"),
    ('M', "API_ACCESS_MANAGEMENT_ADMIN"),
];

struct Row {
    /// The letters of the roles; `session`, `anybody` or `token` for what no role decides.
    who: &'static str,
    scope: &'static str,
}

/// What an operation is called in the matrix: `MyAccount` has names that the management API has as well.
fn name_of(operation: &org::ApiOperation) -> String {
    if operation.path.starts_with("/idp/myaccount/") {
        format!("myAccount:{}", operation.id)
    } else {
        operation.id.to_owned()
    }
}

fn matrix() -> BTreeMap<&'static str, Row> {
    let lines = MATRIX
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [operation, who, scope] = columns[..] else {
                panic!("three columns: {line}")
            };
            (operation, Row { who, scope })
        })
        .collect()
}

#[tokio::test]
async fn every_operation_has_a_row_and_every_row_an_operation() {
    let org = TestOrg::start().await;
    let matrix = matrix();
    let built = org.org().api_operations();
    let missing: Vec<String> = built
        .iter()
        .filter(|operation| !matrix.contains_key(name_of(operation).as_str()))
        .map(|operation| {
            format!(
                "{}\t{} {} ({})",
                name_of(operation),
                operation.method,
                operation.path,
                operation.rights
            )
        })
        .collect();
    assert!(
        missing.is_empty(),
        "not in authorization.tsv:\n{}",
        missing.join("\n")
    );
    for id in matrix.keys() {
        assert!(
            built.iter().any(|operation| name_of(operation) == *id),
            "{id} is not built"
        );
    }
}

#[tokio::test]
async fn who_may_call_what_is_what_the_matrix_says() {
    let org = TestOrg::start().await;
    let matrix = matrix();
    let mut failures = Vec::new();
    for (letter, role) in ROLES {
        let mut api = with_role(&org, role).await;
        for operation in org.org().api_operations() {
            let Some(row) = matrix.get(name_of(&operation).as_str()) else {
                continue;
            };
            // It ends the token that the rest is called with.
            if operation.id == "revokeCurrentApiToken" {
                continue;
            }
            let answer = api
                .send(operation.method.clone(), &probe(operation.path))
                .await;
            let may =
                row.who.contains(letter) && !["session", "token", "anybody"].contains(&row.who);
            let refused = answer.status == 403 && answer.body["errorCode"] == "E0000006"
                || answer.status == 401;
            if row.who == "anybody" || may != refused {
                continue;
            }
            failures.push(format!(
                "{role} {}: {} {}",
                operation.id, answer.status, answer.body["errorCode"]
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn nobody_calls_anything_without_credentials() {
    let org = TestOrg::start().await;
    let matrix = matrix();
    for operation in org.org().api_operations() {
        let answer = Api::nobody(&org)
            .send(operation.method.clone(), &probe(operation.path))
            .await;
        match matrix.get(name_of(&operation).as_str()).map(|row| row.who) {
            Some("anybody") => {}
            Some("session") => assert!(
                [401, 403, 404].contains(&answer.status.as_u16()),
                "{}",
                operation.id
            ),
            _ => {
                assert_eq!(answer.status, 401, "{}", operation.id);
                assert_eq!(answer.body["errorCode"], "E0000011", "{}", operation.id);
            }
        }
    }
}

#[tokio::test]
async fn an_access_token_opens_what_its_scopes_name_and_nothing_else() {
    let org = TestOrg::start().await;
    let matrix = matrix();
    let mut failures = Vec::new();
    let scopes: std::collections::BTreeSet<&str> = matrix
        .values()
        .map(|row| row.scope)
        .filter(|scope| *scope != "-")
        .collect();
    for granted in scopes {
        let mut api = with_scope(&org, granted);
        for operation in org.org().api_operations() {
            let Some(row) = matrix.get(name_of(&operation).as_str()) else {
                continue;
            };
            if row.who == "anybody" {
                continue;
            }
            let answer = api
                .send(operation.method.clone(), &probe(operation.path))
                .await;
            let manages = granted.replace(".manage", ".read") == row.scope;
            let may = granted == row.scope || (granted.ends_with(".manage") && manages);
            let refused = [401, 403].contains(&answer.status.as_u16())
                && ["E0000006", "E0000011"]
                    .contains(&answer.body["errorCode"].as_str().unwrap_or_default())
                || (row.who == "session" && answer.status == 404);
            if may == refused {
                failures.push(format!(
                    "{granted} {}: {} {}",
                    operation.id, answer.status, answer.body["errorCode"]
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// An administrator who has one role and no other.
async fn with_role(org: &TestOrg, role: &str) -> Api {
    let login = format!("{}@example.com", role.to_lowercase().replace('_', "."));
    let user = format!(
        "00u{:0>17}",
        role.replace('_', "").chars().take(17).collect::<String>()
    );
    org.execute(
        "INSERT INTO users (id, login, login_key, email_key, status, profile, created_at, updated_at, status_changed_at) \
         VALUES (?1, ?2, ?2, ?2, 'ACTIVE', ?3, 0, 0, 0)",
        (&user, &login, json!({"login": login, "email": login, "firstName": "A", "lastName": "B"}).to_string()),
    );
    org.execute(
        "INSERT INTO admin_roles (user_id, role, created_at) VALUES (?1, ?2, 0)",
        (&user, role),
    );
    Api::of_user(org, &login).await
}

/// The bearer of an access token of the org's own server with one scope, in the name of a super administrator.
fn with_scope(org: &TestOrg, scope: &str) -> Api {
    let token = org.access_token("admin@example.com", &[scope]);
    Api::nobody(org).with_authorization(&format!("Bearer {token}"))
}

impl Api {
    async fn send(&mut self, method: Method, path: &str) -> super::Answer {
        let body = [Method::POST, Method::PUT, Method::PATCH]
            .contains(&method)
            .then(|| json!({}));
        self.call(method, path, body).await
    }
}
