use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde_json::{Value, json};
use testkit::{ORG_URL, PASSWORD, TestOrg};

use crate::support::{
    Authorize, JOHN, PORTICO, callback, claims, give_password, redeem, redeem_at, sign_in,
    to_password_page, tokens_for, userinfo,
};

#[tokio::test]
async fn a_person_signs_in_with_username_and_password_and_the_app_learns_who_it_is() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();

    let page = to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
    assert!(
        page.text()
            .contains("<title>Verify with your password - Portico</title>")
    );
    assert!(page.text().contains(JOHN));
    let answer = give_password(&mut browser, &page, PASSWORD).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(answer.header("location").starts_with(&callback()));
    assert_eq!(
        answer.location_parameter("state").as_deref(),
        Some("state-1")
    );
    assert_eq!(answer.location_parameter("iss").as_deref(), Some(ORG_URL));

    let code = answer.location_parameter("code").expect("a code");
    let tokens = redeem(&mut browser, &code).await;
    assert_eq!(tokens.status, 200);
    assert_eq!(tokens.header("cache-control"), "no-store");
    assert_eq!(tokens.header("content-type"), "application/json");
    let tokens = tokens.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3600);
    assert_eq!(tokens["scope"], "openid profile email");

    let info = userinfo(
        &mut browser,
        tokens["access_token"].as_str().expect("a token"),
    )
    .await;
    assert_eq!(info.status, 200);
    let info = info.json();
    assert_eq!(info["sub"], claims(&tokens["id_token"])["sub"]);
    assert_eq!(info["name"], "John Doe");
    assert_eq!(info["given_name"], "John");
    assert_eq!(info["email"], JOHN);
    assert_eq!(info["email_verified"], true);
}

#[tokio::test]
async fn the_tokens_carry_exactly_the_claims_of_okta_and_verify_with_the_published_keys() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;

    let id_token = verified(&org, "", &tokens["id_token"], PORTICO).await;
    let now = 1_767_603_600;
    assert_eq!(id_token["iss"], ORG_URL);
    assert_eq!(id_token["aud"], PORTICO);
    assert_eq!(id_token["iat"], now);
    assert_eq!(id_token["exp"], now + 3600);
    assert_eq!(id_token["auth_time"], now);
    assert_eq!(id_token["amr"], json!(["pwd"]));
    assert_eq!(id_token["nonce"], "nonce-1");
    assert_eq!(
        names(&id_token),
        [
            "amr",
            "at_hash",
            "aud",
            "auth_time",
            "email",
            "exp",
            "iat",
            "idp",
            "iss",
            "jti",
            "name",
            "nonce",
            "preferred_username",
            "sub",
            "ver"
        ]
    );

    let access_token = verified(&org, "", &tokens["access_token"], ORG_URL).await;
    assert_eq!(access_token["sub"], JOHN);
    assert_eq!(access_token["uid"], id_token["sub"]);
    assert_eq!(access_token["cid"], PORTICO);
    assert_eq!(access_token["scp"], json!(["openid", "profile", "email"]));
    assert_eq!(
        names(&access_token),
        [
            "aud",
            "auth_time",
            "cid",
            "exp",
            "iat",
            "iss",
            "jti",
            "scp",
            "sub",
            "uid",
            "ver"
        ]
    );
}

#[tokio::test]
async fn the_default_server_issues_tokens_for_its_own_audience() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let answer = sign_in(&mut browser, &Authorize::portico().at("default"), JOHN).await;
    let issuer = format!("{ORG_URL}/oauth2/default");
    assert_eq!(answer.location_parameter("iss").as_ref(), Some(&issuer));
    let code = answer.location_parameter("code").expect("a code");
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();

    let access_token = verified(&org, "/default", &tokens["access_token"], "api://default").await;
    assert_eq!(access_token["iss"], issuer.as_str());
    let id_token = verified(&org, "/default", &tokens["id_token"], PORTICO).await;
    assert_eq!(id_token["iss"], issuer.as_str());
}

#[tokio::test]
async fn the_groups_scope_tells_the_groups_in_the_id_token_and_at_userinfo() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let request = Authorize::portico().with("scope", "openid groups");
    let tokens = tokens_for(&mut browser, &request, JOHN).await;
    let groups = json!(["Everyone", "Retailers"]);
    assert_eq!(claims(&tokens["id_token"])["groups"], groups);
    let info = userinfo(
        &mut browser,
        tokens["access_token"].as_str().expect("a token"),
    )
    .await;
    assert_eq!(info.json()["groups"], groups);
}

#[tokio::test]
async fn a_second_app_is_answered_from_the_session_without_a_page() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    org.clock.advance_seconds(600);

    let other = Authorize::app(crate::support::BROWSER_APP, "https://spa.example.com/cb");
    let answer = browser.get(&other.url()).await;
    assert_eq!(answer.status, 302);
    assert!(answer.location_parameter("code").is_some());

    // The sign-in stays where it was: the second app learns when it happened.
    let code = browser
        .get(&Authorize::portico().url())
        .await
        .location_parameter("code")
        .expect("a code");
    let tokens = redeem(&mut browser, &code).await.json();
    let id_token = claims(&tokens["id_token"]);
    assert_eq!(
        id_token["iat"].as_i64(),
        id_token["auth_time"].as_i64().map(|time| time + 600)
    );
}

async fn verified(org: &TestOrg, server: &str, token: &Value, audience: &str) -> Value {
    let token = token.as_str().expect("a token");
    let keys = org
        .browser()
        .get(&format!("{ORG_URL}/oauth2{server}/v1/keys"))
        .await
        .json();
    let keys: JwkSet = serde_json::from_value(keys).expect("a key set");
    let kid = decode_header(token).expect("a header").kid.expect("a kid");
    let key = DecodingKey::from_jwk(keys.find(&kid).expect("a published key")).expect("a key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[audience]);
    // The org's clock is not the machine's.
    validation.validate_exp = false;
    decode::<Value>(token, &key, &validation)
        .expect("a valid signature")
        .claims
}

fn names(claims: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = claims
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}
