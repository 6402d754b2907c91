//! The org's clock, moved by those who have no time to wait.

use serde_json::json;
use testkit::{ORG_URL, TestOrg};

use crate::dev::{CLOCK, INBOX_JSON, post_json, read_json, read_page, send_trial};
use crate::support::{Authorize, JOHN, code_for, oauth_error, redeem};

#[tokio::test]
async fn the_clock_is_read_set_advanced_and_reset() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let start = json!({
        "now": "2026-01-05T09:00:00.000Z",
        "realTime": "2026-01-05T09:00:00.000Z",
        "offset": "PT0S",
    });
    assert_eq!(read_json(&mut browser, CLOCK).await.json(), start);

    for (change, now, offset) in [
        (
            json!({ "advance": "PT10M" }),
            "2026-01-05T09:10:00.000Z",
            "PT10M",
        ),
        (
            json!({ "advance": 50 }),
            "2026-01-05T09:10:50.000Z",
            "PT10M50S",
        ),
        (
            json!({ "advance": "-1h" }),
            "2026-01-05T08:10:50.000Z",
            "-PT49M10S",
        ),
        (
            json!({ "set": "2026-01-06T09:00:00Z" }),
            "2026-01-06T09:00:00.000Z",
            "PT24H",
        ),
    ] {
        let answer = post_json(&mut browser, CLOCK, change.clone()).await;
        assert_eq!(answer.status, 200, "{change}");
        let expected = json!({ "now": now, "realTime": start["now"], "offset": offset });
        assert_eq!(answer.json(), expected, "{change}");
    }
    org.clock.advance_seconds(5);
    let read = read_json(&mut browser, CLOCK).await.json();
    assert_eq!(read["now"], "2026-01-06T09:00:05.000Z", "it goes on");
    org.clock.advance_seconds(-5);
    let answer = post_json(&mut browser, CLOCK, json!({ "reset": true })).await;
    assert_eq!(answer.json(), start);
}

#[tokio::test]
async fn a_change_that_makes_no_sense_is_refused_and_moves_nothing() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    for change in [
        json!({}),
        json!([]),
        json!({ "set": "9999-01-01T00:00:00Z" }),
        json!({ "advance": "soon" }),
        json!({ "advance": i64::MAX }),
        json!({ "reset": true, "advance": 1 }),
    ] {
        let answer = post_json(&mut browser, CLOCK, change.clone()).await;
        assert_eq!(answer.status, 400, "{change}");
        assert!(answer.json()["error"].is_string(), "{change}");
    }
    assert_eq!(
        read_json(&mut browser, CLOCK).await.json()["offset"],
        "PT0S"
    );
}

#[tokio::test]
async fn the_page_moves_the_clock_by_its_forms_and_says_what_was_wrong() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = read_page(&mut browser, CLOCK).await;
    assert!(page.text().contains("2026-01-05T09:00:00"));
    assert!(
        !page.text().contains("name=\"reset\""),
        "nothing to reset yet"
    );

    let moved = browser
        .submit(&page, page.form(CLOCK), &[("advance", "P1D")])
        .await;
    assert_eq!(moved.status, 303);
    let page = read_page(&mut browser, CLOCK).await;
    assert!(
        page.text().contains("The org is 1d ahead"),
        "{}",
        page.text()
    );

    let moved = browser
        .submit(&page, page.form(CLOCK), &[("set", "2031-02-03T04:05:06")])
        .await;
    assert_eq!(moved.status, 303);
    assert_eq!(org.org().clock().now().to_string(), "2031-02-03T04:05:06Z");

    let wrong = browser
        .submit(&page, page.form(CLOCK), &[("set", "never")])
        .await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains("role=\"alert\"") && wrong.text().contains("2030-01-31"));

    let back = browser
        .submit(&page, page.form(CLOCK), &[("reset", "true")])
        .await;
    assert_eq!(back.status, 303);
    assert_eq!(org.org().clock().now().to_string(), "2026-01-05T09:00:00Z");
}

#[tokio::test]
async fn what_has_a_time_follows_the_clock() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
    let moved = post_json(&mut browser, CLOCK, json!({ "advance": "PT1H" })).await;
    assert_eq!(moved.status, 200);
    let (error, _) = oauth_error(&redeem(&mut browser, &code).await);
    assert_eq!(error, "invalid_grant");

    send_trial(&mut browser, "EMAIL", JOHN).await;
    let inbox = read_json(&mut browser, INBOX_JSON).await.json();
    assert_eq!(inbox["messages"][0]["sentAt"], "2026-01-05T10:00:00.000Z");
}

#[tokio::test]
async fn a_restart_brings_the_clock_back() {
    let org = TestOrg::start().await;
    let moved = post_json(&mut org.browser(), CLOCK, json!({ "advance": "PT1H" })).await;
    assert_eq!(moved.json()["offset"], "PT1H");
    let org = org.restart().await;
    let clock = org.browser().get(&format!("{ORG_URL}{CLOCK}")).await;
    assert!(clock.text().contains("2026-01-05T09:00:00"));
}
