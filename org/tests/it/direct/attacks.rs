//! Who guesses at the token endpoint, and what changes between the first step and the last.

use testkit::{Page, TestOrg};
use tokio::task::JoinSet;

use super::client::{App, PHONE, SECRET, outcome, start, text};

const CAT: &str = "cat@example.com";
const DAN: &str = "dan@example.com";

/// What takes a person's access away, and what gives it back.
const CHANGES: [(&str, &str); 5] = [
    ("SELECT 1", "SELECT 1"),
    (
        "UPDATE users SET status = 'SUSPENDED'",
        "UPDATE users SET status = 'ACTIVE'",
    ),
    (
        "UPDATE users SET status = 'DEPROVISIONED'",
        "UPDATE users SET status = 'ACTIVE'",
    ),
    (
        "UPDATE policy_rules SET actions = json_set(actions, '$.appSignOn.access', 'DENY') \
         WHERE json_extract(actions, '$.appSignOn.access') = 'ALLOW'",
        "UPDATE policy_rules SET actions = json_set(actions, '$.appSignOn.access', 'ALLOW') \
         WHERE json_extract(actions, '$.appSignOn.access') = 'DENY'",
    ),
    ("DELETE FROM app_groups", "SELECT 1"),
];

fn change(org: &TestOrg, sql: &str) {
    org.database().execute_batch(sql).expect("a change");
}

#[tokio::test]
async fn whose_access_ends_between_the_first_step_and_the_last_gets_no_tokens() {
    let org = start().await;
    for (sql, undo) in CHANGES {
        let is_let_in = sql == "SELECT 1";
        org.clock.advance_seconds(600);
        let mut app = App::of_table(&org, "Mfa");
        let token = text(&app.password(DAN, SECRET).await, "mfa_token");
        let code = app.shown(DAN).await;
        let mut other = App::of_table(&org, "One");
        let oob_code = text(&other.primary(CAT, "sms").await, "oob_code");
        let sent = org.code_for(PHONE);
        change(&org, sql);
        for answer in [
            app.mfa_otp(&token, &code).await,
            other.oob(&oob_code, &sent).await,
        ] {
            assert_eq!(answer.status == 200, is_let_in, "{sql}: {}", answer.text());
        }
        change(&org, undo);
    }
}

fn failures(org: &TestOrg) -> i64 {
    let query = "SELECT coalesce(sum(total), 0) FROM attempts";
    let count = org.database().query_row(query, [], |row| row.get(0));
    count.expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_guesses_at_a_code_five_are_looked_at_and_another_code_gives_no_more() {
    let org = start().await;
    let mut app = App::of_table(&org, "One");
    for interactions in 1..=2 {
        let oob_code = text(&app.primary(CAT, "sms").await, "oob_code");
        let code = org.code_for(PHONE);
        let mut guesses = JoinSet::new();
        for number in 0..200 {
            let guess = format!("{number:06}");
            if guess != code {
                let (org, oob_code) = (org.clone(), oob_code.clone());
                guesses.spawn(async move {
                    App::of_table(&org, "One")
                        .oob(&oob_code, &guess)
                        .await
                        .status
                });
            }
        }
        let answers = guesses.join_all().await;
        assert!(answers.iter().all(|status| *status != 200));
        assert_eq!(failures(&org), 5 * interactions, "five of each");
        let answer = app.oob(&oob_code, &code).await;
        assert_ne!(answer.status, 200, "it has died: {}", answer.text());
        org.clock.advance_seconds(60);
    }
    // Ten failures lock, as everywhere, and nobody who guesses is told.
    let before = org.inbox(PHONE).len();
    let oob_code = text(&app.primary(CAT, "sms").await, "oob_code");
    assert_eq!(org.inbox(PHONE).len(), before);
    assert_eq!(outcome(&app.oob(&oob_code, "000000").await), "400 code");
    assert_eq!(outcome(&app.password(CAT, SECRET).await), "400 credentials");
}

/// An answer without what is drawn anew for each.
fn masked(answer: &Page) -> (u16, String, [String; 3]) {
    let body = answer.json();
    let drawn = body["oob_code"].as_str().unwrap_or("nothing").to_owned();
    let headers = ["content-type", "cache-control", "set-cookie"];
    (
        answer.status.as_u16(),
        answer.text().replace(&drawn, "*"),
        headers.map(|name| answer.header(name).to_owned()),
    )
}

#[tokio::test]
async fn every_endpoint_answers_alike_for_somebody_who_is_wrong_and_for_nobody() {
    let org = start().await;
    for app in ["One", "Two", "Have"] {
        let mut seen = Vec::new();
        for login in [CAT, DAN, "ann@example.com", "nobody@example.com"] {
            let mut app = App::of_table(&org, app);
            let mut answers = vec![
                app.password(login, "wrong").await,
                app.otp(login, "000000").await,
            ];
            for channel in ["sms", "voice"] {
                let sent = app.primary(login, channel).await;
                let oob_code = text(&sent, "oob_code");
                answers.extend([sent, app.oob(&oob_code, "000000").await]);
            }
            seen.push(answers.iter().map(masked).collect::<Vec<_>>());
            org.clock.advance_seconds(600);
        }
        assert!(
            seen.iter().all(|answers| *answers == seen[0]),
            "{app}: {seen:#?}"
        );
    }
}
