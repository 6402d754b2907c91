//! What changes of an app do at the protocol endpoints.

use http::Method;
use serde_json::{Value, json};
use testkit::{Browser, ORG_URL, Page, TestOrg};

use super::super::Api;
use super::{id_of, make, web_with};
use crate::support::{
    Authorize, JANE, JOHN, VERIFIER, basic, code_for, oauth_error, redirected_error, sign_in,
    userinfo,
};

const CALLBACK: &str = "https://shop.example.com/callback";

/// A web app that everybody has and that asks for the password alone.
async fn shop(org: &TestOrg, api: &mut Api, settings: &Value) -> (String, String) {
    let made = make(api, web_with(settings)).await;
    let id = id_of(&made);
    let secret = made["credentials"]["oauthClient"]["client_secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    let policy: String = org
        .database()
        .query_row(
            "SELECT id FROM policies WHERE name = 'Password only'",
            [],
            |row| row.get(0),
        )
        .expect("a policy");
    let everyone: String = org
        .database()
        .query_row("SELECT id FROM groups WHERE name = 'Everyone'", [], |row| {
            row.get(0)
        })
        .expect("a group");
    for path in [format!("policies/{policy}"), format!("groups/{everyone}")] {
        let done = api
            .call(Method::PUT, &format!("/api/v1/apps/{id}/{path}"), None)
            .await;
        assert!(done.status.is_success(), "{}", done.body);
    }
    (id, secret)
}

async fn redeem(browser: &mut Browser, id: &str, secret: &str, code: &str) -> Page {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    browser
        .post_with(
            &format!("{ORG_URL}/oauth2/v1/token"),
            basic(id, secret),
            &form,
        )
        .await
}

#[tokio::test]
async fn each_active_secret_counts_and_no_other() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (id, first) = shop(&org, &mut api, &json!({})).await;
    let path = format!("/api/v1/apps/{id}/credentials/secrets");
    let second = api.post(&path, json!({})).await.body;
    let second = second["client_secret"].as_str().expect("a secret");
    let mut browser = org.browser();
    let request = Authorize::app(&id, CALLBACK);
    for secret in [first.as_str(), second] {
        let code = code_for(&mut org.browser(), &request, JOHN).await;
        assert_eq!(redeem(&mut browser, &id, secret, &code).await.status, 200);
    }
    let old = api.get(&path).await.body[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let off = api
        .post(&format!("{path}/{old}/lifecycle/deactivate"), json!({}))
        .await;
    let off = off.body["client_secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    let code = code_for(&mut org.browser(), &request, JOHN).await;
    let refused = redeem(&mut browser, &id, &off, &code).await;
    assert_eq!(oauth_error(&refused).0, "invalid_client");
}

#[tokio::test]
async fn a_secret_does_not_stand_in_for_a_signed_assertion() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (id, secret) = shop(&org, &mut api, &json!({})).await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &Authorize::app(&id, CALLBACK), JOHN).await;
    for method in ["private_key_jwt", "client_secret_jwt"] {
        org.execute(
            "UPDATE apps SET token_endpoint_auth_method = ?2 WHERE id = ?1",
            (&id, method),
        );
        for presented in [secret.as_str(), ""] {
            let refused = redeem(&mut browser, &id, presented, &code).await;
            assert_eq!(oauth_error(&refused).0, "invalid_client", "{method}");
        }
    }
}

#[tokio::test]
async fn a_deactivated_app_loses_codes_tokens_and_sign_ins_for_good() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (id, secret) = shop(&org, &mut api, &json!({})).await;
    let request = Authorize::app(&id, CALLBACK);
    let mut browser = org.browser();
    let code = code_for(&mut browser, &request, JOHN).await;
    let tokens = redeem(&mut browser, &id, &secret, &code).await.json();
    let token = tokens["access_token"].as_str().expect("a token").to_owned();
    let pending = code_for(&mut org.browser(), &request, JOHN).await;
    let waiting = org.browser().visit(&request.url()).await;
    assert!(waiting.text().contains("Username"));
    for step in ["deactivate", "activate"] {
        api.post(&format!("/api/v1/apps/{id}/lifecycle/{step}"), json!({}))
            .await;
    }
    assert_eq!(userinfo(&mut browser, &token).await.status, 401);
    let refused = redeem(&mut browser, &id, &secret, &pending).await;
    assert_eq!(oauth_error(&refused).0, "invalid_grant");
    let left: i64 = org
        .database()
        .query_row("SELECT count(*) FROM interactions", [], |row| row.get(0))
        .expect("a number");
    assert_eq!(left, 0, "no sign-in for the app goes on");
    let code = code_for(&mut org.browser(), &request, JOHN).await;
    assert_eq!(redeem(&mut browser, &id, &secret, &code).await.status, 200);
}

#[tokio::test]
async fn an_app_of_everybody_asks_for_no_assignment() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (id, _) = shop(&org, &mut api, &json!({})).await;
    org.unassign(&id);
    let request = Authorize::app(&id, CALLBACK);
    let refused = sign_in(&mut org.browser(), &request, JANE).await;
    assert_eq!(redirected_error(&refused).0, "access_denied");
    let path = format!("/api/v1/apps/{id}");
    let mut app = api.get(&path).await.body;
    app["settings"]["implicitAssignment"] = json!(true);
    assert_eq!(api.put(&path, app).await.status, 200);
    code_for(&mut org.browser(), &request, JANE).await;
}

#[tokio::test]
async fn a_star_stands_for_letters_digits_and_hyphens_of_one_label() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let registered = "https://shop-*.example.com/callback";
    let (id, _) = shop(
        &org,
        &mut api,
        &json!({"wildcard_redirect": "SUBDOMAIN", "redirect_uris": [registered]}),
    )
    .await;
    let at = |uri: &str| Authorize::app(&id, uri).url();
    let good = org
        .browser()
        .get(&at("https://shop-1-A.example.com/callback"))
        .await;
    assert_eq!(good.status, 302);
    for bad in [
        "https://shop-.example.com/callback",
        "https://shop-a.b.example.com/callback",
        "https://shop-evil.org/.example.com/callback",
        "https://shop-evil.org?.example.com/callback",
        "https://shop-a@evil.org#.example.com/callback",
        "https://shop-a.example.com/callback/",
        "https://shop-a.example.com/other",
        "http://shop-a.example.com/callback",
        "https://SHOP-a.example.com/callback",
        "https://shop-ä.example.com/callback",
        "https://shop-%61.example.com/callback",
    ] {
        let page = org.browser().get(&at(bad)).await;
        assert_eq!(page.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn an_app_that_no_longer_may_have_a_star_goes_by_the_letter() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let wild = json!({"wildcard_redirect": "SUBDOMAIN", "redirect_uris": ["https://*.example.com/callback"]});
    let (id, _) = shop(&org, &mut api, &wild).await;
    let path = format!("/api/v1/apps/{id}");
    let plain = web_with(&json!({"redirect_uris": [CALLBACK]}));
    assert_eq!(api.put(&path, plain).await.status, 200);
    let page = org
        .browser()
        .get(&Authorize::app(&id, "https://a.example.com/callback").url())
        .await;
    assert_eq!(page.status, 400);
}

#[tokio::test]
async fn the_origin_of_a_redirect_uri_gets_cors_while_it_is_registered() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (id, _) = shop(&org, &mut api, &json!({})).await;
    let allowed = async || {
        let mut headers = http::HeaderMap::new();
        headers.insert(
            "origin",
            "https://shop.example.com".parse().expect("a header"),
        );
        let url = format!("{ORG_URL}/oauth2/v1/token");
        let answer = org
            .browser()
            .send(Method::OPTIONS, &url, headers, String::new().into())
            .await;
        answer.headers.contains_key("access-control-allow-origin")
    };
    assert!(allowed().await);
    api.post(
        &format!("/api/v1/apps/{id}/lifecycle/deactivate"),
        json!({}),
    )
    .await;
    assert!(!allowed().await);
}

#[tokio::test]
async fn the_org_opens_again_after_its_own_app_was_renamed_and_switched_off() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let before = org.org().portico_client();
    let path = format!("/api/v1/apps/{}", before.client_id);
    let mut app = api.get(&path).await.body;
    app["label"] = json!("Renamed");
    assert_eq!(api.put(&path, app).await.status, 200);
    api.post(&format!("{path}/lifecycle/deactivate"), json!({}))
        .await;
    drop(api);
    let org = org.restart().await;
    assert_eq!(org.org().portico_client().client_id, before.client_id);
}
