use serde_json::Value;
use testkit::{APP_URL, Browser, ORG_URL, Page, TestOrg};
use url::Url;

use crate::support::{
    Authorize, JANE, JOHN, POSTING, VERIFIER, code_for, redirected_error, sign_in, tokens_for,
};

struct SignedIn {
    browser: Browser,
    id_token: String,
}

async fn signed_in(org: &TestOrg, login: &str) -> SignedIn {
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), login).await;
    SignedIn {
        browser,
        id_token: text(&tokens["id_token"]),
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn logout_url(parameters: &[(&str, &str)]) -> String {
    let base = format!("{ORG_URL}/oauth2/v1/logout");
    if parameters.is_empty() {
        return base;
    }
    Url::parse_with_params(&base, parameters)
        .expect("an address")
        .into()
}

fn signed_out_uri() -> String {
    format!("{APP_URL}/signed-out")
}

async fn is_signed_in(browser: &Browser) -> bool {
    let silent = Authorize::portico().with("prompt", "none").url();
    let answer = browser.clone().get(&silent).await;
    answer.location_parameter("code").is_some()
}

fn assert_page(page: &Page, status: u16, text: &str) {
    assert_eq!(page.status, status, "{}", page.text());
    assert!(page.text().contains(text), "{text}: {}", page.text());
    assert!(page.header("location").is_empty());
}

#[tokio::test]
async fn an_app_signs_the_person_out_and_gets_them_back_with_its_state() {
    let org = TestOrg::start().await;
    let SignedIn {
        mut browser,
        id_token,
    } = signed_in(&org, JOHN).await;
    // An expired token is as good a hint.
    org.clock.advance_seconds(3601);
    let url = logout_url(&[
        ("id_token_hint", &id_token),
        ("post_logout_redirect_uri", &signed_out_uri()),
        ("state", "x y&z"),
    ]);
    let answer = browser.get(&url).await;
    assert_eq!(answer.status, 302);
    assert_eq!(
        answer.header("location"),
        format!("{APP_URL}/signed-out?state=x+y%26z")
    );
    assert_eq!(browser.cookie("localhost", "idx"), None);
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn the_old_cookie_is_worth_nothing_after_signing_out() {
    let org = TestOrg::start().await;
    let SignedIn {
        mut browser,
        id_token,
    } = signed_in(&org, JOHN).await;
    let thief = browser.clone();
    assert!(is_signed_in(&thief).await);
    let _ = browser
        .get(&logout_url(&[("id_token_hint", &id_token)]))
        .await;
    assert!(!is_signed_in(&thief).await);
}

#[tokio::test]
async fn without_a_state_none_comes_back_and_without_an_address_there_is_a_page() {
    let org = TestOrg::start().await;
    let SignedIn {
        mut browser,
        id_token,
    } = signed_in(&org, JOHN).await;
    let uri = signed_out_uri();
    let parameters = [
        ("id_token_hint", id_token.as_str()),
        ("post_logout_redirect_uri", &uri),
    ];
    assert_eq!(
        browser
            .get(&logout_url(&parameters))
            .await
            .header("location"),
        uri
    );
    // There is no session any more: the way back is the same.
    assert_eq!(
        browser
            .get(&logout_url(&parameters))
            .await
            .header("location"),
        uri
    );
    let page = browser.get(&logout_url(&parameters[..1])).await;
    assert_page(&page, 200, "You are signed out");
    assert!(page.text().contains("href=\"/\""), "a way out");
}

#[tokio::test]
async fn a_hint_or_an_address_that_is_not_right_ends_on_a_page() {
    let org = TestOrg::start().await;
    let SignedIn {
        mut browser,
        id_token,
    } = signed_in(&org, JOHN).await;
    let access_token = tokens_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    let access_token = text(&access_token["access_token"]);
    let (head, rest) = id_token.split_once('.').expect("a token");
    let (body, signature) = rest.split_once('.').expect("a token");
    let unsigned = format!("eyJhbGciOiJub25lIiwia2lkIjoiIn0.{body}.");
    let first = if signature.starts_with('A') { "B" } else { "A" };
    let tampered = format!("{head}.{body}.{first}{}", &signature[1..]);
    let foreign = format!(
        "{head}.eyJpc3MiOiJodHRwczovL2V2aWwuZXhhbXBsZS5jb20iLCJzdWIiOiJ4IiwiYXVkIjoieSIsImp0aSI6IklELngifQ.{signature}"
    );
    let not_registered = "The &#39;post_logout_redirect_uri&#39; parameter must be a Logout redirect URI in the client app settings.";
    let (uri, with_query) = (signed_out_uri(), format!("{}?a=b", signed_out_uri()));
    for (parameters, expected) in [
        (
            vec![("id_token_hint", "rubbish")],
            "The id_token_hint cannot be parsed.",
        ),
        (
            vec![("id_token_hint", access_token.as_str())],
            "The id_token_hint cannot be parsed.",
        ),
        (
            vec![("id_token_hint", unsigned.as_str())],
            "The id_token_hint signature is invalid.",
        ),
        (
            vec![("id_token_hint", tampered.as_str())],
            "The id_token_hint signature is invalid.",
        ),
        (
            vec![("id_token_hint", foreign.as_str())],
            "The issuer of the id_token_hint is invalid.",
        ),
        (
            vec![
                ("id_token_hint", &id_token),
                ("post_logout_redirect_uri", "https://evil.example.com/"),
            ],
            not_registered,
        ),
        (
            vec![
                ("id_token_hint", &id_token),
                ("post_logout_redirect_uri", with_query.as_str()),
            ],
            not_registered,
        ),
        (
            vec![("post_logout_redirect_uri", uri.as_str())],
            "&#39;id_token_hint&#39; is missing",
        ),
        (
            vec![("id_token_hint", &id_token), ("id_token_hint", &id_token)],
            "Duplicate parameter",
        ),
    ] {
        let page = browser.get(&logout_url(&parameters)).await;
        assert_page(&page, 400, expected);
        assert!(is_signed_in(&browser).await, "{expected}");
    }
}

#[tokio::test]
async fn a_link_alone_asks_before_it_signs_anybody_out() {
    let org = TestOrg::start().await;
    let SignedIn { mut browser, .. } = signed_in(&org, JOHN).await;
    for parameters in [vec![], vec![("state", "s")]] {
        let page = browser.get(&logout_url(&parameters)).await;
        assert_page(&page, 200, "Sign out?");
        assert!(page.text().contains(JOHN));
        assert!(is_signed_in(&browser).await);
    }
    let page = browser.get(&logout_url(&[])).await;
    let forged = browser.post(&logout_url(&[]), &[("token", "forged")]).await;
    assert_eq!(forged.status, 303);
    assert!(is_signed_in(&browser).await);
    let done = browser.submit(&page, page.form("/logout"), &[]).await;
    assert_page(&done, 200, "You are signed out");
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn the_hint_of_one_person_does_not_sign_another_out_unasked() {
    let org = TestOrg::start().await;
    let other = signed_in(&org, JANE).await;
    let SignedIn { mut browser, .. } = signed_in(&org, JOHN).await;
    let uri = signed_out_uri();
    let url = logout_url(&[
        ("id_token_hint", &other.id_token),
        ("post_logout_redirect_uri", &uri),
        ("state", "s"),
    ]);
    let page = browser.get(&url).await;
    assert_page(&page, 200, "Sign out?");
    assert!(page.text().contains(JOHN));
    assert!(is_signed_in(&browser).await);
    let answer = browser.submit(&page, page.form("/logout"), &[]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), format!("{uri}?state=s"));
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_request_by_post_goes_round_by_get_to_find_the_cookie() {
    let org = TestOrg::start().await;
    let SignedIn {
        mut browser,
        id_token,
    } = signed_in(&org, JOHN).await;
    let uri = signed_out_uri();
    let fields = [
        ("id_token_hint", id_token.as_str()),
        ("post_logout_redirect_uri", &uri),
    ];
    let page = browser.post(&logout_url(&[]), &fields).await;
    assert_eq!(page.status, 303);
    assert_eq!(browser.follow(page).await.header("location"), uri);
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn an_app_may_use_only_its_own_address_and_a_registered_query_is_kept() {
    let org = TestOrg::start().await;
    let SignedIn {
        mut browser,
        id_token,
    } = signed_in(&org, JOHN).await;
    let of_other_app = "https://post.example.com/bye?from=org";
    let stolen = logout_url(&[
        ("id_token_hint", &id_token),
        ("post_logout_redirect_uri", of_other_app),
    ]);
    assert_eq!(browser.get(&stolen).await.status, 400);

    let request = Authorize::app(POSTING, "https://post.example.com/cb");
    let code = code_for(&mut browser, &request.with("prompt", "login"), JOHN).await;
    let fields = [
        ("client_id", POSTING),
        ("client_secret", "p&st=s+cret/%"),
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "https://post.example.com/cb"),
        ("code_verifier", VERIFIER),
    ];
    let tokens = browser
        .post(&format!("{ORG_URL}/oauth2/v1/token"), &fields)
        .await
        .json();
    let hint = text(&tokens["id_token"]);
    let url = logout_url(&[
        ("id_token_hint", &hint),
        ("post_logout_redirect_uri", of_other_app),
        ("state", "s"),
    ]);
    assert_eq!(
        browser.get(&url).await.header("location"),
        "https://post.example.com/bye?from=org&state=s"
    );
}

#[tokio::test]
async fn after_signing_out_the_next_sign_in_asks_again() {
    let org = TestOrg::start().await;
    let SignedIn {
        mut browser,
        id_token,
    } = signed_in(&org, JOHN).await;
    let _ = browser
        .get(&logout_url(&[("id_token_hint", &id_token)]))
        .await;
    let page = browser.visit(&Authorize::portico().url()).await;
    assert!(page.text().contains("Username"));
    let silent = browser
        .get(&Authorize::portico().with("prompt", "none").url())
        .await;
    assert_eq!(redirected_error(&silent).0, "login_required");
    let again = sign_in(&mut browser, &Authorize::portico(), JOHN).await;
    assert!(again.location_parameter("code").is_some());
}
