//! The codes of authenticator apps, for those whose telephone is elsewhere.

use http::Method;
use serde_json::{Value, json};
use testkit::{ORG_URL, TEST_SEED, TestOrg};

use crate::dev::{CLOCK, post_json, read_json, read_page};
use crate::support::{JANE, JOHN};

/// The key of the test values in RFC 6238, appendix B.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// 1111111109 seconds after 1970, one of the moments there, and the last two steps around it.
const MOMENT: &str = "2005-03-18T01:58:29Z";
const CODES: [&str; 2] = ["081804", "050471"];
const STEP: i64 = 37_037_036;

async fn org_with_app() -> TestOrg {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    seed["users"][0]["factors"] = json!([{ "type": "google_otp", "secret": SECRET }]);
    let org = TestOrg::with_seed(&seed.to_string()).await;
    let moved = post_json(&mut org.browser(), CLOCK, json!({ "set": MOMENT })).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    org
}

async fn codes(org: &TestOrg, login: &str) -> Value {
    let path = format!("/dev/totp?login={login}");
    read_json(&mut org.browser(), &path).await.json()
}

#[tokio::test]
async fn the_code_is_the_one_that_the_app_shows() {
    let org = org_with_app().await;
    let expected = json!({
        "login": JOHN,
        "codes": [{
            "authenticator": "google_otp",
            "code": CODES[0],
            "changesAt": "2005-03-18T01:58:30.000Z",
        }],
    });
    assert_eq!(codes(&org, JOHN).await, expected);
    let page = read_page(&mut org.browser(), "/dev/totp").await;
    assert!(page.text().contains(CODES[0]) && page.text().contains(JOHN));
    assert!(!page.text().contains(JANE), "she has no app");
    assert!(!page.text().contains(SECRET));
}

#[tokio::test]
async fn a_code_that_was_used_makes_way_for_the_next_that_is_accepted() {
    let org = org_with_app().await;
    for (last_step, code) in [
        (STEP - 1, json!(CODES[0])),
        (STEP, json!(CODES[1])),
        (STEP + 1, json!(null)),
    ] {
        let used = "UPDATE enrollments SET last_step = ?1 WHERE authenticator_key = 'google_otp'";
        assert_eq!(org.execute(used, [last_step]), 1);
        assert_eq!(
            codes(&org, JOHN).await["codes"][0]["code"],
            code,
            "{last_step}"
        );
    }
}

#[tokio::test]
async fn who_has_no_app_has_no_code_and_who_is_unknown_is_said_to_be() {
    let org = org_with_app().await;
    assert_eq!(
        codes(&org, JANE).await,
        json!({ "login": JANE, "codes": [] })
    );
    let mut browser = org.browser();
    let nobody = read_json(&mut browser, "/dev/totp?login=nobody").await;
    assert_eq!(nobody.status, 404);
    assert!(nobody.text().contains("nobody"));
    assert_eq!(read_json(&mut browser, "/dev/totp").await.status, 400);
    let url = format!("{ORG_URL}/dev/totp?login={JOHN}");
    let posted = browser
        .send(
            Method::POST,
            &url,
            http::HeaderMap::new(),
            bytes::Bytes::new(),
        )
        .await;
    assert_eq!(posted.status, 404, "nothing changes by it");
}
