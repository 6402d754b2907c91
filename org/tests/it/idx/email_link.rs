//! The link in an email that an app asked for, which asks for the code itself.

use super::client::{IDA, TWO_FACTORS, begin, start};

#[tokio::test]
async fn the_link_shows_the_code_for_the_page_that_waits_for_it_and_changes_nothing() {
    let org = start().await;
    let step = begin(&org, TWO_FACTORS).await.with_password(IDA).await;
    assert_eq!(step.names()[0], "challenge-authenticator");
    let (code, link) = (org.code_for(IDA), org.link_for(IDA));

    let mut phone = org.browser();
    let page = phone.visit(&link).await;
    assert!(!page.text().contains(&code), "before the button is pressed");
    let form = page.form("");
    let page = phone.submit(&page, form, &[]).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Your verification code"));
    assert!(page.text().contains(&code));

    let step = step
        .press("/currentAuthenticatorEnrollment/value/poll")
        .await;
    assert_eq!(step.names()[0], "challenge-authenticator");
    let step = step.answer(&code).await;
    assert!(step.code().is_some());
    let page = phone.visit(&link).await;
    assert!(page.text().contains("This email link has expired."));
}
