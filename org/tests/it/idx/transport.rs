use bytes::Bytes;
use http::header::{self, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TestOrg};

use super::client::{
    IDA, ION, PASSWORD_ONLY, SECRET, begin, interact, interaction, introspect, post, start,
};
use crate::support::{Authorize, JOHN, sign_in};

const INTROSPECT: &str = "http://localhost:7000/idp/idx/introspect";
const SPA: &str = "https://spa.example.com";

#[tokio::test]
async fn a_handle_of_nothing_is_an_expired_session_that_sdks_can_read() {
    let org = start().await;
    for body in [
        json!({ "stateHandle": "02.id.made-up" }),
        json!({ "interactionHandle": "" }),
        json!({ "stateToken": 1 }),
        json!({}),
    ] {
        let page = post(&mut org.browser(), INTROSPECT, ION, &body).await;
        assert_eq!(page.status, 401);
        assert_eq!(page.header("content-type"), "application/json");
        let answer = page.json();
        assert_eq!(answer["version"], "1.0.0");
        let message = &answer["messages"]["value"][0];
        assert_eq!(message["i18n"]["key"], "idx.session.expired");
        assert_eq!(message["class"], "ERROR");
    }
}

#[tokio::test]
async fn the_media_types_of_okta_and_plain_json_are_taken_and_nothing_that_a_form_can_send() {
    let org = start().await;
    let mut browser = org.browser();
    let answer = interact(&mut browser, &interaction(PASSWORD_ONLY)).await;
    let body = json!({ "interactionHandle": answer.json()["interaction_handle"] });
    for (media, answered) in [
        (ION, ION),
        ("application/json; okta-version=1.0.0", "application/json"),
        ("application/json", "application/json"),
        ("application/vnd.okta.v1+json", "application/json"),
    ] {
        let page = post(&mut browser, INTROSPECT, media, &body).await;
        assert_eq!(page.status, 200, "{media}");
        assert_eq!(page.header("content-type"), answered);
    }
    for media in ["text/plain", "application/x-www-form-urlencoded"] {
        let page = post(&mut browser, INTROSPECT, media, &body).await;
        assert_eq!(page.status, 415, "{media}");
        assert_eq!(page.json()["errorCode"], "E0000021");
    }
    let media = HeaderValue::from_static(ION);
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, media)]);
    for broken in ["{", "[]", "\"text\""] {
        let page = browser
            .send(
                Method::POST,
                INTROSPECT,
                headers.clone(),
                Bytes::from(broken),
            )
            .await;
        assert_eq!(page.status, 400, "{broken}");
        assert_eq!(page.json()["errorCode"], "E0000003");
    }
}

#[tokio::test]
async fn another_method_than_post_is_405_everywhere() {
    let org = start().await;
    let mut browser = org.browser();
    for path in [
        "/oauth2/v1/interact",
        "/oauth2/default/v1/interact",
        "/idp/idx/introspect",
        "/idp/idx/challenge/answer",
        "/idp/idx/consent",
    ] {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let url = format!("{ORG_URL}{path}");
            let page = browser
                .send(method, &url, HeaderMap::new(), Bytes::new())
                .await;
            assert_eq!(page.status, 405, "{path}");
            assert_eq!(page.json()["errorCode"], "E0000022");
            assert_eq!(page.header("allow"), "POST");
        }
    }
}

#[tokio::test]
async fn a_step_of_oktas_that_the_org_never_asks_for_says_its_name() {
    let org = start().await;
    for (path, step) in [
        ("/idp/idx/enroll/update", "enroll-profile-update"),
        ("/idp/idx/challenge/send", "enrollment-channel-data"),
        ("/idp/idx/request-activation", "request-activation-email"),
        ("/idp/idx/consent", "consent"),
        ("/idp/idx/device/activate", "user-code"),
    ] {
        let answer = from(&org, SPA, Method::POST, path).await;
        assert_eq!(answer.status, 501, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), SPA, "{path}");
        let error = answer.json();
        assert_eq!(error["errorCode"], "E0000060");
        let summary = format!("Not implemented in the local org: {step} (POST {path}).");
        assert_eq!(error["errorSummary"], summary);
    }
}

async fn from(org: &TestOrg, origin: &'static str, method: Method, path: &str) -> Page {
    let headers = HeaderMap::from_iter([
        (header::ORIGIN, HeaderValue::from_static(origin)),
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ]);
    let url = format!("{ORG_URL}{path}");
    let mut browser = org.browser();
    browser.send(method, &url, headers, Bytes::from("{}")).await
}

#[tokio::test]
async fn scripts_of_an_apps_origin_may_send_cookies_and_no_others_may_do_anything() {
    let org = start().await;
    for path in [
        "/oauth2/default/v1/interact",
        "/idp/idx/introspect",
        "/idp/idx/identify",
        "/idp/idx/cancel",
    ] {
        let preflight = from(&org, SPA, Method::OPTIONS, path).await;
        assert_eq!(preflight.status, 204, "{path}");
        let allowed = preflight.header("access-control-allow-headers");
        for name in ["Content-Type", "Accept", "X-Okta-User-Agent-Extended"] {
            assert!(allowed.contains(name), "{name} at {path}");
        }
        for method in [Method::OPTIONS, Method::POST] {
            let answer = from(&org, SPA, method.clone(), path).await;
            assert_eq!(answer.header("access-control-allow-origin"), SPA, "{path}");
            assert_eq!(answer.header("access-control-allow-credentials"), "true");
            assert_eq!(answer.header("vary"), "Origin");
            for stranger in ["https://stranger.example.com", "null"] {
                let answer = from(&org, stranger, method.clone(), path).await;
                assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
                assert_eq!(answer.header("access-control-allow-credentials"), "");
            }
        }
    }
}

#[tokio::test]
async fn signing_in_by_the_api_signs_the_browser_in_at_the_org() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    let mut step = step.answer(SECRET).await;
    assert!(step.browser.cookie("localhost", "idx").is_some());
    let request = Authorize::app(PASSWORD_ONLY, "https://spa.example.com/cb");
    let answer = step.browser.get(&request.url()).await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn what_a_browser_began_on_the_hosted_page_cannot_be_gone_on_with_by_the_api() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = browser.visit(&Authorize::portico().url()).await;
    let handle = page.url.path().rsplit('/').next().expect("a handle");
    for name in ["stateToken", "stateHandle", "interactionHandle"] {
        let body = json!({ name: handle });
        let answer = post(&mut browser, INTROSPECT, ION, &body).await;
        assert_eq!(answer.status, 401, "{name}");
    }
    let answer = sign_in(&mut browser, &Authorize::portico(), JOHN).await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn reloading_shows_the_step_and_repeats_no_message() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    let step = step.answer("wrong").await;
    assert_eq!(step.status, 401);
    let handle: Value = step.body["stateHandle"].clone();
    let again = introspect(step.browser, &json!({ "stateHandle": handle })).await;
    assert_eq!((again.status, again.messages()), (200, vec![]));
    assert_eq!(again.names(), ["challenge-authenticator"]);
}

#[tokio::test]
async fn too_many_wrong_answers_from_one_address_are_stopped_for_a_while() {
    let org = start().await;
    let mut step = begin(&org, PASSWORD_ONLY).await;
    let mut wrong = 0;
    while step.status != 429 && wrong < 100 {
        step = step.press("/cancel").await;
        step = step.identify(&format!("nobody{wrong}@example.com")).await;
        step = try_password(step).await;
        wrong += 1;
    }
    assert_eq!((step.status, wrong), (429, 51));
    assert_eq!(step.messages(), ["tooManyRequests"]);
}

async fn try_password(step: super::client::Step) -> super::client::Step {
    if step.status == 200 {
        step.answer("wrong").await
    } else {
        step
    }
}
