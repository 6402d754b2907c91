use crate::support::{Program, at, other_site, signed_in};

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let forged: [(&str, &[(&str, &str)]); 9] = [
        ("/sign-out", &[]),
        (
            "/api/onboarding/names",
            &[
                ("first_name", "M"),
                ("last_name", "E"),
                ("locale", "en"),
                ("then", ""),
            ],
        ),
        (
            "/api/onboarding/finish",
            &[("landing", "profile"), ("then", "")],
        ),
        ("/api/security/end-others", &[]),
        ("/api/security/end-everywhere", &[]),
        (
            "/api/security/remove",
            &[("authenticator", "x"), ("enrollment", "x")],
        ),
        ("/api/security/add-phone", &[("number", "+15550100300")]),
        ("/api/session/begin", &[("query", "return_to=/")]),
        ("/api/session/complete", &[("query", "code=a&state=b")]),
    ];
    for (path, fields) in forged {
        let answer = browser.post_with(&at(path), other_site(), fields).await;
        assert_eq!(answer.status, 403, "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
        assert!(answer.text().contains("try again"), "the remedy is named");
    }
    let home = browser.get(&at("/")).await;
    assert!(
        home.text().contains("Welcome back, John"),
        "the session lives"
    );
}
