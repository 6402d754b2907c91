use std::sync::LazyLock;

use http::Method;

/// One line of the table: an operation of Okta's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    /// The HTTP method.
    pub(super) method: Method,
    /// The path with its parameters in braces: `/api/v1/users/{id}`.
    pub(super) path: &'static str,
    /// Okta's `operationId`: `getUser`.
    pub(super) id: &'static str,
}

/// What the table says about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// The operation that the request asks for.
    Known(&'static Operation),
    /// The path exists, with these methods only, in the order of the table.
    OtherMethod(Vec<&'static Method>),
    /// No operation has this path.
    Unknown,
}

/// Finds the operation behind a method and the raw path of a request, percent-encoded as it came.
///
/// HEAD asks for what GET would answer (RFC 9110 §9.3.2).
pub(super) fn find(method: &Method, path: &str) -> Lookup {
    let Ok(found) = TABLE.at(path) else {
        return Lookup::Unknown;
    };
    let operations: &'static [Operation] = found.value;
    let asked = if method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    operations
        .iter()
        .find(|operation| operation.method == *asked)
        .map_or_else(
            || {
                Lookup::OtherMethod(
                    operations
                        .iter()
                        .map(|operation| &operation.method)
                        .collect(),
                )
            },
            Lookup::Known,
        )
}

static TABLE: LazyLock<matchit::Router<Vec<Operation>>> = LazyLock::new(|| {
    let mut router = matchit::Router::new();
    let operations: Vec<Operation> = parse().collect();
    // The table is sorted by path, so the operations of one path are neighbours.
    for same_path in operations.chunk_by(|one, other| one.path == other.path) {
        // A refused path would be missing from the answers; the test below finds every line again.
        let _ = router.insert(same_path[0].path, same_path.to_vec());
    }
    router
});

fn parse() -> impl Iterator<Item = Operation> {
    include_str!("operations.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some(Operation {
                method: columns.next()?.parse().ok()?,
                path: columns.next()?,
                id: columns.next()?,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_found_by_its_own_method_and_path() {
        let lines = include_str!("operations.tsv").lines().count() - 1;
        assert_eq!(parse().count(), lines);
        for operation in parse() {
            let found = find(&operation.method, operation.path);
            assert!(
                matches!(found, Lookup::Known(found) if *found == operation),
                "{operation:?} is {found:?}"
            );
        }
    }

    #[test]
    fn a_fixed_segment_wins_over_a_parameter() {
        let id = |path| match find(&Method::GET, path) {
            Lookup::Known(operation) => operation.id,
            other => panic!("{path}: {other:?}"),
        };
        assert_eq!(
            id("/oauth2/default/v1/keys"),
            "oauthKeysCustomAS",
            "the server id is a parameter"
        );
        assert_eq!(
            id("/oauth2/v1/keys"),
            "oauthKeys",
            "the org server has none"
        );
        assert_eq!(
            id("/api/v1/meta/schemas/user/default"),
            "getUserSchema",
            "the schema id is a parameter"
        );
    }

    #[test]
    fn a_parameter_is_one_segment_that_may_hold_encoded_characters() {
        for id in [
            "00u1",
            "john.doe%40example.com",
            "a%2Fb",
            "%FF",
            "{id}",
            "ä",
            "..",
        ] {
            let path = format!("/api/v1/users/{id}");
            assert!(
                matches!(find(&Method::GET, &path), Lookup::Known(found) if found.id == "getUser"),
                "{path}"
            );
        }
        assert_eq!(
            find(&Method::GET, "/api/v1/users/00u1/unheard-of"),
            Lookup::Unknown
        );
    }

    #[test]
    fn a_trailing_slash_a_double_slash_and_another_case_are_other_paths() {
        for path in [
            "/api/v1/users/",
            "/api//v1/users",
            "/api/v1/Users",
            "/api/v1",
            "/",
            "",
            "*",
        ] {
            assert_eq!(find(&Method::GET, path), Lookup::Unknown, "{path}");
        }
    }

    #[test]
    fn head_asks_for_the_operation_of_get() {
        assert_eq!(
            find(&Method::HEAD, "/api/v1/users"),
            find(&Method::GET, "/api/v1/users")
        );
        assert!(matches!(
            find(&Method::HEAD, "/oauth2/v1/token"),
            Lookup::OtherMethod(_)
        ));
    }

    #[test]
    fn a_path_with_another_method_names_the_methods_it_has() {
        assert_eq!(
            find(&Method::PATCH, "/api/v1/users"),
            Lookup::OtherMethod(vec![&Method::GET, &Method::POST])
        );
    }

    #[test]
    fn a_very_long_path_is_answered_like_any_other() {
        let long = "a".repeat(10_000);
        assert_eq!(find(&Method::GET, &format!("/{long}")), Lookup::Unknown);
        assert!(matches!(
            find(&Method::GET, &format!("/api/v1/users/{long}")),
            Lookup::Known(_)
        ));
        assert_eq!(
            find(&Method::GET, &"/api".repeat(2_500)),
            Lookup::Unknown,
            "many segments"
        );
    }
}
