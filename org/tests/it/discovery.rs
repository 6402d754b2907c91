use serde_json::Value;
use testkit::{ORG_URL, TestOrg};

use crate::support::PORTICO;

async fn document(org: &TestOrg, path: &str) -> Value {
    let page = org.browser().get(&format!("{ORG_URL}{path}")).await;
    assert_eq!(page.status, 200, "{path}");
    assert_eq!(page.header("content-type"), "application/json");
    assert!(page.header("cache-control").starts_with("max-age="));
    page.json()
}

#[tokio::test]
async fn each_authorization_server_describes_itself_in_every_form() {
    let org = TestOrg::start().await;
    let custom = format!("{ORG_URL}/oauth2/default");
    for (path, issuer, base) in [
        ("/.well-known/openid-configuration", ORG_URL, "/oauth2"),
        (
            "/.well-known/oauth-authorization-server",
            ORG_URL,
            "/oauth2",
        ),
        (
            "/oauth2/default/.well-known/openid-configuration",
            &custom,
            "/oauth2/default",
        ),
        (
            "/oauth2/default/.well-known/oauth-authorization-server",
            &custom,
            "/oauth2/default",
        ),
        (
            "/.well-known/oauth-authorization-server/oauth2/default",
            &custom,
            "/oauth2/default",
        ),
    ] {
        let metadata = document(&org, path).await;
        assert_eq!(metadata["issuer"], issuer, "{path}");
        for endpoint in [
            "authorization",
            "token",
            "userinfo",
            "revocation",
            "introspection",
            "end_session",
        ] {
            let url = metadata[format!("{endpoint}_endpoint")]
                .as_str()
                .expect("an endpoint");
            assert!(url.starts_with(&format!("{ORG_URL}{base}/v1/")), "{url}");
        }
        assert_eq!(
            metadata["authorization_response_iss_parameter_supported"],
            true
        );
        assert_eq!(metadata["request_uri_parameter_supported"], false);
        assert_eq!(
            metadata["code_challenge_methods_supported"],
            serde_json::json!(["S256"])
        );
    }
}

#[tokio::test]
async fn every_endpoint_that_is_advertised_is_there() {
    let org = TestOrg::start().await;
    for path in [
        "/.well-known/openid-configuration",
        "/oauth2/default/.well-known/openid-configuration",
    ] {
        let metadata = document(&org, path).await;
        for (name, value) in metadata.as_object().expect("an object") {
            let url = value.as_str().unwrap_or_default();
            if name.ends_with("_endpoint") || name == "jwks_uri" {
                let status = org.browser().get(url).await.status;
                // 405 stands for an endpoint that is for POST only.
                assert!(
                    [200, 302, 400, 401, 405].contains(&status.as_u16()),
                    "{name}: {status}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_metadata_names_the_grants_scopes_and_methods_that_there_are() {
    let org = TestOrg::start().await;
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    for (path, is_custom) in [
        ("/.well-known/oauth-authorization-server", false),
        (
            "/oauth2/default/.well-known/oauth-authorization-server",
            true,
        ),
    ] {
        let metadata = document(&org, path).await;
        let has = |name: &str, value: &str| {
            let list = metadata[name].as_array().expect("a list");
            list.iter().any(|item| item == value)
        };
        let grants = "grant_types_supported";
        for direct in [
            "password",
            "urn:okta:params:oauth:grant-type:otp",
            "http://auth0.com/oauth/grant-type/mfa-oob",
        ] {
            assert!(has(grants, direct), "{direct}");
        }
        assert!(has(grants, "refresh_token") && has(grants, "client_credentials"));
        assert_eq!(has(grants, exchange), is_custom);
        assert!(has("scopes_supported", "offline_access"));
        for endpoint in ["token", "revocation", "introspection"] {
            let methods = format!("{endpoint}_endpoint_auth_methods_supported");
            for method in [
                "client_secret_basic",
                "client_secret_post",
                "client_secret_jwt",
                "private_key_jwt",
                "none",
            ] {
                assert!(has(&methods, method), "{methods} {method}");
            }
        }
    }
}

#[tokio::test]
async fn the_groups_scope_is_offered_by_the_orgs_own_server_only() {
    let org = TestOrg::start().await;
    let scopes = |metadata: Value| metadata["scopes_supported"].to_string();
    assert!(scopes(document(&org, "/.well-known/openid-configuration").await).contains("groups"));
    let custom = document(&org, "/oauth2/default/.well-known/openid-configuration").await;
    assert!(!scopes(custom).contains("groups"));
}

#[tokio::test]
async fn the_published_keys_have_public_members_and_no_others() {
    let org = TestOrg::start().await;
    let mut kids = Vec::new();
    for path in ["/oauth2/v1/keys", "/oauth2/default/v1/keys"] {
        let keys = document(&org, path).await;
        let keys = keys["keys"].as_array().expect("keys").clone();
        assert_eq!(keys.len(), 2, "the current and the next");
        for key in keys {
            let key = key.as_object().expect("a key");
            let mut names: Vec<&str> = key.keys().map(String::as_str).collect();
            names.sort_unstable();
            assert_eq!(names, ["alg", "e", "kid", "kty", "n", "use"]);
            kids.push(key["kid"].to_string());
        }
    }
    kids.sort_unstable();
    kids.dedup();
    assert_eq!(kids.len(), 4);
}

#[tokio::test]
async fn metadata_for_a_client_needs_a_client_that_exists() {
    let org = TestOrg::start().await;
    let url =
        |client: &str| format!("{ORG_URL}/.well-known/openid-configuration?client_id={client}");
    assert_eq!(org.browser().get(&url(PORTICO)).await.status, 200);
    let refused = org.browser().get(&url("0oaNobody00000000000")).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["errorCode"], "invalid_client");
    assert_eq!(
        refused.json()["errorSummary"],
        "Invalid value for 'client_id' parameter."
    );
}

#[tokio::test]
async fn a_server_that_does_not_exist_is_not_found() {
    let org = TestOrg::start().await;
    let page = org
        .browser()
        .get(&format!("{ORG_URL}/oauth2/nowhere/v1/keys"))
        .await;
    assert_eq!(page.status, 404);
    assert_eq!(page.json()["errorCode"], "E0000007");
}

#[tokio::test]
async fn the_org_says_that_it_is_an_identity_engine() {
    let org = TestOrg::start().await;
    let organization = document(&org, "/.well-known/okta-organization").await;
    assert_eq!(organization["pipeline"], "idx");
    assert!(
        organization["id"]
            .as_str()
            .expect("an id")
            .starts_with("00o")
    );
    assert_eq!(organization["_links"]["organization"]["href"], ORG_URL);
}
