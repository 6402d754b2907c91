//! Which hosts the org answers for.

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderMap, HeaderValue, Method};
use testkit::{ORG_URL, Page, TestOrg};

async fn ask(org: &TestOrg, path: &str, hosts: &[&'static str]) -> Page {
    let mut headers = HeaderMap::new();
    for host in hosts {
        headers.append(HOST, HeaderValue::from_static(host));
    }
    let url = format!("{ORG_URL}{path}");
    org.browser()
        .send(Method::GET, &url, headers, Bytes::new())
        .await
}

#[tokio::test]
async fn a_request_for_another_host_is_misdirected_and_told_the_right_address() {
    let org = TestOrg::start().await;
    for hosts in [
        &["evil.example"] as &[_],
        &["localhost:7000.evil.example"],
        &["localhost:7001"],
        &["localhost"],
        &["user@localhost:7000"],
        &[""],
        &["localhost:7000", "evil.example"],
    ] {
        for path in [
            "/.well-known/openid-configuration",
            "/oauth2/v1/authorize",
            "/nowhere",
        ] {
            let page = ask(&org, path, hosts).await;
            assert_eq!(page.status, 421, "{hosts:?} {path}");
            let text = page.text();
            assert!(text.contains(ORG_URL) && text.contains("ORG_URL"), "{text}");
            assert_eq!(page.header("x-content-type-options"), "nosniff");
        }
    }
}

#[tokio::test]
async fn every_name_of_this_machine_is_answered_with_the_addresses_of_the_configuration() {
    let org = TestOrg::start().await;
    for host in [
        "localhost:7000",
        "LOCALHOST:7000",
        "127.0.0.1:7000",
        "[::1]:7000",
    ] {
        let page = ask(&org, "/.well-known/openid-configuration", &[host]).await;
        assert_eq!(page.status, 200, "{host}");
        assert_eq!(page.json()["issuer"], ORG_URL, "{host}");
    }
}

#[tokio::test]
async fn a_supervisor_that_knows_no_host_name_may_still_ask_whether_the_org_runs() {
    let org = TestOrg::start().await;
    for path in ["/livez", "/readyz"] {
        assert_eq!(ask(&org, path, &["10.0.0.7"]).await.status, 200, "{path}");
    }
}
