use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use testkit::{ORG_URL, Page, TestOrg};

use crate::support::Authorize;

const SPA: &str = "https://spa.example.com";
const STRANGER: &str = "https://stranger.example.com";

async fn preflight(org: &TestOrg, path: &str, origin: &'static str) -> Page {
    let headers = HeaderMap::from_iter([
        (header::ORIGIN, HeaderValue::from_static(origin)),
        (
            header::ACCESS_CONTROL_REQUEST_METHOD,
            HeaderValue::from_static("POST"),
        ),
    ]);
    let url = format!("{ORG_URL}{path}");
    org.browser()
        .send(Method::OPTIONS, &url, headers, Bytes::new())
        .await
}

#[tokio::test]
async fn scripts_of_an_apps_origin_may_call_the_endpoints_for_apps_without_cookies() {
    let org = TestOrg::start().await;
    for path in [
        "/oauth2/v1/token",
        "/oauth2/default/v1/token",
        "/oauth2/v1/userinfo",
        "/oauth2/v1/revoke",
    ] {
        let answer = preflight(&org, path, SPA).await;
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), SPA);
        assert_eq!(answer.header("access-control-max-age"), "3600");
        assert!(
            answer
                .header("access-control-allow-headers")
                .contains("Authorization")
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert_eq!(answer.header("vary"), "Origin");

        let answer = preflight(&org, path, STRANGER).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert_eq!(answer.header("vary"), "Origin");
    }
}

#[tokio::test]
async fn an_answer_as_well_as_an_error_is_readable_for_the_apps_origin_only() {
    let org = TestOrg::start().await;
    for (origin, allowed) in [(SPA, SPA), (STRANGER, ""), ("null", "")] {
        let headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(origin))]);
        let url = format!("{ORG_URL}/oauth2/v1/token");
        let answer = org
            .browser()
            .post_with(&url, headers, &[("code", "x")])
            .await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
    }
}

#[tokio::test]
async fn metadata_and_keys_are_readable_everywhere_and_pages_nowhere() {
    let org = TestOrg::start().await;
    let get = async |path: &str| {
        let headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(SPA))]);
        let url = format!("{ORG_URL}{path}");
        org.browser()
            .send(Method::GET, &url, headers, Bytes::new())
            .await
    };
    for path in [
        "/.well-known/openid-configuration",
        "/oauth2/default/v1/keys",
        "/.well-known/okta-organization",
    ] {
        assert_eq!(
            get(path).await.header("access-control-allow-origin"),
            "*",
            "{path}"
        );
    }
    for path in [
        "/.well-known/openid-configuration",
        "/oauth2/default/.well-known/openid-configuration",
        "/oauth2/default/v1/keys",
    ] {
        let answer = preflight(&org, path, STRANGER).await;
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        let allowed = answer.header("access-control-allow-headers");
        assert!(allowed.contains("X-Okta-User-Agent-Extended"), "{path}");
    }
    let authorize = Authorize::portico().url();
    let authorize = authorize.strip_prefix(ORG_URL).expect("a path");
    for path in [authorize, "/", "/oauth2/v1/logout"] {
        assert_eq!(
            get(path).await.header("access-control-allow-origin"),
            "",
            "{path}"
        );
    }
}
