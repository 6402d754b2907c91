use crate::support::{Program, at, other_site, signed_in};
use testkit::Page;

fn assert_protected(page: &Page) {
    let url = &page.url;
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{url}");
    assert_eq!(page.header("referrer-policy"), "no-referrer", "{url}");
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        "same-origin",
        "{url}"
    );
    assert_eq!(page.header("cache-control"), "no-store", "{url}");
    let policy = page.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(
            policy.contains(directive),
            "{directive} in {policy} of {url}"
        );
    }
    assert!(!policy.contains("unsafe-inline"), "{policy}");
}

#[tokio::test]
async fn every_answer_is_protected_also_refusals_and_errors() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    for path in [
        "/",
        "/profile",
        "/onboarding",
        "/sign-out",
        "/signed-out",
        "/nowhere",
        "/login",
        "/login/callback",
        "/api/nothing",
    ] {
        assert_protected(&browser.get(&at(path)).await);
    }
    assert_protected(&browser.post_with(&at("/sign-out"), other_site(), &[]).await);
    assert_protected(&program.browser().get(&at("/profile")).await);
}

#[tokio::test]
async fn each_page_has_a_nonce_of_its_own_and_no_other_inline_script() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = browser.get(&at("/")).await;
        let policy = page.header("content-security-policy").to_owned();
        let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
        let nonce = rest.split('\'').next().expect("its end").to_owned();
        let text = page.text();
        let scripts: Vec<&str> = text.split("<script").skip(1).collect();
        assert!(!scripts.is_empty(), "the page has a script");
        for script in scripts {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
        }
        assert!(!text.contains(" style=\""), "no inline style");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}
