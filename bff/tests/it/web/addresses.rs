use http::{Method, Request, StatusCode, header};

use super::{HTTPS, LOOPBACK, get_page, request, send};

#[tokio::test]
async fn a_foreign_host_is_misdirected() {
    for host in [
        "evil.example",
        "app.example.evil.example",
        "app.example:444",
        "",
        "app.example,evil.example",
        "127.0.0.1",
    ] {
        let builder = Request::builder().uri("/").header(header::HOST, host);
        assert_eq!(
            send(HTTPS, builder).await.status(),
            StatusCode::MISDIRECTED_REQUEST,
            "{host}"
        );
    }
    let twice = request(&Method::GET, "/").header(header::HOST, "app.example");
    assert_eq!(
        send(HTTPS, twice).await.status(),
        StatusCode::MISDIRECTED_REQUEST
    );
    assert_eq!(
        send(HTTPS, Request::builder().uri("/")).await.status(),
        StatusCode::MISDIRECTED_REQUEST
    );
    let upper = Request::builder()
        .uri("/")
        .header(header::HOST, "APP.example");
    assert_eq!(send(HTTPS, upper).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn other_names_of_this_machine_lead_to_the_address_of_the_app() {
    for host in [
        "localhost:3000",
        "[::1]:3000",
        "127.0.0.2:3000",
        "app.localhost:3000",
    ] {
        let builder = Request::builder()
            .uri("/page?x=1")
            .header(header::HOST, host);
        let answer = send(LOOPBACK, builder).await;
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT, "{host}");
        assert_eq!(
            answer.headers()["location"],
            "http://127.0.0.1:3000/page?x=1"
        );
        let post = Request::builder()
            .method(Method::POST)
            .uri("/")
            .header(header::HOST, host);
        assert_eq!(
            send(LOOPBACK, post).await.status(),
            StatusCode::MISDIRECTED_REQUEST
        );
    }
    let builder = Request::builder()
        .uri("/")
        .header(header::HOST, "localhost:7000");
    assert_eq!(
        send(LOOPBACK, builder).await.status(),
        StatusCode::MISDIRECTED_REQUEST
    );
}

#[tokio::test]
async fn a_redirect_leads_into_the_app_or_to_the_org() {
    for target in [
        "/page?x=1#y",
        "page",
        "https://app.example/x",
        "https://op.example/logout?id_token_hint=x",
    ] {
        let answer = get_page(&format!("/go?{target}")).await;
        assert_eq!(
            answer.headers()["location"],
            target.split('#').next().expect("a target")
        );
    }
    for target in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "http://app.example/",
        "https://app.example:444/",
        "https://app.example@evil.example/",
        "https://op.example.evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
    ] {
        let answer = get_page(&format!("/go?{target}")).await;
        assert_eq!(answer.headers()["location"], "/", "{target}");
    }
}
