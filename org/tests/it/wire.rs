//! What every answer has, and what is answered when nothing else is.

use bytes::Bytes;
use http::{HeaderMap, Method};
use testkit::{ORG_URL, TestOrg};

#[tokio::test]
async fn every_answer_names_its_request_and_is_neither_framed_nor_sniffed() {
    let org = TestOrg::start().await;
    let mut ids = std::collections::BTreeSet::new();
    let paths = [
        "/",
        "/livez",
        "/oauth2/v1/keys",
        "/oauth2/v1/userinfo",
        "/oauth2/v1/authorize",
        "/api/v1/users",
        "/nowhere",
    ];
    for path in paths {
        let page = org.browser().get(&format!("{ORG_URL}{path}")).await;
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!page.header("cache-control").is_empty(), "{path}");
        ids.insert(page.header("x-okta-request-id").to_owned());
    }
    assert_eq!(ids.len(), paths.len());
}

#[tokio::test]
async fn an_operation_that_is_not_built_says_so_and_an_unknown_path_is_not_found() {
    let org = TestOrg::start().await;
    for (method, path, status, code) in [
        (Method::GET, "/api/v1/agentPools", 501, "E0000060"),
        (Method::POST, "/oauth2/v1/bc/authorize", 501, "E0000060"),
        (Method::GET, "/nowhere", 404, "E0000008"),
        (Method::DELETE, "/api/v1/agentPools", 405, "E0000022"),
    ] {
        let url = format!("{ORG_URL}{path}");
        let page = org
            .browser()
            .send(method.clone(), &url, HeaderMap::new(), Bytes::new())
            .await;
        assert_eq!(page.status, status, "{method} {path}: {}", page.text());
        assert_eq!(page.json()["errorCode"], code, "{method} {path}");
    }
    let page = org
        .browser()
        .get(&format!("{ORG_URL}/oauth2/v1/token"))
        .await;
    assert_eq!(page.status, 405);
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused() {
    let org = TestOrg::start().await;
    let long = "a".repeat(9000);
    let page = org
        .browser()
        .get(&format!("{ORG_URL}/oauth2/v1/authorize?state={long}"))
        .await;
    assert_eq!(page.status, 414);
}

#[tokio::test]
async fn the_health_endpoints_answer_and_the_home_page_leads_on() {
    let org = TestOrg::start().await;
    for path in ["/livez", "/readyz"] {
        assert_eq!(
            org.browser().get(&format!("{ORG_URL}{path}")).await.status,
            200
        );
    }
    let home = org.browser().get(&format!("{ORG_URL}/")).await;
    assert!(home.text().contains("/.well-known/openid-configuration"));
    assert!(home.text().contains("http://127.0.0.1:3000/"));
}

#[tokio::test]
async fn an_error_inside_the_org_is_told_to_nobody() {
    let org = TestOrg::start().await;
    org.execute("ALTER TABLE app_uris RENAME TO app_uris_gone", []);
    let page = org
        .browser()
        .get(&crate::support::Authorize::portico().url())
        .await;
    assert_eq!(page.status, 503);
    assert_eq!(page.header("retry-after"), "1");
    assert!(
        page.text().contains("The org is busy")
            && page.text().contains(page.header("x-okta-request-id"))
    );
    assert!(!page.text().contains("app_uris"));

    org.execute(
        "ALTER TABLE authorization_codes RENAME COLUMN spent_at TO gone",
        [],
    );
    let mut browser = org.browser();
    let answer = crate::support::redeem(&mut browser, "any").await;
    assert_eq!(answer.status, 503);
    assert_eq!(
        crate::support::oauth_error(&answer).0,
        "temporarily_unavailable"
    );
    assert!(!answer.text().contains("spent_at"));
}

#[tokio::test]
async fn what_is_no_form_is_refused_in_oktas_words_where_browsers_bring_forms() {
    let org = TestOrg::start().await;
    for path in [
        "/oauth2/v1/authorize",
        "/oauth2/default/v1/authorize",
        "/oauth2/v1/logout",
    ] {
        let headers = http::HeaderMap::from_iter([(
            http::header::CONTENT_TYPE,
            http::HeaderValue::from_static("application/json"),
        )]);
        let url = format!("{ORG_URL}{path}");
        let body = bytes::Bytes::from_static(b"{}");
        let answer = org
            .browser()
            .send(http::Method::POST, &url, headers, body)
            .await;
        assert_eq!(answer.status, 415, "{path}");
        assert_eq!(answer.json()["errorCode"], "E0000021", "{path}");
    }
}
