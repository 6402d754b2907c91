use crate::support::{Program, at, own_page};

/// Every server function, and what it answers to somebody who is not signed in and sends nothing useful.
const ANONYMOUS: [(&str, u16); 43] = [
    ("/api/campaigns/act", 303),
    ("/api/campaigns/groups", 401),
    ("/api/campaigns/list", 401),
    ("/api/campaigns/make", 303),
    ("/api/campaigns/one", 401),
    ("/api/campaigns/preview", 401),
    ("/api/join/accept", 303),
    ("/api/join/see", 200),
    ("/api/language", 303),
    ("/api/onboarding/add-phone", 303),
    ("/api/onboarding/finish", 303),
    ("/api/onboarding/names", 303),
    ("/api/onboarding/progress", 401),
    ("/api/onboarding/put-off", 303),
    ("/api/onboarding/send-code", 303),
    ("/api/onboarding/set-up", 303),
    ("/api/onboarding/start", 303),
    ("/api/onboarding/verify-email", 303),
    ("/api/onboarding/verify-phone", 303),
    ("/api/security/add-phone", 303),
    ("/api/security/allow", 303),
    ("/api/security/end-everywhere", 303),
    ("/api/security/end-others", 303),
    ("/api/security/end-session", 303),
    ("/api/security/look", 401),
    ("/api/security/remove", 303),
    ("/api/security/set-up", 303),
    ("/api/security/verify-phone", 303),
    ("/api/session/begin", 303),
    ("/api/session/complete", 400),
    ("/api/session/confirm-sign-out", 200),
    ("/api/session/interact", 200),
    ("/api/sign-in/code", 303),
    ("/api/sign-in/first", 303),
    ("/api/sign-in/hosted", 303),
    ("/api/sign-in/look", 200),
    ("/api/sign-in/password", 303),
    ("/api/sign-in/restart", 303),
    ("/api/sign-in/way", 303),
    ("/api/tokens/inspect", 401),
    ("/api/tokens/introspect", 303),
    ("/api/tokens/refresh", 303),
    ("/api/tokens/revoke", 303),
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
        ("step", ""),
        ("key", "x"),
        ("challenge", "x"),
        ("query", "code=a&state=b"),
        ("kind", "access"),
        ("handle", "x"),
        ("authenticator", "x"),
        ("enrollment", "x"),
        ("number", "+15550100300"),
        ("id", "1"),
        ("code", "000000"),
        ("attempt", "x"),
        ("return_to", "/"),
        ("username", "x"),
        ("password", "x"),
        ("way", "sms"),
        ("after", "0"),
        ("from", "0"),
        ("name", "x"),
        ("group", "x"),
        ("start", "email"),
        ("what", "import"),
        ("language", "de"),
        ("method", "kba"),
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
