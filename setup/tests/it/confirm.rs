use crate::local::Local;

#[tokio::test]
async fn an_org_elsewhere_needs_a_token_and_https_before_anything_is_sent() {
    let local = Local::start().await;
    for (words, part) in [
        ("apply --target https://example.invalid", "OKTA_API_TOKEN"),
        ("plan --target http://example.invalid", "https"),
        ("plan --target example", "--target"),
    ] {
        let error = local
            .setup(words)
            .await
            .ending
            .expect_err("refused")
            .to_string();
        assert!(error.contains(part), "{error}");
    }
    assert_eq!(local.take_writes(), [""; 0]);
}

#[tokio::test]
async fn a_token_that_the_org_does_not_know_is_refused_with_the_remedy() {
    let local = Local::start().await;
    let error = local
        .setup("apply --api-token 00unknown")
        .await
        .ending
        .expect_err("refused");
    assert!(error.to_string().contains("OKTA_API_TOKEN"), "{error}");
    assert!(!error.to_string().contains("00unknown"), "{error}");
    assert_eq!(local.take_writes(), [""; 0]);
}
