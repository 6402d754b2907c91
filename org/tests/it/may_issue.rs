//! The user's status, the app and the assignment, at each place where something could be given away.

use testkit::{PASSWORD, TestOrg};

use crate::support::{
    Authorize, JANE, JOHN, PORTICO, STAFF, code_for, give_password, oauth_error, redeem,
    redirected_error, sign_in, to_password_page, tokens_for, userinfo,
};

const NOT_ALLOWED: [&str; 7] = [
    "STAGED",
    "PROVISIONED",
    "RECOVERY",
    "PASSWORD_EXPIRED",
    "LOCKED_OUT",
    "SUSPENDED",
    "DEPROVISIONED",
];

#[tokio::test]
async fn a_user_who_may_not_sign_in_is_refused_with_the_right_password() {
    let org = TestOrg::start().await;
    for status in NOT_ALLOWED {
        let mut browser = org.browser();
        // The change comes between the two steps.
        org.set_user_status(JOHN, "ACTIVE");
        let page = to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
        org.set_user_status(JOHN, status);
        let answer = give_password(&mut browser, &page, PASSWORD).await;
        assert!(
            answer.header("location").starts_with("/signin/"),
            "{status}"
        );
        assert_eq!(browser.cookie("localhost", "idx"), None, "{status}");
        let page = browser.follow(answer).await;
        // Whose password has expired is told so, once they have proved that it was theirs.
        let text = if status == "PASSWORD_EXPIRED" {
            "expired"
        } else {
            "Unable to sign in"
        };
        assert!(page.text().contains(text), "{status}: {}", page.text());
    }
}

#[tokio::test]
async fn a_session_answers_for_nobody_who_may_not_sign_in_any_more() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let _ = sign_in(&mut browser, &Authorize::portico(), JOHN).await;
    for status in NOT_ALLOWED {
        org.set_user_status(JOHN, status);
        let silent = browser
            .get(&Authorize::portico().with("prompt", "none").url())
            .await;
        assert_eq!(redirected_error(&silent).0, "login_required", "{status}");
        let page = browser.clone().visit(&Authorize::portico().url()).await;
        assert!(page.text().contains("Username"), "{status}");
    }
}

#[tokio::test]
async fn a_code_is_worth_nothing_to_a_user_who_may_not_sign_in_any_more() {
    let org = TestOrg::start().await;
    for status in NOT_ALLOWED {
        org.set_user_status(JOHN, "ACTIVE");
        let mut browser = org.browser();
        let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
        org.set_user_status(JOHN, status);
        let answer = redeem(&mut browser, &code).await;
        assert_eq!(oauth_error(&answer).0, "invalid_grant", "{status}");
    }
}

#[tokio::test]
async fn an_access_token_is_dead_while_the_user_may_not_sign_in() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let token = tokens["access_token"].as_str().expect("a token");
    for status in NOT_ALLOWED {
        org.set_user_status(JOHN, status);
        assert_eq!(userinfo(&mut browser, token).await.status, 401, "{status}");
    }
    org.set_user_status(JOHN, "ACTIVE");
    assert_eq!(userinfo(&mut browser, token).await.status, 200);
}

#[tokio::test]
async fn a_user_who_is_not_assigned_gets_no_code_and_the_app_hears_why() {
    let org = TestOrg::start().await;
    let request = Authorize::app(STAFF, "https://staff.example.com/cb");
    let denied = (
        "access_denied".to_owned(),
        "User is not assigned to the client application.".to_owned(),
    );
    let mut browser = org.browser();
    let after_password = sign_in(&mut browser, &request, JOHN).await;
    assert_eq!(redirected_error(&after_password), denied);
    let with_session = browser.get(&request.url()).await;
    assert_eq!(redirected_error(&with_session), denied);

    let member = sign_in(&mut org.browser(), &request, JANE).await;
    assert!(member.location_parameter("code").is_some());
}

#[tokio::test]
async fn taking_the_assignment_away_ends_the_code_and_the_token() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let code = code_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    org.unassign(PORTICO);
    assert_eq!(
        oauth_error(&redeem(&mut browser, &code).await).0,
        "access_denied"
    );
    let token = tokens["access_token"].as_str().expect("a token");
    assert_eq!(userinfo(&mut browser, token).await.status, 401);
}

#[tokio::test]
async fn a_direct_assignment_is_as_good_as_one_by_group() {
    let org = TestOrg::start().await;
    let request = Authorize::app(STAFF, "https://staff.example.com/cb");
    org.execute(
        "INSERT INTO app_users (app_id, user_id) SELECT ?1, id FROM users WHERE login = ?2",
        (STAFF, JOHN),
    );
    let answer = sign_in(&mut org.browser(), &request, JOHN).await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn a_deactivated_app_is_unknown_and_its_tokens_are_dead() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    org.execute(
        "UPDATE apps SET status = 'INACTIVE' WHERE id = ?1",
        [PORTICO],
    );
    assert_eq!(browser.get(&Authorize::portico().url()).await.status, 400);
    assert_eq!(redeem(&mut browser, "any").await.status, 401);
    let token = tokens["access_token"].as_str().expect("a token");
    assert_eq!(userinfo(&mut browser, token).await.status, 401);
}

#[tokio::test]
async fn a_custom_server_without_a_matching_rule_denies() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let request = Authorize::portico().at("default");
    let code = code_for(&mut browser, &request, JOHN).await;
    org.execute("DELETE FROM server_policy_rules", []);
    let text = "Policy evaluation failed for this request, please check the policy configurations.";
    let answer = browser.get(&request.url()).await;
    assert_eq!(
        redirected_error(&answer),
        ("access_denied".to_owned(), text.to_owned())
    );
    let answer = crate::support::redeem_at(&mut browser, "/default", &code).await;
    assert_eq!(
        oauth_error(&answer),
        ("access_denied".to_owned(), text.to_owned())
    );
}
