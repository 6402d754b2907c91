//! The device authorization grant (RFC 8628), and the page for its person.

mod hostile;

use std::net::{IpAddr, Ipv4Addr};

use http::HeaderMap;
use http::header::USER_AGENT;
use serde_json::Value;
use testkit::{Browser, ORG_URL, PASSWORD, Page, TestOrg};

use crate::support::{JANE, JOHN, NATIVE, PORTICO, STAFF, basic, claims, oauth_error, userinfo};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// An org whose native app and staff app have the grant.
async fn org() -> TestOrg {
    let org = TestOrg::start().await;
    for app in [NATIVE, STAFF] {
        let changed = org.execute(
            "UPDATE apps SET grant_types = json_insert(grant_types, '$[#]', ?2) WHERE id = ?1",
            (app, GRANT),
        );
        assert_eq!(changed, 1);
    }
    org
}

/// A device and what it was given.
struct Device {
    browser: Browser,
    server: &'static str,
    code: String,
    user_code: String,
    body: Value,
}

async fn ask(org: &TestOrg, server: &'static str, scope: &str) -> Device {
    let mut browser = org
        .browser()
        .with_address(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)));
    let agent =
        HeaderMap::from_iter([(USER_AGENT, "Living room TV/1.0".parse().expect("a header"))]);
    let url = format!("{ORG_URL}/oauth2{server}/v1/device/authorize");
    let fields = [("client_id", NATIVE), ("scope", scope)];
    let page = browser.post_with(&url, agent, &fields).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(page.header("cache-control"), "no-store");
    let body = page.json();
    let text = |name: &str| body[name].as_str().expect("a text").to_owned();
    Device {
        browser,
        server,
        code: text("device_code"),
        user_code: text("user_code"),
        body,
    }
}

async fn waiting(org: &TestOrg) -> Device {
    ask(org, "", "openid profile").await
}

impl Device {
    async fn poll(&mut self) -> Page {
        self.poll_as(NATIVE).await
    }

    async fn poll_as(&mut self, client: &str) -> Page {
        let url = format!("{ORG_URL}/oauth2{}/v1/token", self.server);
        let fields = [
            ("grant_type", GRANT),
            ("client_id", client),
            ("device_code", &self.code),
        ];
        self.browser.post(&url, &fields).await
    }

    async fn hears(&mut self, error: &str) {
        let page = self.poll().await;
        assert_eq!(
            (page.status.as_u16(), oauth_error(&page).0.as_str()),
            (400, error)
        );
    }
}

/// Goes from the code to the question, through the sign-in where there is one.
async fn to_question(browser: &mut Browser, user_code: &str, login: &str) -> Page {
    let page = browser.visit(&format!("{ORG_URL}/activate")).await;
    let next = browser
        .submit(&page, page.form("/activate"), &[("user_code", user_code)])
        .await;
    assert_eq!(next.status, 303, "{}", next.text());
    let page = browser.follow(next).await;
    if page.forms("/identify").is_empty() {
        return page;
    }
    let next = browser
        .submit(&page, page.form("/identify"), &[("identifier", login)])
        .await;
    let page = browser.follow(next).await;
    let next = browser
        .submit(&page, page.form("/password"), &[("password", PASSWORD)])
        .await;
    browser.follow(next).await
}

async fn answer(browser: &mut Browser, question: &Page, answer: &str) -> Page {
    browser
        .submit(question, question.form("/confirm"), &[("answer", answer)])
        .await
}

async fn allow(browser: &mut Browser, device: &Device) -> Page {
    let question = to_question(browser, &device.user_code, JOHN).await;
    answer(browser, &question, "allow").await
}

#[tokio::test]
async fn a_person_allows_a_device_that_they_see_and_it_gets_tokens_once() {
    let org = org().await;
    let mut device = waiting(&org).await;
    assert_eq!(device.body["interval"], 5);
    assert_eq!(device.body["expires_in"], 600);
    assert_eq!(
        device.body["verification_uri"],
        format!("{ORG_URL}/activate")
    );
    assert_eq!(
        device.body["verification_uri_complete"],
        format!("{ORG_URL}/activate?user_code={}", device.user_code)
    );
    assert_eq!(device.user_code.len(), 8);
    assert!(
        device
            .user_code
            .bytes()
            .all(|byte| b"BCDFGHJKLMNPQRSTVWXZ".contains(&byte))
    );
    device.hears("authorization_pending").await;

    let mut browser = org.browser();
    // Typed in small letters, in two groups.
    let typed = device.user_code.to_lowercase();
    let typed = format!("{} - {}", &typed[..4], &typed[4..]);
    let question = to_question(&mut browser, &typed, JOHN).await;
    let text = question.text();
    for shown in [
        JOHN,
        "Native app",
        "Living room TV/1.0",
        "192.0.2.7",
        &device.user_code,
        "openid, profile",
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let policy = question.header("content-security-policy");
    assert!(policy.contains("script-src 'none'") && policy.contains("frame-ancestors 'none'"));
    org.clock.advance_seconds(5);
    device.hears("authorization_pending").await;
    let done = answer(&mut browser, &question, "allow").await;
    assert!(done.text().contains("Device activated"), "{}", done.text());

    let tokens = device.poll().await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    let tokens = tokens.json();
    assert_eq!(tokens["scope"], "openid profile");
    let id_token = claims(&tokens["id_token"]);
    assert_eq!(id_token["aud"], NATIVE);
    assert_eq!(id_token["preferred_username"], JOHN);
    let access_token = tokens["access_token"].as_str().expect("a token");
    assert_eq!(userinfo(&mut browser, access_token).await.status, 200);
    device.hears("invalid_grant").await;
}

#[tokio::test]
async fn whoever_is_signed_in_is_asked_at_once_and_the_link_fills_the_code_in_but_never_sends_it() {
    let org = org().await;
    let (first, mut second) = (waiting(&org).await, waiting(&org).await);
    let mut browser = org.browser();
    let _ = allow(&mut browser, &first).await;
    let link = second.body["verification_uri_complete"]
        .as_str()
        .expect("a link");
    let page = browser.visit(link).await;
    assert!(
        page.text()
            .contains(&format!("value=\"{}\"", second.user_code))
    );
    second.hears("authorization_pending").await;
    let next = browser.submit(&page, page.form("/activate"), &[]).await;
    let question = browser.follow(next).await;
    assert!(question.text().contains("Allow this device?"));
    let _ = answer(&mut browser, &question, "allow").await;
    assert_eq!(second.poll().await.status, 200);
}

#[tokio::test]
async fn a_device_that_is_denied_hears_so_and_the_first_answer_counts() {
    let org = org().await;
    let mut device = waiting(&org).await;
    let mut browser = org.browser();
    let question = to_question(&mut browser, &device.user_code, JOHN).await;
    let done = answer(&mut browser, &question, "deny").await;
    assert!(done.text().contains("did not allow it"), "{}", done.text());
    device.hears("access_denied").await;
    let again = answer(&mut browser, &question, "allow").await;
    assert!(again.text().contains("not known or has expired"));
    device.hears("access_denied").await;
}

#[tokio::test]
async fn a_device_that_asks_too_often_is_slowed_down_and_one_that_waits_too_long_is_late() {
    let org = org().await;
    let mut device = waiting(&org).await;
    device.hears("authorization_pending").await;
    org.clock.advance_seconds(4);
    device.hears("slow_down").await;
    // Ten seconds from now on.
    org.clock.advance_seconds(9);
    device.hears("slow_down").await;
    org.clock.advance_seconds(15);
    device.hears("authorization_pending").await;
    org.clock.advance_seconds(571);
    assert_eq!(device.poll().await.json()["error"], "authorization_pending");
    org.clock.advance_seconds(1);
    device.hears("expired_token").await;
    let mut browser = org.browser();
    let page = browser.visit(&format!("{ORG_URL}/activate")).await;
    let late = browser
        .submit(
            &page,
            page.form("/activate"),
            &[("user_code", &device.user_code)],
        )
        .await;
    assert!(late.text().contains("not known or has expired"));
}

#[tokio::test]
async fn of_a_hundred_polls_at_once_one_gets_tokens() {
    let org = org().await;
    let device = waiting(&org).await;
    let done = allow(&mut org.browser(), &device).await;
    assert!(done.text().contains("Device activated"));
    let held = org.hold_changes();
    let mut attempts = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let mut device = Device {
            browser: org.browser(),
            server: "",
            code: device.code.clone(),
            user_code: String::new(),
            body: Value::Null,
        };
        attempts.spawn(async move { device.poll().await });
    }
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    drop(held);
    let answers = attempts.join_all().await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 200).count(),
        1
    );
    for lost in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(oauth_error(lost).0, "invalid_grant");
    }
}

#[tokio::test]
async fn a_device_code_is_good_only_for_its_app_and_its_server() {
    let org = org().await;
    let mut device = waiting(&org).await;
    let _ = allow(&mut org.browser(), &device).await;
    let url = format!("{ORG_URL}/oauth2/v1/token");
    let fields = [("grant_type", GRANT), ("device_code", &device.code)];
    let stolen = org
        .browser()
        .post_with(&url, basic(STAFF, "staff-secret"), &fields)
        .await;
    assert_eq!(oauth_error(&stolen).0, "invalid_grant");
    let other = org
        .browser()
        .post_with(&url, basic(PORTICO, "portico-secret"), &fields)
        .await;
    assert_eq!(oauth_error(&other).0, "unauthorized_client");
    device.server = "/default";
    device.hears("invalid_grant").await;
    device.server = "";
    let right = device.poll().await;
    assert_eq!(right.status, 200, "{}", right.text());
    for code in ["", "x", "' OR 1=1 --", &"z".repeat(3000)] {
        device.code = code.to_owned();
        let page = device.poll().await;
        assert_eq!(page.status, 400, "{code}");
    }
}

#[tokio::test]
async fn a_custom_server_gives_its_own_tokens_where_its_policy_has_the_grant() {
    let org = org().await;
    let mut device = ask(&org, "/default", "openid").await;
    let refused = allow(&mut org.browser(), &device).await;
    assert!(refused.text().contains("policies do not allow it"));
    device.hears("access_denied").await;

    org.execute(
        "UPDATE server_policy_rules SET conditions = json_insert(conditions, '$.grantTypes.include[#]', ?1)",
        [GRANT],
    );
    let mut device = ask(&org, "/default", "openid").await;
    let done = allow(&mut org.browser(), &device).await;
    assert!(done.text().contains("Device activated"), "{}", done.text());
    let tokens = device.poll().await.json();
    let issuer = format!("{ORG_URL}/oauth2/default");
    assert_eq!(claims(&tokens["access_token"])["iss"], issuer);
}

#[tokio::test]
async fn who_may_not_use_the_app_cannot_allow_it_and_a_change_meanwhile_counts() {
    let org = org().await;
    let mut device = waiting(&org).await;
    org.unassign(NATIVE);
    let done = allow(&mut org.browser(), &device).await;
    assert!(done.text().contains("not assigned"), "{}", done.text());
    device.hears("access_denied").await;

    let org = self::org().await;
    let mut device = waiting(&org).await;
    let _ = allow(&mut org.browser(), &device).await;
    org.set_user_status(JOHN, "SUSPENDED");
    device.hears("invalid_grant").await;
}

#[tokio::test]
async fn a_form_of_another_browser_or_another_person_is_refused() {
    let org = org().await;
    let mut device = waiting(&org).await;
    let (mut john, mut jane) = (org.browser(), org.browser());
    let of_john = to_question(&mut john, &device.user_code, JOHN).await;
    let _ = to_question(&mut jane, &device.user_code, JANE).await;
    let stolen = answer(&mut jane, &of_john, "allow").await;
    assert_eq!(stolen.status, 403, "{}", stolen.text());
    let url = format!("{ORG_URL}/activate/confirm");
    let forged = [
        ("user_code", device.user_code.as_str()),
        ("answer", "allow"),
        ("token", "x"),
    ];
    assert_eq!(john.post(&url, &forged).await.status, 403);
    // Who is not signed in begins with the code.
    let nobody = org.browser().post(&url, &forged).await;
    assert_eq!(nobody.status, 303);
    let page = john.visit(&format!("{ORG_URL}/activate")).await;
    let foreign = jane
        .submit(
            &page,
            page.form("/activate"),
            &[("user_code", &device.user_code)],
        )
        .await;
    assert_eq!(foreign.status, 403);
    device.hears("authorization_pending").await;
}
