use bff::{SessionEnd, SessionEvent, SessionWatch, Watched};

use crate::support::{Browser, World};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// A page that is open, after it has been told whose session this is.
async fn open(world: &World, browser: &Browser) -> SessionWatch {
    let Watched::Session(mut watch) = world.bff.watch_session(&browser.headers()).await else {
        panic!("a session to watch");
    };
    let first = watch.next().await;
    assert!(matches!(first, Some(SessionEvent::Person(_))), "{first:?}");
    *watch
}

#[tokio::test]
async fn there_is_nothing_to_watch_without_a_session() {
    let world = World::new().await;
    let nobody = world.bff.watch_session(&Browser::default().headers()).await;
    assert!(matches!(nobody, Watched::SignedOut));
}

#[tokio::test]
async fn whose_session_it_is_is_the_same_for_one_person_and_says_nothing_else() {
    let world = World::new().await;
    let first = world.session(&mut world.signed_in().await).await;
    let second = world.session(&mut world.signed_in().await).await;
    assert_eq!(first.person_key(), second.person_key());
    assert_eq!(first.person_key().len(), 22);
    assert!(!first.person_key().contains(&first.subject));
}

#[tokio::test(start_paused = true)]
async fn a_session_that_another_process_ends_is_looked_at_again_within_half_a_second() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let mut watch = open(&world, &browser).await;
    let elsewhere = world.reopen(|_| {}).await;
    elsewhere.sign_out(&browser.headers()).await;
    let before = tokio::time::Instant::now();
    assert_eq!(watch.next().await, Some(SessionEvent::Changed));
    assert!(before.elapsed().as_millis() <= 500);
    assert_eq!(watch.next().await, None);
    let again = world.bff.watch_session(&browser.headers()).await;
    assert!(matches!(again, Watched::SignedOut));
}

#[tokio::test(start_paused = true)]
async fn signing_in_again_in_another_tab_leads_to_the_new_session() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut watch = open(&world, &browser).await;
    world.sign_in(&mut browser).await.expect("a new session");
    assert_eq!(watch.next().await, Some(SessionEvent::Changed));
    open(&world, &browser).await;
}

#[tokio::test(start_paused = true)]
async fn the_idle_end_is_announced_and_taken_back_when_somebody_stays() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut watch = open(&world, &browser).await;
    world.clock.advance_seconds(2 * HOUR - 2 * MINUTE);
    assert_eq!(watch.next().await, Some(SessionEvent::IdleSoon));
    assert!(world.is_signed_in(&mut browser).await, "somebody stays");
    assert_eq!(watch.next().await, Some(SessionEvent::Active));
    world.clock.advance_seconds(2 * HOUR - MINUTE);
    assert_eq!(watch.next().await, Some(SessionEvent::IdleSoon));
    world.clock.advance_seconds(MINUTE);
    let end = SessionEvent::Ended(SessionEnd::Idle);
    assert_eq!(watch.next().await, Some(end), "watching is no use");
    assert_eq!(watch.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn the_last_end_comes_without_an_offer_to_stay() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut watch = open(&world, &browser).await;
    for _ in 0..11 {
        world.clock.advance_seconds(HOUR);
        assert!(world.is_signed_in(&mut browser).await);
    }
    world.clock.advance_seconds(HOUR);
    let end = SessionEvent::Ended(SessionEnd::Expired);
    assert_eq!(watch.next().await, Some(end));
}
