use crate::support::{Program, at, own_page, signed_in};

#[tokio::test]
async fn signing_in_while_the_org_is_down_says_so_and_names_the_remedy() {
    let program = Program::start().await;
    program.stop_org();
    let page = program.browser().get(&at("/login")).await;
    assert_eq!(page.status, 503);
    assert!(
        page.text().contains("<code>org_unreachable</code>"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Try again in a minute"));
}

#[tokio::test]
async fn nobody_is_signed_out_by_an_org_that_is_down_and_signing_out_still_works() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    program.stop_org();
    assert_eq!(browser.get(&at("/profile")).await.status, 200);

    let signed_out = browser.post_with(&at("/sign-out"), own_page(), &[]).await;
    assert_eq!(signed_out.status, 303);
    assert_eq!(browser.get(&at("/profile")).await.status, 401);
}
