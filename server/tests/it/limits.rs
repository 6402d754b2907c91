use crate::support::{Program, at, own_page};
use http::{HeaderMap, HeaderValue, Method};

#[tokio::test]
async fn an_address_of_more_than_eight_kilobytes_is_refused() {
    let program = Program::start().await;
    let page = program
        .browser()
        .get(&at(&format!("/?x={}", "a".repeat(9_000))))
        .await;
    assert_eq!(page.status, 414);
}

#[tokio::test]
async fn a_form_of_more_than_64_kilobytes_is_refused() {
    let program = Program::start().await;
    let long = "a".repeat(70_000);
    let fields = [
        ("first_name", long.as_str()),
        ("last_name", "Doe"),
        ("locale", "en"),
        ("then", ""),
    ];
    let mut headers = own_page();
    headers.insert("content-length", HeaderValue::from(70_050));
    let page = program
        .browser()
        .post_with(&at("/api/onboarding/names"), headers, &fields)
        .await;
    assert_eq!(page.status, 413);
}

#[tokio::test]
async fn a_request_for_another_host_is_not_answered() {
    let program = Program::start().await;
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("evil.example"));
    let page = program
        .browser()
        .send(Method::GET, &at("/"), headers, bytes::Bytes::new())
        .await;
    assert_eq!(page.status, 421);
    assert!(page.text().contains("APP_URL"), "the remedy is named");
}

#[tokio::test]
async fn another_name_of_this_machine_leads_to_the_address_of_the_app() {
    let program = Program::start().await;
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("localhost:3000"));
    let page = program
        .browser()
        .send(
            Method::GET,
            &at("/profile?a=1"),
            headers,
            bytes::Bytes::new(),
        )
        .await;
    assert_eq!(page.status, 307);
    assert_eq!(page.header("location"), at("/profile?a=1"));
}
