//! The pages behind the links in emails.

use testkit::{Browser, Page, TestOrg};

use crate::dev::{INBOX_JSON, read_json};
use crate::support::{Authorize, callback, give_password, to_password_page};

const APP: &str = "0oaLinks000000000000";
const ANN: &str = "ann@example.com";
const IDA: &str = "ida@example.com";
const PASSWORD: &str = "Correct-horse-7";
const SEED: &str = r#"{
  "users": [
    {"login": "ann@example.com", "firstName": "Ann", "lastName": "Links", "email": "ann@example.com",
     "password": "Correct-horse-7"},
    {"login": "ida@example.com", "firstName": "Ida", "lastName": "Links", "email": "ida@example.com",
     "password": null, "status": "PROVISIONED"}
  ],
  "apps": [
    {"label": "Portico", "type": "web", "clientId": "0oaLinks000000000000", "clientSecret": "links-secret",
     "tokenEndpointAuthMethod": "client_secret_basic", "pkceRequired": true,
     "redirectUris": ["{APP_URL}/login/callback"], "assignedGroups": ["Everyone"]}
  ],
  "authenticators": [{"key": "okta_email", "settings": {"allowedFor": "any"}}],
  "policies": [{"type": "ACCESS_POLICY", "name": "Any two factors", "rules": [{"name": "Catch-all Rule", "actions":
    {"appSignOn": {"access": "ALLOW", "verificationMethod": {"type": "ASSURANCE", "factorMode": "2FA",
      "constraints": [{"knowledge": {"types": ["password"]}, "possession": {"required": true}}],
      "reauthenticateIn": "PT2H"}}}}]}]
}"#;

/// What was sent last to somebody.
async fn last_message(org: &TestOrg, to: &str) -> serde_json::Value {
    let address = format!("{INBOX_JSON}?to={to}");
    let answer = read_json(&mut org.browser(), &address).await;
    answer.json()["messages"][0].clone()
}

fn text_of(message: &serde_json::Value, name: &str) -> String {
    message[name].as_str().expect("a text").to_owned()
}

/// Goes as far as the email of the second factor.
async fn to_email(browser: &mut Browser) -> Page {
    let request = Authorize::app(APP, &callback());
    let page = to_password_page(browser, &request, ANN).await;
    let answer = give_password(browser, &page, PASSWORD).await;
    let page = browser.follow(answer).await;
    assert!(
        page.text().contains("Verify with your email"),
        "{}",
        page.text()
    );
    page
}

#[tokio::test]
async fn a_link_in_an_email_goes_on_in_the_browser_that_waits_for_it_and_once_only() {
    let org = TestOrg::with_seed(SEED).await;
    let mut browser = org.browser();
    let waiting = to_email(&mut browser).await;
    let link = text_of(&last_message(&org, ANN).await, "link");
    let page = browser.visit(&link).await;
    let form = page.form("");
    let answer = browser.submit(&page, form.clone(), &[]).await;
    assert!(answer.location_parameter("code").is_some());

    let again = browser.submit(&page, form, &[]).await;
    assert!(again.text().contains("This email link has expired."));
    assert_eq!(again.location_parameter("code"), None);
    let late = browser
        .submit(&waiting, waiting.form("/code"), &[("code", "123456")])
        .await;
    assert!(late.text().contains("This sign-in is over"));
}

#[tokio::test]
async fn any_other_browser_is_shown_the_code_after_a_button_and_gets_no_session() {
    let org = TestOrg::with_seed(SEED).await;
    let mut browser = org.browser();
    let waiting = to_email(&mut browser).await;
    let message = last_message(&org, ANN).await;
    let (link, code) = (text_of(&message, "link"), text_of(&message, "code"));
    let mut other = org.browser();
    let page = other.visit(&link).await;
    assert!(
        !page.text().contains(&code),
        "a program that opens links sees none"
    );
    let shown = other.submit(&page, page.form(""), &[]).await;
    assert!(shown.text().contains(&code));
    assert_eq!(other.cookie("localhost", "idx"), None);

    let answer = browser
        .submit(&waiting, waiting.form("/code"), &[("code", &code)])
        .await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn the_button_of_a_link_works_in_the_browser_that_it_was_shown_in_alone() {
    let org = TestOrg::with_seed(SEED).await;
    let _ = to_email(&mut org.browser()).await;
    let link = text_of(&last_message(&org, ANN).await, "link");
    let page = org.browser().visit(&link).await;
    let mut foreign = org.browser();
    let _ = foreign.visit(&Authorize::app(APP, &callback()).url()).await;
    let refused = foreign.submit(&page, page.form(""), &[]).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("foreign_form"));
}

#[tokio::test]
async fn a_link_that_is_too_old_or_made_up_says_so() {
    let org = TestOrg::with_seed(SEED).await;
    let _ = to_email(&mut org.browser()).await;
    let link = text_of(&last_message(&org, ANN).await, "link");
    org.clock.advance_seconds(6 * 60);
    let made_up = format!("{}/email/verify/{APP}?token=made-up", testkit::ORG_URL);
    for address in [
        link,
        made_up,
        format!("{}/email/verify/{APP}", testkit::ORG_URL),
    ] {
        let page = org.browser().visit(&address).await;
        assert!(
            page.text().contains("This email link has expired."),
            "{address}"
        );
    }
}

#[tokio::test]
async fn whoever_asks_for_an_activation_email_hears_the_same() {
    let org = TestOrg::with_seed(SEED).await;
    let mut answers = Vec::new();
    for login in [IDA, ANN, "nobody@example.com", ""] {
        let mut browser = org.browser();
        let page = browser
            .visit(&format!("{}/tokens/made-up/verify", testkit::ORG_URL))
            .await;
        assert!(page.text().contains("Request activation email"));
        let form = page.form("/tokens/activation-email");
        let answer = browser.submit(&page, form, &[("identifier", login)]).await;
        answers.push((answer.status, answer.text()));
    }
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:#?}"
    );
    assert_eq!(last_message(&org, ANN).await, serde_json::Value::Null);
    assert_eq!(last_message(&org, IDA).await["template"], "UserActivation");
}

#[tokio::test]
async fn an_activation_link_begins_an_account_once() {
    let org = TestOrg::with_seed(SEED).await;
    let mut browser = org.browser();
    let page = browser
        .visit(&format!("{}/tokens/made-up/verify", testkit::ORG_URL))
        .await;
    let form = page.form("/tokens/activation-email");
    let _ = browser.submit(&page, form, &[("identifier", IDA)]).await;
    let link = text_of(&last_message(&org, IDA).await, "link");

    for _ in 0..3 {
        let looked = org.browser().visit(&link).await;
        assert!(looked.text().contains("Activate your account"));
    }
    let page = browser.visit(&link).await;
    let answer = browser.submit(&page, page.form("/verify"), &[]).await;
    let begun = browser.follow(answer).await;
    assert!(
        begun.text().contains("Set up security methods"),
        "{}",
        begun.text()
    );
    let again = browser.submit(&page, page.form("/verify"), &[]).await;
    assert!(
        again
            .text()
            .contains("Your account activation link is no longer valid.")
    );
}
