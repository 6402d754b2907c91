//! Refresh tokens that apps and administrators end, and how administrators see them.

use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TestOrg};

use crate::api::Api;
use crate::refresh::{OFFLINE, assert_invalid, events, is_good, offline, org, refresh, token_of};
use crate::support::{
    BROWSER_APP, JANE, JOHN, PORTICO, basic, claims, code_for, redeem_at, tokens_for,
};

async fn revoke_at(org: &TestOrg, server: &str, token: &str, hint: &str) -> Page {
    let url = format!("{ORG_URL}/oauth2{server}/v1/revoke");
    let fields = [("token", token), ("token_type_hint", hint)];
    let secret = basic(PORTICO, "portico-secret");
    let answer = org.browser().post_with(&url, secret, &fields).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.is_empty());
    answer
}

#[tokio::test]
async fn a_refresh_token_ends_with_its_access_tokens_whatever_the_hint_says() {
    for hint in [
        "refresh_token",
        "access_token",
        "device_secret",
        "other",
        "",
    ] {
        let org = org().await;
        let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
        let other = tokens_for(&mut org.browser(), &offline(), JOHN).await;
        let next = refresh(&org, &token_of(&tokens, "refresh_token"))
            .await
            .json();
        let token = token_of(&next, "refresh_token");
        let _ = revoke_at(&org, "", &token, hint).await;
        assert_invalid(&refresh(&org, &token).await);
        for ended in [&tokens, &next] {
            assert!(
                !is_good(&org, &token_of(ended, "access_token")).await,
                "{hint}"
            );
        }
        assert!(is_good(&org, &token_of(&other, "access_token")).await);
        let _ = revoke_at(&org, "", &token, hint).await;
        assert_eq!(events(&org, "app.oauth2.token.revoke"), 1);
    }
}

#[tokio::test]
async fn the_token_before_the_last_ends_the_same_sign_in() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let first = token_of(&tokens, "refresh_token");
    let next = refresh(&org, &first).await.json();
    let _ = revoke_at(&org, "", &first, "refresh_token").await;
    assert_invalid(&refresh(&org, &token_of(&next, "refresh_token")).await);
}

#[tokio::test]
async fn an_access_token_ends_alone() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let _ = revoke_at(
        &org,
        "",
        &token_of(&tokens, "access_token"),
        "refresh_token",
    )
    .await;
    assert!(!is_good(&org, &token_of(&tokens, "access_token")).await);
    let next = refresh(&org, &token_of(&tokens, "refresh_token")).await;
    assert_eq!(next.status, 200, "{}", next.text());
    assert!(is_good(&org, &token_of(&next.json(), "access_token")).await);
}

#[tokio::test]
async fn another_app_and_another_server_end_nothing() {
    let org = org().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &offline().at("default"), JOHN).await;
    let custom = redeem_at(&mut browser, "/default", &code).await.json();
    let token = token_of(&custom, "refresh_token");
    let url = format!("{ORG_URL}/oauth2/default/v1/revoke");
    let by_another = [("client_id", BROWSER_APP), ("token", &token)];
    assert_eq!(org.browser().post(&url, &by_another).await.status, 200);
    let _ = revoke_at(&org, "", &token, "").await;
    let at = async |token: &str| crate::refresh::refresh_at(&org, "/default", token, None).await;
    let next = at(&token).await;
    assert_eq!(next.status, 200, "{}", next.text());
    let token = token_of(&next.json(), "refresh_token");
    let _ = revoke_at(&org, "/default", &token, "").await;
    assert_invalid(&at(&token).await);
    assert_eq!(events(&org, "app.oauth2.as.token.revoke"), 1);
    assert_eq!(events(&org, "app.oauth2.token.revoke"), 0);
}

/// The tokens at a path of the management API.
async fn listed(api: &mut Api, path: &str) -> Vec<Value> {
    let answer = api.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body.as_array().expect("a list").clone()
}

#[tokio::test]
async fn administrators_see_refresh_tokens_in_oktas_shape_by_app_user_and_server() {
    let org = org().await;
    let mut api = Api::admin(&org).await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &offline().at("default"), JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    let user = claims(&tokens["id_token"])["sub"].clone();
    let _ = tokens_for(&mut org.browser(), &offline(), JANE).await;
    let of_app = format!("/api/v1/apps/{PORTICO}/tokens");
    assert_eq!(listed(&mut api, &of_app).await.len(), 2);
    let of_user = format!("/api/v1/users/{JOHN}/clients/{PORTICO}/tokens");
    let of_server = format!("/api/v1/authorizationServers/default/clients/{PORTICO}/tokens");
    for path in [&of_user, &of_server] {
        let tokens = listed(&mut api, path).await;
        assert_eq!(tokens.len(), 1, "{path}");
        let token = &tokens[0];
        let id = token["id"].as_str().expect("an id");
        assert!(id.starts_with("oar"));
        assert_eq!(token["status"], "ACTIVE");
        assert_eq!(token["clientId"], PORTICO);
        assert_eq!(token["userId"], user);
        assert_eq!(token["issuer"], format!("{ORG_URL}/oauth2/default"));
        assert_eq!(
            json!(OFFLINE.split(' ').collect::<Vec<_>>()),
            token["scopes"]
        );
        let one = api.get(&format!("{path}/{id}?expand=scope")).await;
        assert_eq!(one.status, 200, "{}", one.body);
        assert_eq!(one.body["_embedded"]["scopes"][0]["name"], "openid");
        let own = token["_links"]["self"]["href"].as_str().expect("a link");
        assert_eq!(api.get(own).await.body, *token, "{path}");
        assert_eq!(
            token["_links"]["revoke"]["hints"]["allow"],
            json!(["DELETE"])
        );
    }
    let text = api.get(&of_app).await.body.to_string();
    assert!(!text.contains(&token_of(&tokens, "refresh_token")));
    assert_eq!(api.get(&format!("{of_app}?expand=other")).await.status, 400);
    assert_eq!(api.get(&format!("{of_app}?limit=0")).await.status, 400);
    for missing in [
        "/api/v1/apps/0oaAAAAAAAAAAAAAAAAA/tokens".to_owned(),
        format!("/api/v1/users/nobody/clients/{PORTICO}/tokens"),
        format!("/api/v1/authorizationServers/none/clients/{PORTICO}/tokens"),
        format!("{of_app}/oarAAAAAAAAAAAAAAAAA"),
    ] {
        assert_eq!(api.get(&missing).await.status, 404, "{missing}");
        assert_eq!(api.delete(&missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn lists_of_refresh_tokens_have_pages() {
    let org = org().await;
    let mut api = Api::admin(&org).await;
    for _ in 0..5 {
        let _ = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    }
    let of_app = format!("/api/v1/apps/{PORTICO}/tokens");
    let whole = listed(&mut api, &of_app).await;
    let (mut gathered, mut after) = (Vec::new(), String::new());
    for _ in 0..3 {
        let page = listed(&mut api, &format!("{of_app}?limit=2{after}")).await;
        assert!(page.len() <= 2);
        if let Some(last) = page.last() {
            after = format!("&after={}", last["id"].as_str().expect("an id"));
        }
        gathered.extend(page);
    }
    assert_eq!(gathered, whole);
    assert_eq!(whole.len(), 5);
}

#[tokio::test]
async fn administrators_end_one_refresh_token_or_all_of_them_with_their_access_tokens() {
    let org = org().await;
    let mut api = Api::admin(&org).await;
    let [first, second] = [
        tokens_for(&mut org.browser(), &offline(), JOHN).await,
        tokens_for(&mut org.browser(), &offline(), JANE).await,
    ];
    let without = tokens_for(
        &mut org.browser(),
        &crate::support::Authorize::portico(),
        JOHN,
    )
    .await;
    let of_user = format!("/api/v1/users/{JOHN}/clients/{PORTICO}/tokens");
    let id = token_of(&listed(&mut api, &of_user).await[0], "id");
    assert_eq!(api.delete(&format!("{of_user}/{id}")).await.status, 204);
    assert_eq!(api.delete(&format!("{of_user}/{id}")).await.status, 404);
    assert_eq!(listed(&mut api, &of_user).await, Vec::<Value>::new());
    assert_invalid(&refresh(&org, &token_of(&first, "refresh_token")).await);
    assert!(!is_good(&org, &token_of(&first, "access_token")).await);
    let rotated = refresh(&org, &token_of(&second, "refresh_token"))
        .await
        .json();
    let of_app = format!("/api/v1/apps/{PORTICO}/tokens");
    assert_eq!(api.delete(&of_app).await.status, 204);
    assert_invalid(&refresh(&org, &token_of(&rotated, "refresh_token")).await);
    assert!(!is_good(&org, &token_of(&rotated, "access_token")).await);
    // What came without a refresh token lives on.
    assert!(is_good(&org, &token_of(&without, "access_token")).await);
    assert_eq!(api.delete(&of_app).await.status, 204);
    assert_eq!(events(&org, "app.oauth2.token.revoke"), 2);
}
