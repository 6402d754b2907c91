use bytes::Bytes;
use http::{HeaderMap, Method};
use testkit::{Browser, ORG_URL, Page, TestOrg};

use crate::support::{Authorize, JOHN, bearer, redeem_at, sign_in, tokens_for, userinfo};

fn url() -> String {
    format!("{ORG_URL}/oauth2/v1/userinfo")
}

fn assert_refused(answer: &Page) {
    assert_eq!(answer.status, 401);
    assert!(answer.body.is_empty());
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer error=\"invalid_token\", error_description=\"The access token is invalid\""
    );
}

async fn signed_in(org: &TestOrg) -> (Browser, String) {
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    (
        browser,
        tokens["access_token"].as_str().expect("a token").to_owned(),
    )
}

#[tokio::test]
async fn the_token_may_come_by_get_by_post_in_the_header_or_in_the_form() {
    let org = TestOrg::start().await;
    let (mut browser, token) = signed_in(&org).await;
    let by_get = userinfo(&mut browser, &token).await;
    let by_post = browser.post_with(&url(), bearer(&token), &[]).await;
    let by_form = browser.post(&url(), &[("access_token", &token)]).await;
    assert_eq!(by_get.status, 200);
    assert_eq!(by_get.json(), by_post.json());
    assert_eq!(by_get.json(), by_form.json());
    assert_refused(
        &browser
            .post_with(&url(), bearer(&token), &[("access_token", &token)])
            .await,
    );
    let without_form = browser
        .send(Method::POST, &url(), bearer(&token), Bytes::new())
        .await;
    assert_eq!(by_get.json(), without_form.json());
}

#[tokio::test]
async fn what_is_not_a_live_access_token_of_this_server_is_refused() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let id_token = tokens["id_token"].as_str().expect("a token");
    assert_refused(&userinfo(&mut browser, id_token).await);
    assert_refused(&userinfo(&mut browser, "made-up").await);
    assert_refused(
        &browser
            .send(Method::GET, &url(), HeaderMap::new(), Bytes::new())
            .await,
    );

    let answer = sign_in(
        &mut org.browser(),
        &Authorize::portico().at("default"),
        JOHN,
    )
    .await;
    let code = answer.location_parameter("code").expect("a code");
    let other = redeem_at(&mut browser, "/default", &code).await.json();
    let other = other["access_token"].as_str().expect("a token");
    assert_refused(&userinfo(&mut browser, other).await);
    let there = format!("{ORG_URL}/oauth2/default/v1/userinfo");
    assert_eq!(
        browser
            .send(Method::GET, &there, bearer(other), Bytes::new())
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn an_access_token_lives_for_an_hour() {
    let org = TestOrg::start().await;
    let (mut browser, token) = signed_in(&org).await;
    org.clock.advance_seconds(3599);
    assert_eq!(userinfo(&mut browser, &token).await.status, 200);
    org.clock.advance_seconds(1);
    assert_refused(&userinfo(&mut browser, &token).await);
}

#[tokio::test]
async fn only_what_the_granted_scopes_let_out_is_told() {
    let org = TestOrg::start().await;
    for (scope, expected) in [
        ("openid", vec!["sub"]),
        ("openid email", vec!["email", "email_verified", "sub"]),
        (
            "openid profile",
            vec![
                "family_name",
                "given_name",
                "locale",
                "name",
                "preferred_username",
                "sub",
                "updated_at",
                "zoneinfo",
            ],
        ),
    ] {
        let mut browser = org.browser();
        let tokens = tokens_for(
            &mut browser,
            &Authorize::portico().with("scope", scope),
            JOHN,
        )
        .await;
        let info = userinfo(
            &mut browser,
            tokens["access_token"].as_str().expect("a token"),
        )
        .await
        .json();
        let mut names: Vec<&String> = info.as_object().expect("an object").keys().collect();
        names.sort_unstable();
        assert_eq!(names, expected, "{scope}");
    }
}
