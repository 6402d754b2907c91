//! What the org sends to people, as developers and their tests read it.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use testkit::{ORG_URL, TEST_SEED, TestOrg};

use crate::dev::{
    CLOCK, INBOX, INBOX_JSON, post_json, post_json_from, read_json, read_page, send_trial,
};
use crate::support::{JANE, JOHN};

const NUMBER: &str = "+15551234567";

/// The recipients, in the order of the answer.
fn recipients(answer: &Value) -> Vec<&str> {
    let messages = answer["messages"].as_array().expect("messages");
    let to = messages.iter().map(|message| &message["to"]);
    to.map(|to| to.as_str().expect("a recipient")).collect()
}

#[tokio::test]
async fn a_message_is_there_with_its_code_and_its_link_for_programs_and_for_people() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    send_trial(&mut browser, "EMAIL", JOHN).await;
    send_trial(&mut browser, "SMS", NUMBER).await;

    for path in [INBOX, INBOX_JSON] {
        let answer = read_json(&mut browser, path).await.json();
        assert_eq!(recipients(&answer), [NUMBER, JOHN], "{path}");
        let mail = &answer["messages"][1];
        assert_eq!(mail["channel"], "EMAIL");
        assert_eq!(mail["code"], "123456");
        assert_eq!(mail["link"], format!("{ORG_URL}/"));
        assert_eq!(mail["sentAt"], "2026-01-05T09:00:00.000Z");
        assert_eq!(mail["deliveredAt"], Value::Null);
    }

    let page = read_page(&mut browser, INBOX).await;
    let text = page.text();
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(text.contains("123456") && text.contains(JOHN), "{text}");
    assert!(!text.contains("<script"), "works without a script");
    assert!(text.find(NUMBER) < text.find(JOHN), "newest first");

    assert_eq!(org.code_for(JOHN), "123456");
    assert_eq!(org.link_for(JOHN), format!("{ORG_URL}/"));
    assert_eq!(org.newest_message(NUMBER).channel, "SMS");
}

#[tokio::test]
async fn one_who_waits_gets_the_message_as_soon_as_it_is_sent() {
    let org = TestOrg::start().await;
    let (mut waiting, mut sending) = (org.browser(), org.browser());
    let path = format!("{INBOX_JSON}?to={JOHN}&wait=60s");
    let sends = async {
        // To somebody else first, which must not end the wait.
        send_trial(&mut sending, "EMAIL", JANE).await;
        send_trial(&mut sending, "EMAIL", JOHN).await;
    };
    let both = async { tokio::join!(read_json(&mut waiting, &path), sends) };
    let (answer, ()) = tokio::time::timeout(std::time::Duration::from_secs(20), both)
        .await
        .expect("an answer long before the wait is over");
    assert_eq!(recipients(&answer.json()), [JOHN]);
}

#[tokio::test]
async fn a_hundred_who_wait_at_once_each_get_their_own_message() {
    let org = TestOrg::start().await;
    let waits = (0..100).map(|number| {
        let mut browser = org.browser();
        tokio::spawn(async move {
            let to = format!("p{number}@example.com");
            let path = format!("{INBOX_JSON}?wait=60s&to={to}");
            assert_eq!(
                recipients(&read_json(&mut browser, &path).await.json()),
                [to]
            );
        })
    });
    let waits: Vec<_> = waits.collect();
    for number in 0..100 {
        let to = format!("p{number}@example.com");
        send_trial(&mut org.browser(), "EMAIL", &to).await;
    }
    for wait in waits {
        wait.await.expect("one message");
    }
}

#[tokio::test]
async fn a_wait_that_is_over_ends_with_nothing_and_says_where_to_go_on() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let read = read_json(&mut browser, &format!("{INBOX_JSON}?wait=1ms")).await;
    assert_eq!(read.json(), json!({ "messages": [], "last": 0 }));

    send_trial(&mut browser, "EMAIL", JOHN).await;
    let first = read_json(&mut browser, INBOX_JSON).await.json();
    let last = first["last"].as_i64().expect("a number");
    assert_eq!(first["messages"][0]["id"], last);
    let next = format!("{INBOX_JSON}?after={last}");
    let read = read_json(&mut browser, &next).await;
    assert_eq!(read.json(), json!({ "messages": [], "last": last }));

    send_trial(&mut browser, "EMAIL", JANE).await;
    let read = read_json(&mut browser, &next).await;
    assert_eq!(recipients(&read.json()), [JANE]);
}

#[tokio::test]
async fn the_inbox_is_filtered_by_recipient_and_by_channel_and_cut_at_a_limit() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    for (channel, to) in [
        ("EMAIL", JOHN),
        ("SMS", NUMBER),
        ("EMAIL", JANE),
        ("VOICE", NUMBER),
    ] {
        send_trial(&mut browser, channel, to).await;
    }
    for (query, expected) in [
        ("to=JOHN.DOE@EXAMPLE.COM", vec![JOHN]),
        ("to=+15551234567", vec![NUMBER, NUMBER]),
        ("to=%2B15551234567&channel=sms", vec![NUMBER]),
        ("channel=EMAIL", vec![JANE, JOHN]),
        ("limit=1", vec![NUMBER]),
        ("before=3", vec![NUMBER, JOHN]),
        ("to=nobody@example.com", vec![]),
    ] {
        let path = format!("{INBOX_JSON}?{query}");
        let answer = read_json(&mut browser, &path).await.json();
        assert_eq!(recipients(&answer), expected, "{query}");
    }
    let refused = read_json(&mut browser, &format!("{INBOX_JSON}?wait=soon")).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("such as 5s"));
}

#[tokio::test]
async fn the_page_shows_one_recipient_and_leads_to_older_messages() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    for _ in 0..51 {
        send_trial(&mut browser, "EMAIL", JOHN).await;
    }
    send_trial(&mut browser, "EMAIL", JANE).await;

    let page = read_page(&mut browser, &format!("{INBOX}?to={JANE}")).await;
    assert_eq!(page.text().matches("<article").count(), 1);
    assert!(!page.text().contains("Older messages"));

    let page = read_page(&mut browser, INBOX).await;
    assert_eq!(page.text().matches("<article").count(), 50);
    assert!(page.text().contains(r#"href="/dev/inbox?before=3""#));
    let page = read_page(&mut browser, &format!("{INBOX}?before=3")).await;
    assert_eq!(page.text().matches("<article").count(), 2);
}

#[tokio::test]
async fn what_people_call_themselves_is_shown_as_text() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let to = "<script>alert(1)</script>\"@example.com";
    send_trial(&mut browser, "EMAIL", to).await;
    let text = read_page(&mut browser, INBOX).await.text();
    assert!(!text.contains("<script"), "{text}");
    assert!(text.contains("&#60;script&#62;"), "{text}");
}

#[tokio::test]
async fn a_mail_is_shown_as_mail_programs_show_it_and_can_do_nothing() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    send_trial(&mut browser, "EMAIL", JOHN).await;
    send_trial(&mut browser, "SMS", NUMBER).await;
    let mail = browser.get(&format!("{ORG_URL}/dev/inbox/1/mail")).await;
    assert_eq!(mail.status, 200);
    assert!(mail.text().contains("123456"));
    let policy = mail.header("content-security-policy");
    assert!(policy.starts_with("sandbox") && policy.contains("default-src 'none'"));
    assert!(!policy.contains("allow-scripts") && !policy.contains("allow-same-origin"));
    for other in ["2", "99", "x"] {
        let missing = browser
            .get(&format!("{ORG_URL}/dev/inbox/{other}/mail"))
            .await;
        assert_eq!(missing.status, 404, "{other}");
    }
}

#[tokio::test]
async fn a_trial_message_can_be_sent_and_the_inbox_cleared_by_the_forms_of_the_page() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = read_page(&mut browser, INBOX).await;
    let fields = [("to", JOHN), ("channel", "EMAIL")];
    let forms = page.forms("/dev/inbox");
    let form = forms.into_iter().next_back().expect("the form for a trial");
    let sent = browser.submit(&page, form, &fields).await;
    assert_eq!(
        (sent.status.as_u16(), sent.header("location")),
        (303, INBOX)
    );
    send_trial(&mut browser, "EMAIL", JANE).await;
    assert_eq!(org.whole_inbox().len(), 2);

    let page = read_page(&mut browser, &format!("{INBOX}?to={JANE}")).await;
    let cleared = browser.submit(&page, page.form("/clear"), &[]).await;
    assert_eq!(cleared.status, 303);
    assert_eq!((org.inbox(JANE).len(), org.inbox(JOHN).len()), (0, 1));

    let page = read_page(&mut browser, INBOX).await;
    let cleared = browser.submit(&page, page.form("/clear"), &[]).await;
    assert_eq!(cleared.status, 303);
    assert!(org.whole_inbox().is_empty());
}

#[tokio::test]
async fn a_program_clears_the_inbox_of_one_or_of_all() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    for to in [JOHN, JANE, JANE] {
        send_trial(&mut browser, "EMAIL", to).await;
    }
    for (query, left) in [("?to=jane.roe@example.com", 1), ("", 0)] {
        let url = format!("{ORG_URL}{INBOX}{query}");
        let headers = HeaderMap::new();
        let answer = browser
            .send(Method::DELETE, &url, headers, Bytes::new())
            .await;
        assert_eq!(answer.status, 204);
        assert_eq!(org.whole_inbox().len(), left);
    }
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    send_trial(&mut browser, "EMAIL", JOHN).await;
    let url = |path: &str| format!("{ORG_URL}{path}");

    for path in [INBOX, "/dev/inbox/clear", CLOCK] {
        let fields = [("to", JANE), ("advance", "PT1H"), ("token", "guessed")];
        for fields in [&fields[..2], &fields[..]] {
            let answer = browser.post(&url(path), fields).await;
            assert_eq!(answer.status, 403, "{path}");
        }
        // What a form can pass off as JSON.
        let mut text = HeaderMap::new();
        text.insert("content-type", HeaderValue::from_static("text/plain"));
        let body = Bytes::from_static(br#"{"advance": 3600}"#);
        let answer = browser.send(Method::POST, &url(path), text, body).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    for site in ["cross-site", "same-site"] {
        let change = json!({ "advance": 3600 });
        let answer = post_json_from(&mut browser, CLOCK, change, Some(site)).await;
        assert_eq!(answer.status, 403, "{site}");
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static(site));
        let answer = browser
            .send(Method::DELETE, &url(INBOX), headers, Bytes::new())
            .await;
        assert_eq!(answer.status, 403, "{site}");
    }

    assert_eq!(org.whole_inbox().len(), 1);
    let clock = read_json(&mut browser, CLOCK).await.json();
    assert_eq!(clock["offset"], "PT0S");
    let allowed = post_json_from(
        &mut browser,
        CLOCK,
        json!({ "advance": 1 }),
        Some("same-origin"),
    );
    assert_eq!(allowed.await.status, 200);
}

#[tokio::test]
async fn an_org_that_others_reach_has_none_of_this() {
    let org = TestOrg::with_config(TEST_SEED, |config| config.dev = false).await;
    let mut browser = org.browser();
    for path in [
        "/dev",
        INBOX,
        INBOX_JSON,
        "/dev/inbox/clear",
        "/dev/inbox/1/mail",
        CLOCK,
        "/dev/totp?login=john.doe@example.com",
        "/dev/style.css",
    ] {
        assert_eq!(read_json(&mut browser, path).await.status, 404, "{path}");
        let posted = post_json(&mut browser, path, json!({ "advance": 5 })).await;
        assert_eq!(posted.status, 404, "{path}");
    }
}

#[tokio::test]
async fn messages_that_nobody_may_read_here_any_more_are_not_kept() {
    let org = TestOrg::start().await;
    send_trial(&mut org.browser(), "EMAIL", JOHN).await;
    let org = org.restart().await;
    assert_eq!(org.whole_inbox().len(), 1, "a restart alone loses nothing");
    let org = org.restart_with(|config| config.dev = false).await;
    assert!(org.whole_inbox().is_empty());
}

#[tokio::test]
async fn the_first_page_leads_to_the_others() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let text = read_page(&mut browser, "/dev").await.text();
    for path in [INBOX, CLOCK, "/dev/totp"] {
        assert!(text.contains(&format!("href=\"{path}\"")), "{path}");
        let page = read_page(&mut browser, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{path}"
        );
        let current = format!("href=\"{path}\" aria-current=\"page\"");
        assert!(page.text().contains(&current), "{path}");
    }
    let style = browser.get(&format!("{ORG_URL}/dev/style.css")).await;
    assert!(style.header("content-type").starts_with("text/css"));
}
