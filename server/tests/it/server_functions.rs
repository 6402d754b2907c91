use crate::support::{Program, at, own_page};

/// Every server function, and what it answers to somebody who is not signed in and sends nothing useful.
const ANONYMOUS: [(&str, u16); 6] = [
    ("/api/onboarding/finish", 303),
    ("/api/onboarding/names", 303),
    ("/api/onboarding/progress", 401),
    ("/api/session/begin", 303),
    ("/api/session/complete", 400),
    ("/api/session/confirm-sign-out", 200),
];

#[test]
fn every_server_function_is_listed_here_and_none_changes_anything_by_get() {
    let mut found: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    found.sort_unstable_by_key(|(path, _)| *path);
    let paths: Vec<_> = found.iter().map(|(path, _)| *path).collect();
    assert_eq!(paths, ANONYMOUS.map(|(path, _)| path));
    for (path, method) in found {
        assert_eq!(method, http::Method::POST, "{path}");
    }
}

#[tokio::test]
async fn every_server_function_answers_for_itself_who_may_call_it() {
    let program = Program::start().await;
    let fields = [
        ("first_name", "John"),
        ("last_name", "Doe"),
        ("locale", "en"),
        ("landing", "home"),
        ("then", ""),
        ("return_to", "/"),
        ("query", "code=a&state=b"),
    ];
    for (path, status) in ANONYMOUS {
        let mut browser = program.browser();
        let answer = browser.post_with(&at(path), own_page(), &fields).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
        assert_eq!(
            browser.get(&at("/profile")).await.status,
            401,
            "{path} signs nobody in"
        );
    }
}
