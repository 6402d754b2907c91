use testkit::{APP_URL, TestOrg};

use crate::support::{Authorize, NATIVE, PORTICO, POSTING};

/// Everything that looks like `http://127.0.0.1:3000/login/callback` and is not.
fn lookalikes() -> Vec<String> {
    let whole = [
        "http://127.0.0.1:3000/login/callback/",
        "http://127.0.0.1:3000/login/callback?",
        "http://127.0.0.1:3000/login/callback?a=b",
        "http://127.0.0.1:3000/login/callback#",
        "http://127.0.0.1:3000/login/callback#a",
        "http://127.0.0.1:3000/login//callback",
        "http://127.0.0.1:3000/login/./callback",
        "http://127.0.0.1:3000/login/../login/callback",
        "http://127.0.0.1:3000/login/callback/..",
        "http://127.0.0.1:3000/login/%63allback",
        "http://127.0.0.1:3000/Login/callback",
        "http://127.0.0.1:3000/login/callback%00",
        "http://127.0.0.1:3000/login/callback%20",
        "http://127.0.0.1:3000/login\\callback",
        "HTTP://127.0.0.1:3000/login/callback",
        "https://127.0.0.1:3000/login/callback",
        "http://127.0.0.1/login/callback",
        "http://127.0.0.1:3001/login/callback",
        "http://127.0.0.1:03000/login/callback",
        "http://localhost:3000/login/callback",
        "http://127.1:3000/login/callback",
        "http://2130706433:3000/login/callback",
        "http://[::1]:3000/login/callback",
        "http://127.0.0.1.example.com:3000/login/callback",
        "http://127.0.0.1:3000@evil.example.com/login/callback",
        "http://evil.example.com@127.0.0.1:3000/login/callback",
        "http://evil.example.com/http://127.0.0.1:3000/login/callback",
        "http://evil.example.com?http://127.0.0.1:3000/login/callback",
        "//127.0.0.1:3000/login/callback",
        "/login/callback",
        "javascript:alert(1)//http://127.0.0.1:3000/login/callback",
        "data:text/html,x",
        "null",
        "*",
        "http://127.0.0.1:3000/*",
    ];
    let registered = format!("{APP_URL}/login/callback");
    let around = [
        "\t", "\r\n", " ", "\u{a0}", "\u{202e}", ".", ";", ",", "%", "\0", "\u{feff}",
    ];
    let before = around.iter().map(|text| format!("{text}{registered}"));
    let after = around.iter().map(|text| format!("{registered}{text}"));
    let two = [
        format!("{registered} {registered}"),
        format!("{registered},{registered}"),
    ];
    let cut = (0..registered.len()).map(|end| registered[..end].to_owned());
    let mut all: Vec<String> = whole.iter().map(|&text| text.to_owned()).collect();
    all.extend(before.chain(after).chain(two).chain(cut));
    all
}

#[tokio::test]
async fn nothing_but_the_registered_address_itself_is_a_return_address() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    assert_eq!(browser.get(&Authorize::portico().url()).await.status, 302);
    let corpus = lookalikes();
    assert!(corpus.len() > 90);
    for uri in corpus {
        let page = browser.get(&Authorize::app(PORTICO, &uri).url()).await;
        assert_eq!(page.status, 400, "{uri:?}");
        assert!(page.header("location").is_empty(), "{uri:?}");
    }
}

#[tokio::test]
async fn a_registered_query_is_part_of_the_address_and_kept_in_the_answer() {
    let org = TestOrg::start().await;
    let request = |uri: &str| Authorize::app(POSTING, uri).with("prompt", "none").url();
    let answer = org
        .browser()
        .get(&request("https://post.example.com/cb?tenant=1"))
        .await;
    assert!(
        answer
            .header("location")
            .starts_with("https://post.example.com/cb?tenant=1&error=login_required&")
    );
    assert_eq!(
        org.browser()
            .get(&request("https://post.example.com/cb?tenant=2"))
            .await
            .status,
        400
    );
    assert_eq!(
        org.browser()
            .get(&request("https://post.example.com/cb?tenant=1&a=b"))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_native_app_may_choose_the_port_of_its_loopback_address_and_nothing_else() {
    let org = TestOrg::start().await;
    for (uri, status) in [
        ("http://127.0.0.1/cb", 302),
        ("http://127.0.0.1:51004/cb", 302),
        ("com.example.app:/cb", 302),
        ("http://127.0.0.1:51004/cb/", 400),
        ("http://127.0.0.1:51004/cb?x", 400),
        ("http://127.0.0.1:99999/cb", 400),
        ("http://127.0.0.1:51004/./cb", 400),
        ("http://127.1:51004/cb", 400),
        ("http://127.0.0.2:51004/cb", 400),
        ("http://localhost:51004/cb", 400),
        ("http://user@127.0.0.1:51004/cb", 400),
        ("https://127.0.0.1:51004/cb", 400),
        ("com.example.app:/other", 400),
        ("com.example.app:1/cb", 400),
    ] {
        let page = org.browser().get(&Authorize::app(NATIVE, uri).url()).await;
        assert_eq!(page.status, status, "{uri}");
    }
}
