use std::sync::Arc;

use org::{Org, Seed};
use testkit::{ORG_URL, SeededEntropy, TestClock, TestOrg, test_settings};
use url::Url;

use crate::support::{Authorize, JOHN, code_for, redeem, tokens_for, userinfo};

#[tokio::test]
async fn a_restart_keeps_keys_sessions_codes_tokens_and_sign_ins_in_progress() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let code = browser
        .get(&Authorize::portico().url())
        .await
        .location_parameter("code")
        .expect("a code");
    let page = org.browser().visit(&Authorize::portico().url()).await;
    let keys = browser
        .get(&format!("{ORG_URL}/oauth2/v1/keys"))
        .await
        .text();
    let client = org.org().portico_client().client_id;
    let jar = browser
        .cookie("localhost", "idx")
        .expect("a session")
        .to_owned();
    drop(browser);

    let org = org.restart().await;
    let mut browser = org.browser();
    browser.set_cookie("localhost", "idx", &jar);
    assert_eq!(
        browser
            .get(&format!("{ORG_URL}/oauth2/v1/keys"))
            .await
            .text(),
        keys
    );
    assert_eq!(org.org().portico_client().client_id, client);
    assert_eq!(redeem(&mut browser, &code).await.status, 200);
    let token = tokens["access_token"].as_str().expect("a token");
    assert_eq!(userinfo(&mut browser, token).await.status, 200);
    let silent = Authorize::portico().with("prompt", "none").url();
    assert!(
        browser
            .get(&silent)
            .await
            .location_parameter("code")
            .is_some()
    );
    // Found, but not by a browser without the device cookie: it exists still, and is still guarded.
    let rows: i64 = org
        .database()
        .query_row(
            "SELECT count(*) FROM interactions WHERE state LIKE '%identify%'",
            [],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(rows, 1, "{}", page.url);
}

#[tokio::test]
async fn a_second_process_is_refused_while_the_first_holds_the_directory() {
    let org = TestOrg::start().await;
    let refused = open_again(&org)
        .await
        .expect_err("held by the first")
        .to_string();
    assert!(
        refused.contains("is in use by another process"),
        "{refused}"
    );
    assert!(refused.contains("ORG_DATA_DIR"), "{refused}");
}

async fn open_again(org: &TestOrg) -> Result<Org, org::OpenError> {
    let (clock, entropy) = (Arc::new(TestClock::new()), Arc::new(SeededEntropy::new(7)));
    Org::open_with_insecure_test_settings(org.config(), clock, entropy, test_settings()).await
}

#[tokio::test]
async fn nothing_secret_stands_readable_in_the_data_directory_but_the_credentials_file() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::portico(), JOHN).await;
    let tokens = redeem(&mut browser, &code).await.json();
    let session = browser
        .cookie("localhost", "idx")
        .expect("a session")
        .to_owned();
    let device = browser
        .cookie("localhost", "dt")
        .expect("a device")
        .to_owned();
    let token = tokens["access_token"].as_str().expect("a token");
    let signing_key = &test_settings().signing_keys[0][200..260];
    let secrets: Vec<(&str, &[u8])> = vec![
        ("code", code.as_bytes()),
        ("session", session.as_bytes()),
        ("device", device.as_bytes()),
        ("access token", token.as_bytes()),
        ("password", testkit::PASSWORD.as_bytes()),
        ("client secret", b"portico-secret"),
        ("signing key", signing_key),
    ];
    for entry in std::fs::read_dir(org.dir().path()).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.file_name().is_some_and(|name| name == "credentials") {
            continue;
        }
        let content = std::fs::read(&path).expect("a file");
        for (name, secret) in &secrets {
            let found = content
                .windows(secret.len())
                .any(|window| window == *secret);
            assert!(!found, "the {name} stands in {}", path.display());
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_file_and_the_credentials_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let org = TestOrg::start().await;
    for name in ["credentials", "sealing-key"] {
        let metadata = std::fs::metadata(org.dir().path().join(name)).expect("a file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn the_app_is_registered_where_it_is_now() {
    let org = TestOrg::start().await;
    let dir = org.dir().path().to_owned();
    let mut config = org.config();
    config.app_url = Url::parse("https://app.example.com/").expect("an address");
    config.data_dir = dir.join("moved");
    let (clock, entropy) = (Arc::new(TestClock::new()), Arc::new(SeededEntropy::new(7)));
    let reopen = |app_url: &str| {
        let mut config = org.config();
        config.data_dir = dir.join("moved");
        config.app_url = Url::parse(app_url).expect("an address");
        Org::open_with_insecure_test_settings(
            config,
            clock.clone(),
            entropy.clone(),
            test_settings(),
        )
    };
    drop(
        reopen("https://app.example.com/")
            .await
            .expect("a first start"),
    );
    let moved = reopen("https://new.example.com")
        .await
        .expect("a second start");
    let mut browser = testkit::Browser::new().with_site(ORG_URL, moved.router());
    for (uri, status) in [
        ("https://new.example.com/login/callback", 302),
        ("https://app.example.com/login/callback", 400),
    ] {
        let request = Authorize::app(crate::support::PORTICO, uri);
        assert_eq!(browser.get(&request.url()).await.status, status, "{uri}");
    }
}

#[tokio::test]
async fn a_start_that_finds_everything_in_place_writes_nothing() {
    let org = TestOrg::start().await.restart().await;
    let log = org.dir().path().join("org.sqlite3-wal");
    let written = std::fs::metadata(log).map_or(0, |log| log.len());
    assert_eq!(written, 0, "a start that writes waits for the disk");
}

#[tokio::test]
async fn generated_passwords_work_and_are_the_same_after_a_restart() {
    let seed = testkit::TEST_SEED.replace(
        "\"password\": \"correct-horse-battery\"",
        "\"emailVerified\": true",
    );
    let org = TestOrg::with_seed(&seed).await;
    let password = |org: &TestOrg| {
        let users = org.org().demo_users();
        let john = users.iter().find(|user| user.login == JOHN).expect("John");
        secrecy::ExposeSecret::expose_secret(&john.password).to_owned()
    };
    let generated = password(&org);
    assert_eq!(generated.len(), 17);
    let org = org.restart().await;
    assert_eq!(password(&org), generated);
    let mut browser = org.browser();
    let page = crate::support::to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
    let answer = crate::support::give_password(&mut browser, &page, &generated).await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn a_seed_is_read_once_and_later_ones_change_nothing() {
    let org = TestOrg::start().await;
    let config = org.config();
    let dir = config.data_dir.clone();
    let clock = org.clock.clone();
    let users = |org: &Org| {
        org.demo_users()
            .iter()
            .map(|user| user.login.clone())
            .collect::<Vec<_>>()
    };
    let before = users(org.org());
    let other = org::OrgConfig {
        data_dir: dir.join("other"),
        seed: Seed::demo(),
        ..config
    };
    let entropy = Arc::new(SeededEntropy::new(9));
    let demo =
        Org::open_with_insecure_test_settings(other, Arc::new(clock), entropy, test_settings())
            .await
            .expect("an org");
    assert_ne!(users(&demo), before);
    assert_eq!(demo.demo_users().len(), 3);
}

#[tokio::test]
async fn an_org_that_exists_is_told_of_its_apps_alone() {
    let org = TestOrg::start().await;
    let dir = org.config().data_dir;
    assert!(Org::exists(&dir));
    assert!(!Org::exists(&dir.join("elsewhere")));
    assert!(!dir.join("elsewhere").exists());
    // Users whom a new org would refuse are of no interest to it.
    let seed = r#"{"users": [{"login": "x"}], "groups": 1, "apps": []}"#;
    assert!(Seed::from_json(seed).is_err());
    assert!(Seed::of_existing_org(seed).is_ok());
    let error = Seed::of_existing_org(r#"{"apps": [{"label": "Portico"}]}"#);
    assert!(error.is_err());
}

#[tokio::test]
async fn an_org_of_an_earlier_version_gets_the_grants_that_its_app_needs_once() {
    let seed = testkit::TEST_SEED.replacen(
        r#""clientSecret": "portico-secret","#,
        r#""clientSecret": "portico-secret", "grantTypes": ["authorization_code", "refresh_token"],
           "oktaApiScopes": ["okta.myAccount.sessions.manage"],"#,
        1,
    );
    let org = TestOrg::with_seed(&seed).await;
    let held = |org: &TestOrg| -> (String, i64, bool) {
        let query = "SELECT grant_types, (SELECT count(*) FROM app_grants WHERE app_id = apps.id), \
                     json_extract(client, '$.refresh_token') IS NOT NULL FROM apps WHERE label = 'Portico'";
        let row = org
            .database()
            .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        row.expect("the app")
    };
    let whole = held(&org);
    assert_eq!(whole.1, 1);
    let take_away = |org: &TestOrg| {
        org.execute(
            "UPDATE apps SET grant_types = '[\"authorization_code\"]', client = json_remove(client, '$.refresh_token') \
             WHERE label = 'Portico'",
            (),
        );
        org.execute("DELETE FROM app_grants", ());
    };
    take_away(&org);
    org.execute("DELETE FROM org_settings WHERE name = 'porticoGrants'", ());
    let org = org.restart().await;
    assert_eq!(held(&org), whole, "what it was made without");
    take_away(&org);
    let org = org.restart().await;
    assert_ne!(held(&org), whole, "what somebody took from it");
}
