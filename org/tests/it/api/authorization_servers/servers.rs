use serde_json::{Value, json};
use testkit::{ORG_URL, TestOrg};

use super::policies::POLICIES;
use crate::api::Api;
use crate::support::{Authorize, JOHN, bearer, claims, code_for, redeem_at};

const ALL: &str = "/api/v1/authorizationServers";
const DEFAULT: &str = "/api/v1/authorizationServers/default";

fn body() -> Value {
    json!({"name": "Orders", "description": "Takes orders", "audiences": ["api://orders"]})
}

#[tokio::test]
async fn a_server_is_made_and_issues_and_ends_with_all_that_it_issued() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = api.post(ALL, body()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.body["id"].as_str().expect("an id").to_owned();
    assert_eq!(made.body["issuer"], format!("{ORG_URL}/oauth2/{id}"));
    assert_eq!(made.body["default"], false);
    assert_eq!(made.body["credentials"]["signing"]["rotationMode"], "AUTO");
    let one = format!("{ALL}/{id}");
    assert_eq!(api.get(&one).await.body, made.body);
    let found = api.get(&format!("{ALL}?q=orders")).await.body;
    assert_eq!(found, json!([made.body]));
    let twice = api.post(ALL, body()).await;
    assert_eq!(twice.body["errorSummary"], "Api validation failed: name");

    let mut browser = org.browser();
    let keys = format!("{ORG_URL}/oauth2/{id}/v1/keys");
    assert_eq!(browser.get(&keys).await.status, 200);
    // Without a policy nothing is issued.
    let request = Authorize::portico().at(&id);
    let denied = crate::support::sign_in(&mut browser, &request, JOHN).await;
    assert_eq!(
        denied.location_parameter("error").as_deref(),
        Some("access_denied")
    );
    let policy = api
        .post(
            &format!("{one}/policies"),
            json!({"type": "OAUTH_AUTHORIZATION_POLICY", "name": "All", "conditions": {"clients": {"include": ["ALL_CLIENTS"]}}}),
        )
        .await;
    let rules = format!(
        "{one}/policies/{}/rules",
        policy.body["id"].as_str().expect("an id")
    );
    let rule = api.get(POLICIES).await.body[0]["id"].clone();
    let rule = format!("{POLICIES}/{}/rules", rule.as_str().expect("an id"));
    let rule = api.get(&rule).await.body[0].clone();
    assert_eq!(api.post(&rules, rule).await.status, 201);
    let answer = browser.get(&request.url()).await;
    let code = answer.location_parameter("code").expect("a code");
    let tokens = redeem_at(&mut browser, &format!("/{id}"), &code)
        .await
        .json();
    let access = claims(&tokens["access_token"]);
    assert_eq!(access["aud"], "api://orders");
    assert_eq!(access["iss"], format!("{ORG_URL}/oauth2/{id}"));

    let off = format!("{one}/lifecycle/deactivate");
    assert_eq!(api.post(&off, json!({})).await.status, 204);
    assert_eq!(browser.get(&keys).await.status, 404);
    let on = format!("{one}/lifecycle/activate");
    assert_eq!(api.post(&on, json!({})).await.status, 204);
    assert_eq!(browser.get(&keys).await.status, 200);
    assert_eq!(api.delete(&one).await.status, 204);
    assert_eq!(browser.get(&keys).await.status, 404);
    assert_eq!(api.get(&one).await.body["errorCode"], "E0000007");
    assert_eq!(api.delete(DEFAULT).await.status, 403);
}

#[tokio::test]
async fn turned_keys_sign_at_once_and_the_old_one_stays_published() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let keys = format!("{DEFAULT}/credentials/keys");
    let statuses = |keys: &Value| -> Vec<String> {
        let keys = keys.as_array().expect("keys").iter();
        keys.map(|key| key["status"].as_str().expect("a status").to_owned())
            .collect()
    };
    let before = api.get(&keys).await.body;
    assert_eq!(statuses(&before), ["ACTIVE", "NEXT"]);
    let rotate = format!("{DEFAULT}/credentials/lifecycle/keyRotate");
    assert_eq!(api.post(&rotate, json!({"use": "enc"})).await.status, 400);
    let turned = api.post(&rotate, json!({"use": "sig"})).await;
    assert_eq!(turned.status, 200, "{}", turned.body);
    assert_eq!(statuses(&turned.body), ["ACTIVE", "NEXT", "EXPIRED"]);
    assert_eq!(turned.body[0]["kid"], before[1]["kid"]);
    assert_eq!(turned.body[2]["kid"], before[0]["kid"]);
    assert_eq!(api.get(&keys).await.body, turned.body);

    let mut browser = org.browser();
    let published = browser
        .get(&format!("{ORG_URL}/oauth2/default/v1/keys"))
        .await
        .json();
    assert_eq!(published["keys"].as_array().map(Vec::len), Some(3));
    let code = code_for(&mut browser, &Authorize::portico().at("default"), JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    let token = tokens["access_token"].as_str().expect("a token");
    let header = jsonwebtoken::decode_header(token).expect("a header");
    assert_eq!(header.kid.as_deref(), turned.body[0]["kid"].as_str());
}

#[tokio::test]
async fn scopes_and_claims_are_in_the_next_token_and_in_the_metadata() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let scopes = format!("{DEFAULT}/scopes");
    let made = api
        .post(
            &scopes,
            json!({"name": "orders:read", "consent": "IMPLICIT", "metadataPublish": "ALL_CLIENTS"}),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let claims_path = format!("{DEFAULT}/claims");
    for claim in [
        json!({"name": "mail", "claimType": "RESOURCE", "valueType": "EXPRESSION", "value": "user.email"}),
        json!({"name": "teams", "claimType": "IDENTITY", "valueType": "GROUPS", "group_filter_type": "REGEX", "value": ".*",
            "alwaysIncludeInToken": true}),
        json!({"name": "colour", "claimType": "IDENTITY", "valueType": "EXPRESSION", "value": "\"blue\"",
            "alwaysIncludeInToken": false, "conditions": {"scopes": ["orders:read"]}}),
    ] {
        let made = api.post(&claims_path, claim).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    let mut browser = org.browser();
    let metadata = format!("{ORG_URL}/oauth2/default/.well-known/openid-configuration");
    let offered = browser.get(&metadata).await.json()["scopes_supported"].to_string();
    assert!(offered.contains("orders:read"), "{offered}");

    let request = Authorize::portico()
        .at("default")
        .with("scope", "openid profile orders:read");
    let code = code_for(&mut browser, &request, JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    let access = claims(&tokens["access_token"]);
    assert_eq!(access["mail"], JOHN);
    assert_eq!(access["scp"], json!(["openid", "profile", "orders:read"]));
    let id_token = claims(&tokens["id_token"]);
    assert!(
        id_token["teams"].to_string().contains("Everyone"),
        "{id_token}"
    );
    assert_eq!(id_token["colour"], json!(null));
    assert_eq!(id_token["given_name"], json!(null));
    let url = format!("{ORG_URL}/oauth2/default/v1/userinfo");
    let headers = bearer(tokens["access_token"].as_str().expect("a token"));
    let told = browser
        .send(http::Method::GET, &url, headers, bytes::Bytes::new())
        .await
        .json();
    assert_eq!(told["colour"], "blue");
    assert_eq!(told["given_name"], "John");

    let one = format!("{scopes}/{}", made.body["id"].as_str().expect("an id"));
    assert_eq!(api.delete(&one).await.status, 204);
    let refused = browser.get(&request.url()).await;
    assert_eq!(
        refused.location_parameter("error").as_deref(),
        Some("invalid_scope")
    );
}

#[tokio::test]
async fn claims_and_scopes_that_cannot_be_are_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let claim = |name: &str, value_type: &str, value: &str| {
        json!({"name": name, "claimType": "IDENTITY", "valueType": value_type, "value": value,
            "group_filter_type": "REGEX"})
    };
    for (body, field) in [
        (claim("iss", "EXPRESSION", "user.email"), "name"),
        (claim("sub", "EXPRESSION", "user.email"), "name"),
        (claim("name", "EXPRESSION", "user.email"), "name"),
        (claim("", "EXPRESSION", "user.email"), "name"),
        (claim("x", "EXPRESSION", "T(java.lang.Runtime)"), "value"),
        (claim("x", "EXPRESSION", ""), "value"),
        (claim("x", "GROUPS", "("), "value"),
        (claim("x", "SYSTEM", "x"), "valueType"),
    ] {
        let answer = api.post(&format!("{DEFAULT}/claims"), body.clone()).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(
            answer.body["errorSummary"],
            format!("Api validation failed: {field}"),
            "{body}"
        );
    }
    for name in ["", "a b", "a\"b", "openid", "okta.users.read", "*", "ä"] {
        let answer = api
            .post(&format!("{DEFAULT}/scopes"), json!({"name": name}))
            .await;
        assert_eq!(answer.status, 400, "{name}");
    }
    let scopes = api.get(&format!("{DEFAULT}/scopes")).await.body;
    let of_okta = scopes.as_array().expect("scopes").iter();
    let names: Vec<&str> = of_okta
        .filter(|scope| scope["system"] == true)
        .map(|scope| scope["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        names,
        [
            "openid",
            "profile",
            "email",
            "address",
            "phone",
            "offline_access",
            "device_sso"
        ]
    );
    let openid = format!(
        "{DEFAULT}/scopes/{}",
        scopes[0]["id"].as_str().expect("an id")
    );
    assert_eq!(api.delete(&openid).await.status, 403);
    let claims = api.get(&format!("{DEFAULT}/claims")).await.body;
    assert_eq!(claims.as_array().map(Vec::len), Some(19));
}
