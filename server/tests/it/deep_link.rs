use crate::support::{Program, at, sign_in_from, signed_in};

#[tokio::test]
async fn a_page_of_a_person_asks_to_sign_in_and_remembers_where_it_is() {
    let program = Program::start().await;
    let page = program.browser().get(&at("/profile?tab=claims&x=1")).await;
    assert_eq!(page.status, 401);
    assert!(
        page.text()
            .contains("/login?return_to=%2Fprofile%3Ftab%3Dclaims%26x%3D1"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn signing_in_leads_back_to_path_query_and_fragment() {
    let program = Program::start().await;
    drop(signed_in(&program).await);
    let mut browser = program.browser();
    let back = sign_in_from(
        &mut browser,
        &at("/login?return_to=%2Fprofile%3Ftab%3Dclaims%23sub"),
    )
    .await;
    assert_eq!(back.status, 303);
    assert_eq!(back.header("location"), "/profile?tab=claims#sub");
}

#[tokio::test]
async fn a_hostile_return_address_leads_home() {
    let program = Program::start().await;
    drop(signed_in(&program).await);
    for hostile in [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%2F%09%2Fevil.example",
        "%0d%0aLocation%3A%20x",
    ] {
        let mut browser = program.browser();
        let back = sign_in_from(&mut browser, &at(&format!("/login?return_to={hostile}"))).await;
        assert_eq!(back.header("location"), "/", "{hostile}");
    }
}
