//! OpenID Connect Front-Channel Logout 1.0: a sign-out tells the other apps of the session through the browser.

use serde_json::Value;
use testkit::{APP_URL, Browser, ORG_URL, Page, TestOrg};
use url::Url;

use crate::support::{
    Authorize, BROWSER_APP, JOHN, NATIVE, PORTICO, POSTING, VERIFIER, claims, code_for,
    redirected_error, tokens_for,
};

const POSTING_CALLBACK: &str = "https://post.example.com/cb";

/// Lets an app take part.
fn listen(org: &TestOrg, app: &str, uri: &str, is_about_session: bool) {
    let changed = org.execute(
        "UPDATE apps SET client = json_set(client, '$.participate_slo', json('true'), \
         '$.frontchannel_logout_uri', ?2, '$.frontchannel_logout_session_required', json(?3)) WHERE id = ?1",
        (app, uri, is_about_session.to_string()),
    );
    assert_eq!(changed, 1, "an app of the seed");
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Signs in to Portico and to the posting app in one browser. The result is the ID token of each.
async fn signed_in_to_both(browser: &mut Browser) -> (String, String) {
    let first = tokens_for(browser, &Authorize::portico(), JOHN).await;
    let request = Authorize::app(POSTING, POSTING_CALLBACK);
    let answer = browser.get(&request.url()).await;
    let code = answer.location_parameter("code").expect("single sign-on");
    let fields = [
        ("client_id", POSTING),
        ("client_secret", "p&st=s+cret/%"),
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", POSTING_CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let url = format!("{ORG_URL}/oauth2/v1/token");
    let second = browser.post(&url, &fields).await.json();
    (text(&first["id_token"]), text(&second["id_token"]))
}

async fn sign_out(browser: &mut Browser, id_token: &str) -> Page {
    let parameters = [
        ("id_token_hint", id_token),
        ("post_logout_redirect_uri", &format!("{APP_URL}/signed-out")),
        ("state", "s&1"),
    ];
    let url = Url::parse_with_params(&format!("{ORG_URL}/oauth2/v1/logout"), parameters);
    browser.get(url.expect("an address").as_str()).await
}

/// The addresses that the page loads in frames.
fn frames(page: &Page) -> Vec<String> {
    let text = page.text();
    let sources = text.split("<iframe src=\"").skip(1);
    sources
        .map(|rest| {
            rest.split('"')
                .next()
                .unwrap_or_default()
                .replace("&#38;", "&")
        })
        .collect()
}

#[tokio::test]
async fn the_other_app_of_the_session_is_told_which_session_ends_and_the_browser_goes_on() {
    let org = TestOrg::start().await;
    listen(&org, PORTICO, &format!("{APP_URL}/front-channel"), true);
    listen(&org, POSTING, "https://post.example.com/out?tenant=1", true);
    let mut browser = org.browser();
    let (portico, posting) = signed_in_to_both(&mut browser).await;
    let sid = claims(&Value::from(portico.as_str()))["sid"].clone();
    let sid = sid.as_str().expect("the session in the ID token");
    assert_eq!(claims(&Value::from(posting))["sid"], sid, "one session");
    assert!(sid.len() >= 20);

    let page = sign_out(&mut browser, &portico).await;
    assert_eq!(page.status, 200);
    let issuer: String = url::form_urlencoded::byte_serialize(ORG_URL.as_bytes()).collect();
    assert_eq!(
        frames(&page),
        [format!(
            "https://post.example.com/out?tenant=1&iss={issuer}&sid={sid}"
        )]
    );
    let policy = page.header("content-security-policy").to_owned();
    assert!(
        policy.ends_with("; frame-src https://post.example.com"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    // Without scripts by a link or by itself; the script only shortens the wait.
    let next = format!("{APP_URL}/signed-out?state=s%261");
    let text = page.text();
    assert!(
        text.contains(&format!("content=\"3;url={next}\"")),
        "{text}"
    );
    assert!(text.contains(&format!("href=\"{next}\"")), "{text}");
    let script = text
        .split("<script src=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let script = browser
        .get(&format!("{ORG_URL}{}", script.expect("a script")))
        .await;
    assert_eq!(
        script.header("content-type"),
        "text/javascript; charset=utf-8"
    );

    assert_eq!(browser.cookie("localhost", "idx"), None);
    let silent = browser
        .get(&Authorize::portico().with("prompt", "none").url())
        .await;
    assert_eq!(redirected_error(&silent).0, "login_required");
    let event: String = org
        .database()
        .query_row(
            "SELECT event FROM events WHERE type = 'user.session.end' ORDER BY seq DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .expect("an event");
    let event: Value = serde_json::from_str(&event).expect("JSON");
    assert_eq!(
        event["debugContext"]["debugData"]["frontChannelLogoutCount"],
        1
    );
}

#[tokio::test]
async fn an_app_that_does_not_ask_for_the_session_hears_of_none() {
    let org = TestOrg::start().await;
    listen(&org, POSTING, "https://post.example.com/out", false);
    let mut browser = org.browser();
    let (portico, posting) = signed_in_to_both(&mut browser).await;
    for token in [&portico, &posting] {
        assert!(claims(&Value::from(token.as_str())).get("sid").is_none());
    }
    let page = sign_out(&mut browser, &portico).await;
    assert_eq!(frames(&page), ["https://post.example.com/out"]);
}

#[tokio::test]
async fn apps_that_were_not_reached_that_take_no_part_or_that_are_off_are_not_loaded() {
    let org = TestOrg::start().await;
    listen(&org, PORTICO, &format!("{APP_URL}/front-channel"), true);
    listen(&org, BROWSER_APP, "https://spa.example.com/out", true);
    listen(&org, NATIVE, "https://native.example.com/out", true);
    let mut browser = org.browser();
    let (portico, _) = signed_in_to_both(&mut browser).await;
    // Somebody else's session of the same person is another session.
    let other = Authorize::app(BROWSER_APP, "https://spa.example.com/cb");
    let _ = code_for(&mut org.browser(), &other, JOHN).await;
    let answer = sign_out(&mut browser, &portico).await;
    assert_eq!(answer.status, 302);
    assert_eq!(
        answer.header("location"),
        format!("{APP_URL}/signed-out?state=s%261")
    );

    listen(&org, POSTING, "https://post.example.com/out", true);
    let (portico, _) = signed_in_to_both(&mut browser).await;
    org.execute(
        "UPDATE apps SET status = 'INACTIVE' WHERE id = ?1",
        [POSTING],
    );
    assert_eq!(sign_out(&mut browser, &portico).await.status, 302);
    // And nobody is signed in any more.
    assert_eq!(sign_out(&mut browser, &portico).await.status, 302);
}

#[tokio::test]
async fn a_person_who_signs_out_at_the_org_signs_out_of_every_app() {
    let org = TestOrg::start().await;
    listen(&org, PORTICO, &format!("{APP_URL}/front-channel"), false);
    listen(&org, POSTING, "https://post.example.com/out", false);
    let mut browser = org.browser();
    let _ = signed_in_to_both(&mut browser).await;
    let url = format!("{ORG_URL}/oauth2/v1/logout");
    let asked = browser.get(&url).await;
    assert!(
        frames(&asked).is_empty(),
        "nothing is told before the answer"
    );
    let page = browser.submit(&asked, asked.form("/logout"), &[]).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("You are signed out"));
    assert_eq!(
        frames(&page),
        [
            format!("{APP_URL}/front-channel"),
            "https://post.example.com/out".to_owned()
        ]
    );
    assert!(
        !page.text().contains("http-equiv"),
        "there is nowhere to go on to"
    );
}

#[tokio::test]
async fn each_server_that_told_an_app_is_named_to_it() {
    let org = TestOrg::start().await;
    listen(&org, POSTING, "https://post.example.com/out", true);
    let mut browser = org.browser();
    let (portico, _) = signed_in_to_both(&mut browser).await;
    let custom = Authorize::app(POSTING, POSTING_CALLBACK).at("default");
    let answer = browser.get(&custom.url()).await;
    assert!(answer.location_parameter("code").is_some());
    let page = sign_out(&mut browser, &portico).await;
    let frames = frames(&page);
    assert_eq!(frames.len(), 2, "{frames:?}");
    assert!(
        frames
            .iter()
            .any(|frame| frame.contains("7000%2Foauth2%2Fdefault&sid="))
    );
}

#[tokio::test]
async fn the_metadata_says_that_apps_are_told() {
    let org = TestOrg::start().await;
    for server in ["", "/oauth2/default"] {
        let url = format!("{ORG_URL}{server}/.well-known/openid-configuration");
        let metadata = org.browser().get(&url).await.json();
        assert_eq!(metadata["frontchannel_logout_supported"], true);
        assert_eq!(metadata["frontchannel_logout_session_supported"], true);
        assert!(metadata["claims_supported"].to_string().contains("\"sid\""));
    }
}
