//! Tokens that are missing, or that the store could not take.

use bff::{Demand, Renewal, TokensState};

use crate::refresh::{access_token, held, renewals, signed_in, tokens};
use crate::support::{Browser, World};

const HOUR: i64 = 60 * 60;

#[tokio::test]
async fn without_a_refresh_token_the_session_goes_on_and_nothing_is_asked() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    world.clock.advance_seconds(HOUR);
    let state = held(tokens(&world, &mut browser, Demand::Valid).await);
    assert_eq!(state.renewal, Renewal::Impossible);
    assert_eq!(renewals(&world), 0);
    assert!(world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn a_browser_that_lost_its_tokens_is_still_signed_in() {
    let world = World::new().await;
    let mut browser = signed_in(&world).await;
    for name in browser.names("portico_tokens") {
        browser.cookies.remove(&name);
    }
    let state = tokens(&world, &mut browser, Demand::Valid).await;
    assert!(matches!(state, TokensState::Lost(_)), "{state:?}");
    let nobody = tokens(&world, &mut Browser::default(), Demand::Valid).await;
    assert!(matches!(nobody, TokensState::SignedOut), "{nobody:?}");
}

#[tokio::test]
async fn tokens_that_the_store_could_not_take_are_in_the_browser() {
    let world = World::new().await;
    let mut browser = signed_in(&world).await;
    world.clock.advance_seconds(HOUR);
    let store = rusqlite::Connection::open(world.store_path()).expect("the store");
    // The row can be read and leased, and takes no new tokens.
    store
        .execute_batch(
            "CREATE TRIGGER full BEFORE UPDATE OF tokens ON session WHEN new.revoked_at IS NULL
             BEGIN SELECT RAISE(ABORT, 'disk full'); END",
        )
        .expect("a trigger");
    let new = access_token(&world, &mut browser).await;
    store.execute_batch("DROP TRIGGER full").expect("dropped");
    assert_eq!(access_token(&world, &mut browser).await, new);
    assert_eq!(renewals(&world), 1);
    assert!(world.is_signed_in(&mut browser).await);
    world.clock.advance_seconds(HOUR);
    assert_ne!(access_token(&world, &mut browser).await, new);
    assert_eq!(world.provider.reuses(), 0);
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_said_so_and_signs_nobody_out() {
    let world = World::new().await;
    let mut browser = signed_in(&world).await;
    let store = rusqlite::Connection::open(world.store_path()).expect("the store");
    store
        .execute_batch("ALTER TABLE session RENAME TO away")
        .expect("renamed");
    let state = tokens(&world, &mut browser, Demand::Valid).await;
    assert!(matches!(state, TokensState::CannotCheck), "{state:?}");
    store
        .execute_batch("ALTER TABLE away RENAME TO session")
        .expect("renamed back");
    access_token(&world, &mut browser).await;
}
