use std::sync::Arc;

use bff::{Bff, BffConfig, ClientAuthentication, ClientCredentials, SessionKeys, StoreAddress};
use testkit::provider::Provider;
use testkit::{SeededEntropy, TestClock, TestDir};
use url::Url;

use crate::support::FIRST_KEY;

async fn refusal(app_url: &str, issuer: &str) -> Option<String> {
    let dir = TestDir::new();
    let clock = TestClock::new();
    let config = BffConfig {
        app_url: Url::parse(app_url).expect("a URL"),
        issuer: issuer.to_owned(),
        client: ClientCredentials {
            client_id: "app".to_owned(),
            authentication: ClientAuthentication::None,
        },
        scopes: None,
        session_keys: SessionKeys::parse(FIRST_KEY).expect("keys"),
        store: StoreAddress::Sqlite(dir.path().join("deeper/app.sqlite")),
    };
    let http = Arc::new(Provider::new(clock.clone()));
    Bff::open(
        config,
        Arc::new(clock),
        Arc::new(SeededEntropy::new(1)),
        http,
    )
    .await
    .err()
    .map(|error| error.to_string())
}

#[tokio::test]
async fn safe_addresses_are_accepted() {
    for (app_url, issuer) in [
        ("https://app.example", "https://example.okta.com"),
        (
            "https://app.example:8443",
            "https://example.okta.com/oauth2/default",
        ),
        ("http://127.0.0.1:3000", "http://localhost:7000"),
        ("http://[::1]:3000", "https://example.okta.com"),
    ] {
        assert_eq!(refusal(app_url, issuer).await, None, "{app_url} {issuer}");
    }
}

#[tokio::test]
async fn unsafe_addresses_are_refused_by_name() {
    let issuer = "https://example.okta.com";
    for app_url in [
        "http://app.example",
        "https://app.example/path",
        "https://app.example/?q",
        "ftp://app.example",
    ] {
        let text = refusal(app_url, issuer).await.expect("a refusal");
        assert!(text.starts_with("APP_URL"), "{text}");
    }
    let app_url = "https://app.example";
    for issuer in [
        "",
        "example.okta.com",
        "http://example.okta.com",
        "https://example.okta.com?x",
        "https://example.okta.com#x",
    ] {
        let text = refusal(app_url, issuer).await.expect("a refusal");
        assert!(text.starts_with("OKTA_ISSUER"), "{text}");
    }
}

#[test]
fn session_keys_are_32_bytes_each() {
    assert!(SessionKeys::parse(FIRST_KEY).is_ok());
    assert!(SessionKeys::parse(&format!("{FIRST_KEY}, {FIRST_KEY}=")).is_ok());
    for list in [
        "",
        ",",
        "AAAA",
        "not base64!",
        &format!("{FIRST_KEY},"),
        &FIRST_KEY[1..],
    ] {
        assert!(SessionKeys::parse(list).is_err(), "{list}");
    }
}

#[test]
fn the_key_file_is_made_once_and_is_private() {
    let dir = TestDir::new();
    let path = dir.path().join("app/session-keys");
    SessionKeys::load_or_create(&path, &SeededEntropy::new(1)).expect("a new file");
    let first = std::fs::read_to_string(&path).expect("the file");
    SessionKeys::load_or_create(&path, &SeededEntropy::new(2)).expect("the same file");
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), first);
    assert!(SessionKeys::parse(&first).is_ok());
    let folder = path.parent().expect("a folder");
    let files = std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(files, 1, "no draft is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path)
            .expect("metadata")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0);
    }
    std::fs::write(&path, "damaged").expect("written");
    assert!(SessionKeys::load_or_create(&path, &SeededEntropy::new(3)).is_err());
}
