use crate::support::{JOHN, Program, at, sign_in_from};
use testkit::{Browser, Page};

/// The `state` of a sign-in that has just begun.
async fn begun_state(browser: &mut Browser) -> String {
    let begun = browser.get(&at("/login")).await;
    begun.location_parameter("state").expect("a state")
}

fn assert_failed(page: &Page, status: u16, code: &str) {
    assert_eq!(page.status.as_u16(), status, "{}", page.text());
    assert!(page.text().contains("Signing in did not work"));
    assert!(
        page.text().contains(&format!("<code>{code}</code>")),
        "{code} in {}",
        page.text()
    );
}

#[tokio::test]
async fn each_broken_answer_has_its_own_code_and_status() {
    let program = Program::start().await;
    let iss = "iss=http%3A%2F%2Flocalhost%3A7000";
    let answers = [
        ("code=a".to_owned(), 400, "callback_malformed"),
        (
            "code=a&code=b&state=STATE".to_owned(),
            400,
            "callback_malformed",
        ),
        (
            format!("code=a&state=unknown&{iss}"),
            400,
            "transaction_unknown",
        ),
        (
            "code=a&state=STATE&iss=http%3A%2F%2Fevil.example".to_owned(),
            400,
            "callback_issuer_mismatch",
        ),
        (
            "code=a&state=STATE".to_owned(),
            400,
            "callback_issuer_mismatch",
        ),
        (format!("code=a&state=STATE&{iss}"), 400, "code_refused"),
        (
            format!("error=access_denied&state=STATE&{iss}"),
            403,
            "access_denied",
        ),
        (
            format!("error=login_required&state=STATE&{iss}"),
            403,
            "interaction_required",
        ),
        (
            format!("error=invalid_scope&state=STATE&{iss}"),
            403,
            "scope_refused",
        ),
    ];
    for (query, status, code) in answers {
        let mut browser = program.browser();
        let state = begun_state(&mut browser).await;
        let page = browser
            .get(&at(&format!(
                "/login/callback?{}",
                query.replace("STATE", &state)
            )))
            .await;
        assert_failed(&page, status, code);
    }
}

#[tokio::test]
async fn what_the_org_says_is_shown_as_text_only() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let state = begun_state(&mut browser).await;
    let query = format!(
        "error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state={state}&iss=http%3A%2F%2Flocalhost%3A7000"
    );
    let page = browser.get(&at(&format!("/login/callback?{query}"))).await;
    assert!(
        page.text().contains("&lt;script&gt;alert(1)"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("<script>alert"));
}

#[tokio::test]
async fn a_sign_in_that_took_more_than_ten_minutes_says_so() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let state = begun_state(&mut browser).await;
    program.org.clock.advance_seconds(601);
    let page = browser
        .get(&at(&format!(
            "/login/callback?code=a&state={state}&iss=http%3A%2F%2Flocalhost%3A7000"
        )))
        .await;
    assert_eq!(page.status, 400);
    assert!(page.text().contains("transaction_"), "{}", page.text());
}

#[tokio::test]
async fn a_user_who_is_not_assigned_is_told_so() {
    let program = Program::start().await;
    program
        .org
        .unassign(&program.org.org().portico_client().client_id.to_string());
    let mut browser = program.browser();
    let page = sign_in_from(&mut browser, &at("/login")).await;
    assert_failed(&page, 403, "not_assigned");
}

#[tokio::test]
async fn a_user_suspended_before_the_code_is_redeemed_gets_no_session() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let identify = browser.visit(&at("/login")).await;
    let form = identify.form("");
    let sent = browser
        .submit(&identify, form, &[("identifier", JOHN)])
        .await;
    let password = browser.follow(sent).await;
    let form = password.form("");
    let callback = browser
        .submit(&password, form, &[("password", testkit::PASSWORD)])
        .await;
    program.org.set_user_status(JOHN, "SUSPENDED");
    let page = browser.get(callback.location().as_str()).await;
    assert_failed(&page, 400, "code_refused");
    assert_eq!(browser.get(&at("/profile")).await.status, 401);
}

#[tokio::test]
async fn an_answer_delivered_to_another_browser_opens_nothing() {
    let program = Program::start().await;
    let mut attacker = program.browser();
    let state = begun_state(&mut attacker).await;
    let mut victim = program.browser();
    let page = victim
        .get(&at(&format!(
            "/login/callback?code=a&state={state}&iss=http%3A%2F%2Flocalhost%3A7000"
        )))
        .await;
    assert_failed(&page, 400, "transaction_unknown");
}
