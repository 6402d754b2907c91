use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use testkit::{ORG_URL, TestOrg};

use crate::support::{
    Authorize, JOHN, PORTICO, POSTING, VERIFIER, basic, callback, code_for, oauth_error, redeem,
};

/// What an app sends as verifier after a challenge, and what it hears.
#[tokio::test]
async fn a_code_with_a_challenge_needs_exactly_its_verifier() {
    let org = TestOrg::start().await;
    let longest = "a".repeat(128);
    let too_long = "a".repeat(129);
    let challenge_itself = crate::support::CHALLENGE;
    let failed = "PKCE verification failed.";
    for (verifier, text) in [
        (None, "PKCE code verifier is required by the application."),
        (
            Some("wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong"),
            failed,
        ),
        (Some(challenge_itself), failed),
        (Some(&VERIFIER[..42]), failed),
        (Some(longest.as_str()), failed),
        (Some(too_long.as_str()), failed),
        (Some("dBjftJeZ4CVP mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), failed),
    ] {
        let mut browser = org.browser();
        let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
        let callback = callback();
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &callback),
        ];
        fields.extend(verifier.map(|verifier| ("code_verifier", verifier)));
        let url = format!("{ORG_URL}/oauth2/v1/token");
        let answer = browser
            .post_with(&url, basic(PORTICO, "portico-secret"), &fields)
            .await;
        assert_eq!(answer.status, 400, "{verifier:?}");
        assert_eq!(
            oauth_error(&answer),
            ("invalid_grant".to_owned(), text.to_owned()),
            "{verifier:?}"
        );
        // A wrong guess does not take the code from the one who has the verifier.
        assert_eq!(redeem(&mut browser, &code).await.status, 200);
    }
}

/// The challenge fits: only the verifier's form is wrong (RFC 7636 §4.1).
#[tokio::test]
async fn a_verifier_of_the_wrong_length_or_alphabet_is_refused_though_it_fits() {
    let org = TestOrg::start().await;
    let verifier = |length: usize| "v".repeat(length);
    let with_space = format!("{} ", verifier(43));
    for (verifier, status) in [
        (verifier(42), 400),
        (verifier(43), 200),
        (verifier(128), 200),
        (verifier(129), 400),
        (with_space, 400),
    ] {
        let mut browser = org.browser();
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let request = Authorize::portico().with("code_challenge", &challenge);
        let code = code_for(&mut browser, &request, JOHN).await;
        let callback = callback();
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &callback),
            ("code_verifier", &verifier),
        ];
        let url = format!("{ORG_URL}/oauth2/v1/token");
        let answer = browser
            .post_with(&url, basic(PORTICO, "portico-secret"), &fields)
            .await;
        assert_eq!(answer.status, status, "{verifier:?}");
    }
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused_as_a_downgrade() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let request = Authorize::app(POSTING, "https://post.example.com/cb")
        .without("code_challenge")
        .without("code_challenge_method");
    let code = code_for(&mut browser, &request, JOHN).await;
    let fields = [
        ("client_id", POSTING),
        ("client_secret", "p&st=s+cret/%"),
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "https://post.example.com/cb"),
    ];
    let url = format!("{ORG_URL}/oauth2/v1/token");
    let mut with_verifier = fields.to_vec();
    with_verifier.push(("code_verifier", VERIFIER));
    let answer = browser.post(&url, &with_verifier).await;
    assert_eq!(oauth_error(&answer).1, "PKCE verification failed.");
    assert_eq!(browser.post(&url, &fields).await.status, 200);
}
