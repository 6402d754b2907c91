use std::collections::HashMap;
use std::fmt::Write as _;
use testkit::TestOrg;

use super::client::{App, PHONE, SECRET, outcome, start, text};

/// Who gets what, by which flow.
const CASES: &str = include_str!("cases.tsv");
const FLOWS: [&str; 6] = [
    "password",
    "password+otp",
    "password+sms",
    "otp",
    "sms",
    "voice",
];

/// Goes through a flow with the right answers of an ordinary person.
async fn walk(org: &TestOrg, app: &str, login: &str, flow: &str) -> String {
    let mut app = App::of_table(org, app);
    let before = org.inbox(PHONE).len();
    match flow {
        "otp" => {
            let code = app.shown(login).await;
            return outcome(&app.otp(login, &code).await);
        }
        "sms" | "voice" => {
            let sent = app.primary(login, flow).await;
            if sent.status != 200 {
                return outcome(&sent);
            }
            let code = app.received(before);
            return outcome(&app.oob(&text(&sent, "oob_code"), &code).await);
        }
        _ => {}
    }
    let first = app.password(login, SECRET).await;
    let seen = outcome(&first);
    if flow == "password" || seen != "403 mfa" {
        return seen;
    }
    let token = text(&first, "mfa_token");
    if flow == "password+otp" {
        let code = app.shown(login).await;
        return outcome(&app.mfa_otp(&token, &code).await);
    }
    let sent = app.challenge(&token, "sms").await;
    if sent.json()["oob_code"].is_null() {
        return if sent.status == 200 {
            "other-way".to_owned()
        } else {
            outcome(&sent)
        };
    }
    let code = app.received(before);
    outcome(&app.mfa_oob(&token, &text(&sent, "oob_code"), &code).await)
}

/// Rows are walked in an org for each app; between two rows enough time passes for another time-based code and text message.
#[tokio::test]
async fn direct_authentication_gives_what_the_table_says() {
    let mut orgs: HashMap<&str, TestOrg> = HashMap::new();
    let (mut wrong, mut rows) = (String::new(), 0);
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().expect("a user, an app and six outcomes");
        let (user, app) = (cell(), cell());
        if !orgs.contains_key(app) {
            orgs.insert(app, start().await);
        }
        let org = &orgs[app];
        for flow in FLOWS {
            let expected = cell();
            org.clock.advance_seconds(600);
            let login = format!("{user}@example.com");
            let seen = walk(org, app, &login, flow).await;
            if seen != expected {
                writeln!(
                    wrong,
                    "{user}\t{app}\t{flow}\t{seen}\n  expected {expected}"
                )
                .expect("room");
            }
            rows += 1;
        }
    }
    assert!(rows >= 200, "{rows} outcomes are no table");
    assert!(wrong.is_empty(), "these are not so:\n{wrong}");
}
