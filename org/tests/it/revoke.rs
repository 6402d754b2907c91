use testkit::{ORG_URL, TestOrg};

use crate::support::{
    Authorize, BROWSER_APP, JOHN, PORTICO, basic, oauth_error, tokens_for, userinfo,
};

#[tokio::test]
async fn a_revoked_token_is_dead_and_any_other_token_is_answered_alike() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let token = tokens["access_token"].as_str().expect("a token");
    let url = format!("{ORG_URL}/oauth2/v1/revoke");
    let secret = || basic(PORTICO, "portico-secret");

    let by_another_app = browser
        .post(&url, &[("client_id", BROWSER_APP), ("token", token)])
        .await;
    assert_eq!(by_another_app.status, 200);
    assert_eq!(userinfo(&mut browser, token).await.status, 200);

    for token in [token, token, "made-up"] {
        let fields = [("token", token), ("token_type_hint", "access_token")];
        let answer = browser.post_with(&url, secret(), &fields).await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.is_empty());
    }
    assert_eq!(userinfo(&mut browser, token).await.status, 401);
}

#[tokio::test]
async fn a_client_that_is_not_itself_revokes_nothing() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let token = tokens["access_token"].as_str().expect("a token");
    let url = format!("{ORG_URL}/oauth2/v1/revoke");
    let answer = browser
        .post_with(&url, basic(PORTICO, "wrong"), &[("token", token)])
        .await;
    assert_eq!(answer.status, 401);
    assert_eq!(userinfo(&mut browser, token).await.status, 200);

    let answer = browser
        .post_with(&url, basic(PORTICO, "portico-secret"), &[])
        .await;
    assert_eq!(oauth_error(&answer).1, "The 'token' parameter is required.");
}
