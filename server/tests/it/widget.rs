//! `/sign-in/widget`: everything but the widget itself, which is played here by requests to the org's own endpoints.

use std::fs;

use crate::support::{JOHN, Program, at, signed_in};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use leptos::config::LeptosOptions;
use serde_json::{Value, json};
use testkit::{APP_URL, Browser, ORG_URL, PASSWORD, Page, TestDir};

/// A program that has the widget, whose org lets the app use the flow.
async fn start() -> (Program, TestDir) {
    let (program, files) = start_without_grant().await;
    grant(&program, r#"["authorization_code","interaction_code"]"#);
    (program, files)
}

async fn start_without_grant() -> (Program, TestDir) {
    let site = TestDir::new();
    let dist = site.path().join("widget/dist/js");
    fs::create_dir_all(&dist).expect("a folder");
    fs::write(dist.join("okta-sign-in.js"), "void 0").expect("a file");
    let package = site.path().join("widget/package.json");
    fs::write(package, r#"{"version": "7.49.0"}"#).expect("a file");
    let leptos = LeptosOptions::builder()
        .output_name("portico")
        .site_root(site.path().display().to_string());
    let program = Program::with_files(leptos.build()).await;
    (program, site)
}

fn grant(program: &Program, grants: &str) {
    let client = program.org.org().portico_client().client_id.to_string();
    let changed = program.org.execute(
        "UPDATE apps SET grant_types = ?1 WHERE id = ?2",
        [grants, &client],
    );
    assert_eq!(changed, 1);
}

/// What the page gives to its script.
fn configuration(page: &Page) -> Value {
    let text = page.text();
    let (_, rest) = text
        .split_once("data-configuration=\"")
        .expect("a widget in the page");
    let quoted = rest.split('"').next().expect("its end");
    let json = quoted.replace("&quot;", "\"").replace("&amp;", "&");
    serde_json::from_str(&json).expect("JSON")
}

/// Opens the page and keeps what it gives.
async fn open(browser: &mut Browser, path: &str) -> Value {
    let page = browser.get(&at(path)).await;
    assert_eq!(page.status, 200, "{}", page.text());
    configuration(&page)["interaction"].clone()
}

/// Asks the org as the widget does, from the page's origin.
async fn ask(browser: &mut Browser, path: &str, body: &Value) -> Value {
    let headers = HeaderMap::from_iter([
        (header::ORIGIN, HeaderValue::from_static(APP_URL)),
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/ion+json; okta-version=1.0.0"),
        ),
        (
            header::ACCEPT,
            HeaderValue::from_static("application/ion+json; okta-version=1.0.0"),
        ),
    ]);
    let url = format!("{ORG_URL}/idp/idx/{path}");
    let body = Bytes::from(body.to_string());
    let answer = browser.send(Method::POST, &url, headers, body).await;
    assert_eq!(answer.header("access-control-allow-origin"), APP_URL);
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    answer.json()
}

/// Answers everything for John, and gives the code that comes of it.
async fn answer(browser: &mut Browser, interaction: &Value) -> String {
    let handle = json!({ "interactionHandle": interaction["interactionHandle"] });
    let begun = ask(browser, "introspect", &handle).await;
    let state = &begun["stateHandle"];
    let name = json!({ "stateHandle": state, "identifier": JOHN });
    ask(browser, "identify", &name).await;
    let password = json!({ "stateHandle": state, "credentials": { "passcode": PASSWORD } });
    let over = ask(browser, "challenge/answer", &password).await;
    let issue = over["successWithInteractionCode"]["value"].as_array();
    let code = issue
        .and_then(|fields| {
            fields
                .iter()
                .find(|field| field["name"] == "interaction_code")
        })
        .expect("a code");
    code["value"].as_str().expect("a code").to_owned()
}

/// Brings a code to the app, as the widget does.
async fn bring(browser: &mut Browser, code: &str, interaction: &Value) -> Page {
    let state = interaction["state"].as_str().expect("a state");
    let callback = format!("/login/callback?interaction_code={code}&state={state}");
    browser.get(&at(&callback)).await
}

fn assert_failed(page: &Page, status: u16, code: &str) {
    assert_eq!(page.status.as_u16(), status, "{}", page.text());
    let shown = format!("<code>{code}</code>");
    assert!(page.text().contains(&shown), "{code} in {}", page.text());
}

#[tokio::test]
async fn the_code_of_the_widget_opens_a_session_like_any_other_and_leads_to_the_deep_link() {
    let (program, _files) = start().await;
    let mut newcomer = program.browser();
    let interaction = open(&mut newcomer, "/sign-in/widget?return_to=/profile").await;
    let code = answer(&mut newcomer, &interaction).await;
    let first = bring(&mut newcomer, &code, &interaction).await;
    assert_eq!(first.status, 303, "{}", first.text());
    assert!(first.header("location").starts_with("/onboarding"));

    drop(signed_in(&program).await);
    let mut browser = program.browser();
    let interaction = open(&mut browser, "/sign-in/widget?return_to=/profile%3Fa%3D1").await;
    let code = answer(&mut browser, &interaction).await;
    let back = bring(&mut browser, &code, &interaction).await;
    assert_eq!(back.header("location"), "/profile?a=1");
    let profile = browser.get(&at("/profile")).await;
    assert!(profile.text().contains("John Doe"), "{}", profile.text());
}

#[tokio::test]
async fn the_page_knows_the_handle_and_nothing_that_redeems_a_code() {
    let (program, _files) = start().await;
    let mut browser = program.browser();
    let page = browser.get(&at("/sign-in/widget")).await;
    let configuration = configuration(&page);
    let interaction = configuration["interaction"].as_object().expect("an object");
    let names: Vec<&str> = interaction.keys().map(String::as_str).collect();
    let known = [
        "clientId",
        "codeChallenge",
        "codeChallengeMethod",
        "interactionHandle",
        "issuer",
        "redirectUri",
        "scopes",
        "state",
    ];
    assert_eq!(names, known);
    assert_eq!(configuration["files"], "/widget/7.49.0");
    let interactions = program.org.database();
    let nonce: String = interactions
        .query_row(
            "SELECT request ->> '$.nonce' FROM interactions",
            [],
            |row| row.get(0),
        )
        .expect("an interaction with a nonce");
    let secret = program.org.org().portico_client().client_secret;
    let text = page.text();
    assert!(!text.contains(&nonce), "the nonce stays with the app");
    assert!(!text.contains(secrecy::ExposeSecret::expose_secret(&secret)));
    assert!(!text.contains("eyJ"), "no token is in the page");
}

#[tokio::test]
async fn the_page_of_the_widget_may_call_the_org_and_no_other_page_may() {
    let (program, _files) = start().await;
    let mut browser = program.browser();
    let policy = async |browser: &mut Browser, path: &str| {
        let page = browser.get(&at(path)).await;
        page.header("content-security-policy").to_owned()
    };
    let widget = policy(&mut browser, "/sign-in/widget").await;
    let calls = format!("connect-src 'self' {ORG_URL};");
    assert!(widget.contains(&calls), "{widget}");
    for never in ["unsafe-eval'", "unsafe-inline", "https:", "*"] {
        let loose = widget.replace("'wasm-unsafe-eval'", "");
        assert!(!loose.contains(never), "{never} in {widget}");
    }
    for path in ["/", "/sign-out", "/nowhere"] {
        let other = policy(&mut browser, path).await;
        assert!(other.contains("connect-src 'self';"), "{path}: {other}");
    }
}

#[tokio::test]
async fn a_code_is_good_once_in_its_own_browser_with_its_own_state() {
    let (program, _files) = start().await;
    let mut browser = program.browser();
    let interaction = open(&mut browser, "/sign-in/widget").await;
    let another = open(&mut browser, "/sign-in/widget").await;
    let code = answer(&mut browser, &interaction).await;

    let made_up = json!({ "state": "made-up" });
    let page = bring(&mut browser, &code, &made_up).await;
    assert_failed(&page, 400, "transaction_unknown");
    let mut thief = program.browser();
    let page = bring(&mut thief, &code, &interaction).await;
    assert_failed(&page, 400, "transaction_unknown");
    let before = browser.clone();
    let opened = bring(&mut browser, &code, &interaction).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let mut again = before;
    let page = bring(&mut again, &code, &interaction).await;
    assert_failed(&page, 400, "transaction_unknown");
    let page = bring(&mut browser, &code, &another).await;
    assert_failed(&page, 400, "code_refused");
}

#[tokio::test]
async fn a_code_is_not_redeemed_by_the_verifier_of_another_sign_in() {
    let (program, _files) = start().await;
    let mut browser = program.browser();
    let interaction = open(&mut browser, "/sign-in/widget").await;
    let another = open(&mut browser, "/sign-in/widget").await;
    let code = answer(&mut browser, &interaction).await;
    let page = bring(&mut browser, &code, &another).await;
    assert_failed(&page, 400, "code_refused");
    assert_eq!(browser.get(&at("/profile")).await.status, 401);
}

#[tokio::test]
async fn a_code_of_the_other_flow_is_no_answer() {
    let (program, _files) = start().await;
    let iss = "iss=http%3A%2F%2Flocalhost%3A7000";
    let mut browser = program.browser();
    let interaction = open(&mut browser, "/sign-in/widget").await;
    let state = interaction["state"].as_str().expect("a state");
    let callback = format!("/login/callback?code=a&state={state}&{iss}");
    assert_failed(
        &browser.get(&at(&callback)).await,
        400,
        "callback_malformed",
    );

    let begun = browser.get(&at("/login")).await;
    let state = begun.location_parameter("state").expect("a state");
    let callback = format!("/login/callback?interaction_code=a&state={state}&{iss}");
    assert_failed(
        &browser.get(&at(&callback)).await,
        400,
        "callback_malformed",
    );
    let both = "/login/callback?interaction_code=a&code=b&state=c";
    assert_failed(&browser.get(&at(both)).await, 400, "callback_malformed");
}

#[tokio::test]
async fn an_identity_that_was_not_made_for_this_sign_in_opens_nothing() {
    let (program, _files) = start().await;
    let mut browser = program.browser();
    let interaction = open(&mut browser, "/sign-in/widget").await;
    program.org.execute(
        "UPDATE interactions SET request = json_set(request, '$.nonce', 'of-somebody-else')",
        [],
    );
    let code = answer(&mut browser, &interaction).await;
    let page = bring(&mut browser, &code, &interaction).await;
    assert_failed(&page, 502, "id_token_nonce");
}

#[tokio::test]
async fn what_keeps_the_widget_away_is_said_with_the_remedy_and_the_way_around() {
    let assert_says = async |program: &Program, remedy: &str| {
        let page = program.browser().get(&at("/sign-in/widget")).await;
        let text = page.text();
        assert_eq!(page.status, 503, "{text}");
        assert!(text.contains(remedy), "{remedy} in {text}");
        assert!(text.contains("/api/sign-in/hosted"), "the way around");
        assert!(!text.contains("data-configuration"), "{text}");
    };
    let without_files = Program::start().await;
    assert_says(&without_files, "cargo xtask build").await;

    let (program, _files) = start_without_grant().await;
    grant(&program, r#"["authorization_code"]"#);
    assert_says(&program, "General &gt; Grant type").await;
    program.org.execute(
        "INSERT OR REPLACE INTO org_settings (name, value) VALUES ('interactionCode', 'false')",
        [],
    );
    assert_says(&program, "Embedded widget sign-in support").await;
    program.stop_org();
    assert_says(&program, "org_unreachable").await;
}

#[tokio::test]
async fn the_files_of_the_widget_may_be_kept_for_a_year_because_their_address_says_the_version() {
    let (program, _files) = start().await;
    let mut browser = program.browser();
    let file = browser.get(&at("/widget/7.49.0/js/okta-sign-in.js")).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "text/javascript");
    let kept = "public, max-age=31536000, immutable";
    assert_eq!(file.header("cache-control"), kept);
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    for missing in [
        "/widget/7.49.0/package.json",
        "/widget/7.48.0/js/okta-sign-in.js",
    ] {
        let page = browser.get(&at(missing)).await;
        assert_eq!(
            (page.status.as_u16(), page.header("cache-control")),
            (404, "no-store")
        );
    }
}
