use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use testkit::{APP_URL, Browser, ORG_URL, Page, TestOrg};

use crate::support::{
    Authorize, BROWSER_APP, JOHN, PORTICO, POSTING, VERIFIER, basic, callback, code_for,
    oauth_error, redeem, redeem_at, tokens_for, userinfo,
};

const REUSED: &str = "The authorization code is invalid or has expired.";

fn token_url() -> String {
    format!("{ORG_URL}/oauth2/v1/token")
}

#[tokio::test]
async fn of_a_hundred_parallel_redemptions_of_a_code_exactly_one_succeeds() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
    // All of them get as far as to find the code unspent.
    let held = org.hold_changes();
    let mut attempts = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (mut browser, code) = (browser.clone(), code.clone());
        attempts.spawn(async move { redeem(&mut browser, &code).await });
    }
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    drop(held);
    let answers = attempts.join_all().await;
    let won: Vec<&Page> = answers
        .iter()
        .filter(|answer| answer.status == 200)
        .collect();
    assert_eq!(won.len(), 1);
    for lost in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(
            oauth_error(lost),
            ("invalid_grant".to_owned(), REUSED.to_owned())
        );
    }
    // The ones that came late were a reuse: what the first one got is dead.
    let token = won[0].json()["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    assert_eq!(userinfo(&mut browser, &token).await.status, 401);
}

#[tokio::test]
async fn reusing_a_code_kills_the_access_token_that_it_gave() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
    let tokens = redeem(&mut browser, &code).await.json();
    let token = tokens["access_token"].as_str().expect("a token");
    assert_eq!(userinfo(&mut browser, token).await.status, 200);
    org.clock.advance_seconds(30);
    assert_eq!(oauth_error(&redeem(&mut browser, &code).await).1, REUSED);
    assert_eq!(userinfo(&mut browser, token).await.status, 401);
}

#[tokio::test]
async fn another_app_can_neither_use_a_code_nor_end_what_it_gave() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
    let steal = |mut browser: Browser, code: String| async move {
        let callback = callback();
        let fields = [
            ("client_id", BROWSER_APP),
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &callback),
            ("code_verifier", VERIFIER),
        ];
        browser.post(&token_url(), &fields).await
    };
    let stolen = steal(browser.clone(), code.clone()).await;
    assert!(
        oauth_error(&stolen)
            .1
            .starts_with("The grant was issued to another client.")
    );
    let tokens = redeem(&mut browser, &code).await.json();
    assert_eq!(oauth_error(&steal(browser.clone(), code).await).1, REUSED);
    let token = tokens["access_token"].as_str().expect("a token");
    assert_eq!(userinfo(&mut browser, token).await.status, 200);
}

#[tokio::test]
async fn a_code_works_for_five_minutes() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
    org.clock.advance_seconds(299);
    assert_eq!(redeem(&mut browser.clone(), &code).await.status, 200);
    let code = code_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    org.clock.advance_seconds(300);
    assert_eq!(oauth_error(&redeem(&mut browser, &code).await).1, REUSED);
}

#[tokio::test]
async fn a_code_belongs_to_one_return_address_and_one_authorization_server() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
    let wrong_uri = format!("{APP_URL}/other");
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("code_verifier", VERIFIER),
    ];
    let secret = || basic(PORTICO, "portico-secret");
    let text =
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.";
    let answer = browser.post_with(&token_url(), secret(), &fields).await;
    assert_eq!(
        oauth_error(&answer),
        ("invalid_grant".to_owned(), text.to_owned())
    );
    fields.push(("redirect_uri", &wrong_uri));
    let answer = browser.post_with(&token_url(), secret(), &fields).await;
    assert_eq!(oauth_error(&answer).1, text);
    let answer = redeem_at(&mut browser, "/default", &code).await;
    let text = "The grant was issued for another authorization server.";
    assert_eq!(
        oauth_error(&answer),
        ("invalid_request".to_owned(), text.to_owned())
    );
}

#[tokio::test]
async fn a_code_ends_with_the_session_that_it_was_issued_in() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let code = browser
        .get(&Authorize::portico().url())
        .await
        .location_parameter("code")
        .expect("a code");
    let hint = tokens["id_token"].as_str().expect("a token");
    let _ = browser
        .get(&format!("{ORG_URL}/oauth2/v1/logout?id_token_hint={hint}"))
        .await;
    assert_eq!(oauth_error(&redeem(&mut browser, &code).await).1, REUSED);
}

/// One attempt per line: the app that was signed in to, `id:secret` of the header, the form, the status, and when it is
/// refused the error and the beginning of its description.
const ATTEMPTS: &str = include_str!("client_authentication.tsv");

#[tokio::test]
async fn clients_authenticate_by_header_by_body_or_not_at_all_as_they_are_registered() {
    let org = TestOrg::start().await;
    for line in ATTEMPTS.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let (app, uri) = match cells[0] {
            "portico" => (PORTICO, callback()),
            "posting" => (POSTING, "https://post.example.com/cb".to_owned()),
            _ => (BROWSER_APP, "https://spa.example.com/cb".to_owned()),
        };
        let mut browser = org.browser();
        let code = code_for(&mut browser, &Authorize::app(app, &uri), JOHN).await;
        let form: Vec<(String, String)> = url::form_urlencoded::parse(cells[2].as_bytes())
            .into_owned()
            .collect();
        let mut fields: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.extend([
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", uri.as_str()),
            ("code_verifier", VERIFIER),
        ]);
        let headers = cells[1]
            .split_once(':')
            .map(|(id, secret)| basic(id, secret));
        let in_header = headers.is_some();
        let answer = browser
            .post_with(&token_url(), headers.unwrap_or_default(), &fields)
            .await;
        assert_eq!(
            answer.status.as_str(),
            cells[3],
            "{line}: {}",
            answer.text()
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        let is_challenged = answer.header("www-authenticate").starts_with("Basic");
        assert_eq!(is_challenged, answer.status == 401 && in_header, "{line}");
        if let [_, _, _, _, error, text] = cells[..] {
            let (got, description) = oauth_error(&answer);
            assert_eq!(got, error, "{line}: {description}");
            assert!(description.starts_with(text), "{line}: {description}");
        }
    }
}

#[tokio::test]
async fn a_public_client_is_known_by_its_id_in_a_header_without_a_colon() {
    let org = TestOrg::start().await;
    let header = HeaderValue::from_static("Basic MG9hQnJvd3NlcjAwMDAwMDAwMDA=");
    let headers = HeaderMap::from_iter([(AUTHORIZATION, header)]);
    let url = format!("{ORG_URL}/oauth2/v1/revoke");
    let answer = org
        .browser()
        .post_with(&url, headers, &[("token", "any")])
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn a_request_that_is_no_token_request_is_refused_in_oktas_words() {
    let org = TestOrg::start().await;
    let long = "x".repeat(70_000);
    for (query, fields, status, error, text) in [
        (
            "",
            vec![],
            400,
            "invalid_request",
            "The token request must specify a 'grant_type'. Valid values: [authorization_code, interaction_code, \
             urn:ietf:params:oauth:grant-type:device_code, client_credentials, refresh_token, \
             urn:ietf:params:oauth:grant-type:token-exchange, password, urn:okta:params:oauth:grant-type:otp, \
             urn:okta:params:oauth:grant-type:oob, http://auth0.com/oauth/grant-type/mfa-otp, \
             http://auth0.com/oauth/grant-type/mfa-oob].",
        ),
        (
            "",
            vec![("grant_type", "implicit")],
            400,
            "unsupported_grant_type",
            "The grant type in the request isn't supported.",
        ),
        (
            "",
            vec![("grant_type", "authorization_code")],
            400,
            "invalid_request",
            "The required parameter 'code' is missing.",
        ),
        (
            "",
            vec![("grant_type", "authorization_code"), ("code", "made-up")],
            400,
            "invalid_grant",
            REUSED,
        ),
        (
            "",
            vec![("code", "a"), ("code", "b")],
            400,
            "invalid_request",
            "Duplicate parameter provided in request. Duplicated parameters: [code].",
        ),
        (
            "?client_secret=x",
            vec![("code", "a")],
            400,
            "invalid_request",
            "Client credentials cannot be supplied via query parameters.",
        ),
    ] {
        let url = format!("{}{query}", token_url());
        let answer = org
            .browser()
            .post_with(&url, basic(PORTICO, "portico-secret"), &fields)
            .await;
        assert_eq!(answer.status, status, "{fields:?}");
        assert_eq!(
            oauth_error(&answer),
            (error.to_owned(), text.to_owned()),
            "{fields:?}"
        );
        assert_eq!(answer.header("content-type"), "application/json");
    }
    let answer = org.browser().post(&token_url(), &[("code", &long)]).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn an_unreadable_authorization_header_is_an_unknown_client() {
    let org = TestOrg::start().await;
    for value in ["Basic", "Basic ***", "Bearer abc", "Basic /w==", "Digest a"] {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(value))]);
        let answer = org
            .browser()
            .post_with(&token_url(), headers, &[("code", "x")])
            .await;
        assert_eq!(answer.status, 401, "{value}");
        assert_eq!(oauth_error(&answer).0, "invalid_client");
    }
}
