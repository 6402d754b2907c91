//! The System Log: what is written when people sign in, and how it is asked.

use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};
use testkit::{ORG_URL, TEST_SEED, TestOrg};

use super::Api;
use crate::support::{
    Authorize, JOHN, PORTICO, SUSPENDED, basic, give_password, redeem, to_password_page, tokens_for,
};

async fn events(api: &mut Api, query: &str) -> Vec<Value> {
    let answer = api.get(&format!("/api/v1/logs?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    answer.body.as_array().expect("a list").clone()
}

fn types(events: &[Value]) -> Vec<&str> {
    let types = events.iter().map(|event| event["eventType"].as_str());
    types.map(|name| name.expect("a type")).collect()
}

#[tokio::test]
async fn a_sign_in_and_its_tokens_are_told_from_the_first_proof_to_the_last_token() {
    let org = TestOrg::start().await;
    tokens_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    let mut api = Api::admin(&org).await;
    let told = events(&mut api, "filter=eventType%20sw%20%22user.%22%20or%20eventType%20sw%20%22app.%22%20or%20eventType%20sw%20%22policy.%22").await;
    assert_eq!(
        types(&told),
        [
            "policy.evaluate_sign_on",
            "policy.evaluate_sign_on",
            "user.authentication.auth_via_mfa",
            "policy.evaluate_sign_on",
            "policy.evaluate_sign_on",
            "user.session.start",
            "user.authentication.sso",
            "app.oauth2.authorize.code",
            "app.oauth2.token.grant.access_token",
            "app.oauth2.token.grant.id_token",
        ]
    );
    let results: Vec<&str> = told
        .iter()
        .filter_map(|event| event["outcome"]["result"].as_str())
        .collect();
    assert_eq!(
        results[..6],
        [
            "CHALLENGE",
            "CHALLENGE",
            "SUCCESS",
            "ALLOW",
            "ALLOW",
            "SUCCESS"
        ]
    );
    let start = &told[5];
    assert_eq!(start["actor"]["alternateId"], JOHN);
    assert_eq!(start["actor"]["displayName"], "John Doe");
    assert_eq!(start["target"][0]["id"], PORTICO);
    assert_eq!(start["target"][0]["type"], "AppInstance");
    assert_eq!(start["authenticationContext"]["credentialType"], "PASSWORD");
    let session = &start["authenticationContext"]["externalSessionId"];
    assert!(
        session.as_str().is_some_and(|id| id.starts_with("102")),
        "{session}"
    );
    assert_eq!(
        told[7]["authenticationContext"]["externalSessionId"],
        *session
    );
    assert_eq!(
        start["transaction"]["id"],
        start["debugContext"]["debugData"]["requestId"]
    );
}

#[tokio::test]
async fn a_decision_names_its_policy_and_rule_and_what_was_looked_at() {
    let org = TestOrg::start().await;
    tokens_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    let mut api = Api::admin(&org).await;
    let filter = "filter=eventType%20eq%20%22policy.evaluate_sign_on%22%20and%20outcome.result%20eq%20%22ALLOW%22";
    let told = events(&mut api, filter).await;
    let access = &told[1]["target"];
    assert_eq!(access[0]["type"], "PolicyEntity");
    assert_eq!(access[0]["displayName"], "Password only");
    assert_eq!(
        access[0]["detailEntry"],
        json!({"policyType": "AccessPolicy"})
    );
    assert_eq!(access[1]["type"], "PolicyRule");
    assert_eq!(access[1]["alternateId"], access[0]["id"]);
    let checks = told[1]["debugContext"]["debugData"]["checks"].as_str();
    assert!(
        checks.is_some_and(|checks| checks.contains("match")),
        "{checks:?}"
    );
}

#[tokio::test]
async fn a_wrong_password_an_unknown_name_and_a_lock_are_told_and_no_secret_is() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    for (login, password) in [
        (JOHN, "wrong-hunter2-secret"),
        ("nobody@example.com", "guess-at-nobody"),
        (SUSPENDED, "guess-at-suspended"),
    ] {
        let page = to_password_page(&mut browser, &Authorize::portico(), login).await;
        let answer = give_password(&mut browser, &page, password).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    for _ in 0..12 {
        let page = to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
        drop(give_password(&mut browser, &page, "not-it").await);
    }
    let mut api = Api::admin(&org).await;
    let failed = events(&mut api, "filter=eventType%20eq%20%22user.session.start%22").await;
    let told: Vec<_> = failed
        .iter()
        .take(3)
        .map(|event| {
            (
                event["actor"]["alternateId"].as_str(),
                event["actor"]["displayName"].as_str(),
                event["outcome"]["reason"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some(JOHN), Some("John Doe"), Some("INVALID_CREDENTIALS")),
            (
                Some("nobody@example.com"),
                Some("unknown"),
                Some("VERIFICATION_ERROR")
            ),
            (
                Some(SUSPENDED),
                Some("Sus Pended"),
                Some("VERIFICATION_ERROR")
            ),
        ]
    );
    assert_eq!(failed[0]["severity"], "WARN");
    assert_eq!(
        failed.last().expect("one")["outcome"]["reason"],
        "LOCKED_OUT"
    );
    let locks = events(&mut api, "filter=eventType%20eq%20%22user.account.lock%22").await;
    assert_eq!(locks.len(), 1);
    assert_eq!(locks[0]["target"][0]["alternateId"], JOHN);
    let all: Vec<String> = events(&mut api, "limit=1000")
        .await
        .iter()
        .map(Value::to_string)
        .collect();
    for secret in ["hunter2", "guess-at", "not-it"] {
        assert!(!all.iter().any(|event| event.contains(secret)), "{secret}");
    }
}

#[tokio::test]
async fn wrong_client_credentials_and_refused_codes_are_told_without_what_was_sent() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    drop(redeem(&mut browser, "code-that-nobody-gave").await);
    let url = format!("{ORG_URL}/oauth2/v1/token");
    drop(
        browser
            .post_with(
                &url,
                basic(PORTICO, "wrong-client-secret"),
                &[("grant_type", "authorization_code")],
            )
            .await,
    );
    let mut api = Api::admin(&org).await;
    let told = events(&mut api, "q=app.oauth2").await;
    assert_eq!(
        types(&told),
        [
            "app.oauth2.token.grant.access_token",
            "app.oauth2.invalid_client_credentials"
        ]
    );
    assert_eq!(
        told[0]["outcome"],
        json!({"result": "FAILURE", "reason": "invalid_grant"})
    );
    assert_eq!(told[0]["actor"]["id"], PORTICO);
    assert_eq!(told[1]["actor"]["alternateId"], PORTICO);
    let text = json!(told).to_string();
    assert!(!text.contains("wrong-client-secret") && !text.contains("code-that-nobody-gave"));
}

#[tokio::test]
async fn whoever_polls_hears_every_event_once() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mut next = "/api/v1/logs?limit=3&filter=eventType%20sw%20%22group.%22".to_owned();
    let mut heard = Vec::new();
    for number in 0..9 {
        let profile = json!({"name": format!("Group {number}")});
        assert_eq!(
            api.post("/api/v1/groups", json!({"profile": profile}))
                .await
                .status,
            200
        );
        if number % 4 == 3 {
            for _ in 0..3 {
                let answer = api.get(&next).await;
                heard.extend(answer.body.as_array().expect("a list").clone());
                next = answer.link("next").expect("a link to what comes");
            }
        }
    }
    let answer = api.get(&next).await;
    heard.extend(answer.body.as_array().expect("a list").clone());
    let names: Vec<_> = heard
        .iter()
        .map(|event| event["target"][0]["displayName"].as_str().expect("a name"))
        .collect();
    let expected: Vec<String> = (0..9).map(|number| format!("Group {number}")).collect();
    assert_eq!(names, expected);
    let empty = api.get(&answer.link("next").expect("a link")).await;
    assert_eq!(empty.body, json!([]));
    assert!(empty.link("next").is_some());
}

#[tokio::test]
async fn a_bounded_question_ends_and_can_be_turned_round() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for number in 0..5 {
        org.clock.advance_seconds(60);
        let profile = json!({"name": format!("Group {number}")});
        api.post("/api/v1/groups", json!({"profile": profile}))
            .await;
    }
    let window = "since=2026-01-05T09:01:00.000Z&until=2026-01-05T09:05:00.000Z&q=group";
    let names = |events: &[Value]| -> Vec<String> {
        events
            .iter()
            .map(|event| {
                event["target"][0]["displayName"]
                    .to_string()
                    .replace('"', "")
            })
            .collect()
    };
    let mut next = Some(format!("/api/v1/logs?{window}&limit=3"));
    let mut walked = Vec::new();
    while let Some(address) = next {
        let page = api.get(&address).await;
        walked.extend(names(page.body.as_array().expect("a list")));
        next = page.link("next");
    }
    assert_eq!(walked, ["Group 0", "Group 1", "Group 2", "Group 3"]);
    let down = events(&mut api, &format!("{window}&sortOrder=DESCENDING&limit=2")).await;
    assert_eq!(names(&down), ["Group 3", "Group 2"]);
    let down = api.get("/api/v1/logs?sortOrder=DESCENDING&limit=1").await;
    assert_eq!(names(down.body.as_array().expect("a list")), ["Group 4"]);
}

#[tokio::test]
async fn events_are_found_by_what_they_are_about() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let mut api = Api::admin(&org).await;
    for (query, expected) in [
        (format!("target.id eq \"{PORTICO}\" and eventType eq \"user.session.start\""), 1),
        (format!("actor.alternateId eq \"{JOHN}\" and eventType eq \"user.session.start\""), 1),
        ("actor.type eq \"User\" and eventType eq \"user.session.start\"".to_owned(), 1),
        ("target.type eq \"AppInstance\" and outcome.result eq \"SUCCESS\" and eventType co \"SESSION\"".to_owned(), 1),
        ("severity eq \"WARN\"".to_owned(), 0),
        ("displayMessage eq \"User login to Okta\"".to_owned(), 1),
        ("published gt \"2026-01-05T09:00:00.000Z\"".to_owned(), 0),
        ("eventType eq \"user.session.start\" and not (target.id eq \"nobody\")".to_owned(), 1),
        ("client.ipAddress pr".to_owned(), 0),
    ] {
        let filter: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let found = events(&mut api, &format!("filter={filter}")).await;
        assert_eq!(found.len(), expected, "{query}");
    }
    assert_eq!(
        types(&events(&mut api, "q=jOHn+login").await),
        ["user.session.start"]
    );
}

#[tokio::test]
async fn a_question_that_cannot_be_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (query, code) in [
        ("limit=-1", "E0000001"),
        ("limit=1001", "E0000001"),
        ("limit=x", "E0000001"),
        ("since=yesterday", "E0000001"),
        (
            "since=2026-01-05T09:00:00Z&until=2026-01-04T09:00:00Z",
            "E0000001",
        ),
        ("sortOrder=UP", "E0000001"),
        ("filter=secret%20eq%20%22x%22", "E0000053"),
        ("filter=eventType", "E0000053"),
        ("filter=target%5Bid%20eq%20%22x%22%5D", "E0000053"),
        ("q=1+2+3+4+5+6+7+8+9+10+11", "E0000001"),
        ("q=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "E0000001"),
        ("after=no+cursor", "E0000029"),
        ("after=abc", "E0000029"),
        ("until=2026-01-06T09:00:00Z&after=12", "E0000029"),
    ] {
        let answer = api.get(&format!("/api/v1/logs?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.body);
        assert_eq!(answer.body["errorCode"], code, "{query}");
    }
    assert_eq!(events(&mut api, "limit=0").await, Vec::<Value>::new());
}

#[tokio::test]
async fn after_ninety_days_an_event_is_forgotten() {
    let org = TestOrg::start().await;
    // Its token is an event, and has ended by then.
    Api::admin(&org).await;
    let count = || -> i64 {
        let query = "SELECT count(*) FROM events WHERE type = 'system.api_token.create'";
        org.database()
            .query_row(query, [], |row| row.get(0))
            .expect("a count")
    };
    assert_eq!(count(), 1);
    org.clock.advance_seconds(91 * 24 * 3600);
    let mut api = Api::admin(&org).await;
    assert_eq!(count(), 2);
    let shown = events(&mut api, "since=2026-01-01T00:00:00Z").await;
    assert_eq!(types(&shown), ["system.api_token.create"]);
    // A sign-in sweeps.
    drop(org.browser().visit(&Authorize::portico().url()).await);
    assert_eq!(count(), 1);
}

/// What the org wrote to its standard output.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the lines").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_is_committed_is_a_line_of_json_in_the_order_of_the_log() {
    let lines = Lines::default();
    let sink = lines.clone();
    let org = TestOrg::with_config(TEST_SEED, |config| {
        config.system_log = Some(org::SystemLogLines::to(sink));
    })
    .await;
    tokens_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    let mut api = Api::admin(&org).await;
    // An administrator's change that fails writes nothing.
    assert_eq!(
        api.post("/api/v1/groups", json!({"profile": {"name": "Everyone"}}))
            .await
            .status,
        400
    );
    assert_eq!(
        api.post("/api/v1/groups", json!({"profile": {"name": "New"}}))
            .await
            .status,
        200
    );
    // The last write's lines follow its answer; a further change is behind them.
    api.post("/api/v1/groups", json!({"profile": {"name": "Newer"}}))
        .await;
    let log = events(&mut api, "limit=1000").await;
    let text = String::from_utf8(lines.0.lock().expect("the lines").clone()).expect("UTF-8");
    let written: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(
        written.len() + 1 >= log.len() && written.len() > 8,
        "{} of {}",
        written.len(),
        log.len()
    );
    assert_eq!(written, log[..written.len()]);
}
