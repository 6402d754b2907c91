//! What an open page hears of its session.

use testkit::{APP_URL, Browser};

use crate::listener::Listener;
use crate::support::{Program, at, other_site, own_page, signed_in};

async fn listen(program: &Program, browser: &Browser) -> Listener {
    Listener::open(program.app(), browser).await
}

#[tokio::test]
async fn nobody_hears_at_once_that_nobody_is_signed_in() {
    let program = Program::start().await;
    let mut listener = listen(&program, &program.browser()).await;
    assert_eq!(listener.status, 200);
    let event = listener.next().await;
    assert_eq!(event.as_deref(), Some("event: ended\ndata: signed-out\n\n"));
    assert_eq!(listener.next().await, None);
}

#[tokio::test]
async fn a_sign_out_in_another_tab_is_heard_of() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let mut listener = listen(&program, &browser).await;
    let person = listener.next().await.expect("an event");
    assert!(person.starts_with("event: person\ndata: "), "{person}");
    assert!(!person.contains("00u"), "it does not say who that is");

    let copy = browser.clone();
    let _away = browser.post_with(&at("/sign-out"), own_page(), &[]).await;
    let event = listener.next().await;
    assert_eq!(event.as_deref(), Some("event: changed\ndata: look\n\n"));
    assert_eq!(listener.next().await, None);
    let mut again = listen(&program, &copy).await;
    let event = again.next().await;
    assert_eq!(event.as_deref(), Some("event: ended\ndata: signed-out\n\n"));
}

#[tokio::test]
async fn listening_sets_no_cookie_is_not_kept_and_is_no_use_of_the_session() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    program.org.clock.advance_seconds(2 * 60 * 60 - 30);
    let mut listener = listen(&program, &browser).await;
    let header = |name: &str| {
        let value = listener.headers.get(name);
        value.map(|value| value.to_str().expect("text").to_owned())
    };
    assert_eq!(header("content-type").as_deref(), Some("text/event-stream"));
    assert_eq!(header("cache-control").as_deref(), Some("no-store"));
    assert_eq!(header("x-accel-buffering").as_deref(), Some("no"));
    assert_eq!(header("set-cookie"), None);
    assert_eq!(header("content-encoding"), None);
    let _person = listener.next().await;
    let event = listener.next().await;
    assert_eq!(event.as_deref(), Some("event: idle\ndata: soon\n\n"));

    let stay = browser
        .post_with(&at("/api/session/stay"), own_page(), &[])
        .await;
    assert_eq!(stay.status, 204, "{}", stay.text());
    let event = listener.next().await;
    assert_eq!(event.as_deref(), Some("event: active\ndata: again\n\n"));
}

#[tokio::test]
async fn staying_is_for_whoever_is_signed_in_and_asked_by_a_page_of_the_app() {
    let program = Program::start().await;
    let stay = at("/api/session/stay");
    let mut stranger = program.browser();
    assert_eq!(stranger.post_with(&stay, own_page(), &[]).await.status, 401);
    let mut browser = signed_in(&program).await;
    let forged = browser.post_with(&stay, other_site(), &[]).await;
    assert_eq!(forged.status, 403);
}

#[tokio::test]
async fn a_session_has_places_for_eight_listeners_and_gives_them_back() {
    let program = Program::start().await;
    let browser = signed_in(&program).await;
    let mut listeners = Vec::new();
    for _ in 0..8 {
        let listener = listen(&program, &browser).await;
        assert_eq!(listener.status, 200);
        listeners.push(listener);
    }
    let ninth = listen(&program, &browser).await;
    assert_eq!(ninth.status, 429);
    listeners.pop();
    let another = listen(&program, &browser).await;
    assert_eq!(another.status, 200);
}

#[tokio::test]
async fn streams_end_when_the_program_does() {
    let program = Program::start().await;
    let browser = signed_in(&program).await;
    let mut listener = listen(&program, &browser).await;
    let _person = listener.next().await;
    program.stop();
    assert_eq!(listener.next().await, None);
}

#[tokio::test]
async fn the_page_of_somebody_watches_and_a_strangers_does_not() {
    let program = Program::start().await;
    let stranger = program.browser().get(APP_URL).await.text();
    assert!(!stranger.contains("data-person"));
    let mut browser = signed_in(&program).await;
    let page = browser.get(&at("/profile")).await.text();
    assert!(page.contains("data-person"), "{page}");
    assert!(page.contains("<template"), "{page}");
    assert!(page.contains("<dialog"), "{page}");
}
