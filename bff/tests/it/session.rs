use bff::SessionState;
use model::{Clock, Timestamp};
use rusqlite::Connection;
use testkit::provider::{ISSUER, SUBJECT};

use crate::support::{Browser, World};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

#[tokio::test]
async fn a_session_says_who_signed_in_how_and_until_when() {
    let world = World::new().await;
    let now = world.clock.now().as_second();
    let session = world.session(&mut world.signed_in().await).await;
    assert_eq!(
        (session.issuer.as_str(), session.subject.as_str()),
        (ISSUER, SUBJECT)
    );
    assert_eq!(session.display_name(), "John Doe");
    assert_eq!(session.amr, ["pwd"]);
    assert_eq!(session.auth_time.map(Timestamp::as_second), Some(now - 5));
    assert_eq!(session.signed_in_at.as_second(), now);
    assert_eq!(session.expires_at.as_second(), now + 12 * HOUR);
}

#[tokio::test]
async fn nobody_is_signed_in_without_cookies() {
    let world = World::new().await;
    assert!(matches!(
        world.state(&mut Browser::default()).await,
        SessionState::SignedOut
    ));
}

#[tokio::test]
async fn an_idle_session_ends_after_two_hours() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    world.clock.advance_seconds(2 * HOUR - 1);
    assert!(world.is_signed_in(&mut browser.clone()).await);
    let mut idle = world.signed_in().await;
    world.clock.advance_seconds(2 * HOUR);
    assert!(!world.is_signed_in(&mut idle).await);
    assert!(idle.cookies.is_empty(), "its cookies are taken away");
    assert!(!world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn a_busy_session_lives_for_twelve_hours_and_no_longer() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    for _ in 0..11 {
        world.clock.advance_seconds(HOUR);
        assert!(world.is_signed_in(&mut browser).await);
    }
    world.clock.advance_seconds(HOUR - 1);
    assert!(world.is_signed_in(&mut browser).await);
    world.clock.advance_seconds(1);
    assert!(!world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn the_last_use_is_written_at_most_once_a_minute() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let store = Connection::open(world.store_path()).expect("the store");
    let last_seen = || -> i64 {
        store
            .query_row("SELECT last_seen_at FROM session", [], |row| row.get(0))
            .expect("a row")
    };
    let start = world.clock.now().as_second();
    world.clock.advance_seconds(MINUTE - 1);
    world.state(&mut browser).await;
    assert_eq!(last_seen(), start);
    world.clock.advance_seconds(1);
    world.state(&mut browser).await;
    assert_eq!(last_seen(), start + MINUTE);
}

#[tokio::test]
async fn signing_in_again_gives_a_new_id_and_ends_the_old_session() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let mut old = browser.clone();
    world.sign_in(&mut browser).await.expect("a second session");
    assert_ne!(browser.cookies, old.cookies);
    assert!(world.is_signed_in(&mut browser).await);
    assert!(!world.is_signed_in(&mut old).await);
}

#[tokio::test]
async fn a_session_survives_a_restart() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let restarted = world.reopen(|_| {}).await;
    let check = restarted.session(&browser.headers()).await;
    assert!(matches!(check.state, SessionState::SignedIn(_)));
}

#[tokio::test]
async fn a_store_that_does_not_answer_signs_nobody_out() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let store = Connection::open(world.store_path()).expect("the store");
    store
        .execute_batch("ALTER TABLE session RENAME TO away")
        .expect("renamed");
    assert!(matches!(
        world.state(&mut browser).await,
        SessionState::CannotCheck
    ));
    assert!(!world.bff.is_ready().await);
    store
        .execute_batch("ALTER TABLE away RENAME TO session")
        .expect("renamed back");
    assert!(
        world.is_signed_in(&mut browser).await,
        "the cookies are still there"
    );
    assert!(world.bff.is_ready().await);
}

#[tokio::test]
async fn a_sign_in_that_cannot_be_stored_says_so() {
    let world = World::new().await;
    let store = Connection::open(world.store_path()).expect("the store");
    store.execute_batch("DROP TABLE session").expect("dropped");
    let outcome = world.sign_in(&mut Browser::default()).await;
    let error = outcome.expect_err("no session can be kept");
    assert_eq!(error.code, model::SignInErrorCode::StoreUnavailable);
}

#[tokio::test]
async fn rows_of_ended_sessions_do_not_pile_up() {
    let world = World::new().await;
    for _ in 0..5 {
        world.signed_in().await;
    }
    world.clock.advance_seconds(13 * HOUR);
    world.signed_in().await;
    let store = Connection::open(world.store_path()).expect("the store");
    let count = |table: &str| -> i64 {
        store
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .expect("a count")
    };
    assert_eq!(count("session"), 1);
    assert_eq!(count("used_once"), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn the_store_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().await;
    world.signed_in().await;
    let folder = world.store_path().parent().expect("a folder").to_owned();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("a file");
        let mode = entry.metadata().expect("metadata").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", entry.path());
    }
}
