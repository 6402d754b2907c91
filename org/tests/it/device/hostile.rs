//! Who guesses, lies or asks for what it may not.

use std::net::{IpAddr, Ipv4Addr};
use testkit::ORG_URL;

use super::{GRANT, org, waiting};
use crate::support::{NATIVE, PORTICO, STAFF, basic, oauth_error};

#[tokio::test]
async fn codes_cannot_be_guessed_for_long_from_one_address() {
    let org = org().await;
    let device = waiting(&org).await;
    let mut browser = org
        .browser()
        .with_address(IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1)));
    let page = browser.visit(&format!("{ORG_URL}/activate")).await;
    let mut last = 200;
    for _ in 0..60 {
        let wrong = [("user_code", "BBBBBBBB")];
        let answer = browser.submit(&page, page.form("/activate"), &wrong).await;
        last = answer.status.as_u16();
    }
    assert_eq!(last, 429);
    // The right code is looked at no more either, at the other page as well.
    let right = [("user_code", device.user_code.as_str())];
    assert_eq!(
        browser
            .submit(&page, page.form("/activate"), &right)
            .await
            .status,
        429
    );
    let url = format!("{ORG_URL}/activate/confirm?user_code={}", device.user_code);
    assert_eq!(browser.get(&url).await.status, 429);
}

#[tokio::test]
async fn hostile_codes_are_shown_as_text_and_do_no_harm() {
    let org = org().await;
    let mut browser = org.browser();
    for typed in [
        "<script>alert(1)</script>",
        "\"onfocus=alert(1)",
        "%00%ff",
        "ÄÖÜÄÖÜÄÖ",
        &"B".repeat(5000),
    ] {
        let mut url = url::Url::parse(&format!("{ORG_URL}/activate")).expect("an address");
        url.query_pairs_mut().append_pair("user_code", typed);
        let page = browser.visit(url.as_str()).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.text().contains("<script>") && !page.text().contains("\"onfocus"),
            "{typed}"
        );
        let answer = browser
            .submit(&page, page.form("/activate"), &[("user_code", typed)])
            .await;
        assert!(
            answer.text().contains("not known or has expired"),
            "{typed}"
        );
    }
}

#[tokio::test]
async fn an_app_without_the_grant_or_with_wrong_scopes_gets_no_code() {
    let org = org().await;
    let mut browser = org.browser();
    let url = format!("{ORG_URL}/oauth2/v1/device/authorize");
    let none = browser.post(&url, &[("scope", "openid")]).await;
    assert_eq!(
        (none.status.as_u16(), oauth_error(&none).0.as_str()),
        (401, "invalid_client")
    );
    let without = browser
        .post_with(
            &url,
            basic(PORTICO, "portico-secret"),
            &[("scope", "openid")],
        )
        .await;
    assert_eq!(oauth_error(&without).0, "unauthorized_client");
    let secret = browser
        .post_with(&url, basic(STAFF, "wrong"), &[("scope", "openid")])
        .await;
    assert_eq!(secret.status, 401);
    for scope in ["openid nonsense", "", "profile"] {
        let page = browser
            .post(&url, &[("client_id", NATIVE), ("scope", scope)])
            .await;
        assert_eq!(oauth_error(&page).0, "invalid_scope", "{scope}");
    }
    let metadata = browser
        .get(&format!("{ORG_URL}/.well-known/openid-configuration"))
        .await
        .json();
    assert_eq!(metadata["device_authorization_endpoint"], url);
    assert!(
        metadata["grant_types_supported"]
            .to_string()
            .contains(GRANT)
    );
}

#[tokio::test]
async fn neither_code_stands_in_the_database_as_it_is() {
    let org = org().await;
    let device = waiting(&org).await;
    let kept: [Vec<u8>; 2] = org
        .database()
        .query_row(
            "SELECT device_code_hash, user_code_hash FROM device_authorizations",
            [],
            |row| Ok([row.get(0)?, row.get(1)?]),
        )
        .expect("one row");
    for (kept, code) in kept.iter().zip([&device.code, &device.user_code]) {
        assert_eq!(kept.len(), 32);
        let mut parts = kept.windows(code.len().min(32));
        assert!(!parts.any(|part| code.as_bytes().starts_with(part)));
    }
}
