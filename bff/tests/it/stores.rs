//! What every session store promises.

use std::time::Duration;

use bff::{
    EndedNotice, EndedNotices, NamesForm, Onboarding, OnboardingMark, OnboardingMarks, SessionState,
};
use model::{Clock, Landing, ZoneName};
use serde_json::{Value, json};
use testkit::provider::{Fault, ISSUER, SUBJECT};
use testkit::{Authority, RedisServer};

use crate::support::{Browser, World, with_each_store};

const HOUR: i64 = 60 * 60;

with_each_store! {
    a_session_lives_while_it_is_used_and_twelve_hours_at_most
    signing_in_again_ends_the_session_that_the_browser_had
    all_sessions_of_a_person_are_listed_and_can_be_ended_one_by_one
    all_sessions_of_a_person_can_be_ended_at_once_but_this_one
    sessions_are_found_by_account_by_session_of_the_org_and_by_email
    a_signed_token_counts_once_in_all_processes
    a_sign_in_counts_once_in_all_processes
    onboarding_is_kept_for_the_account_and_finishes_once
    what_was_seen_and_put_off_is_kept_for_the_account
    what_ends_in_one_process_is_told_in_the_other
    tokens_that_are_too_long_for_cookies_are_kept_and_found
}

async fn a_session_lives_while_it_is_used_and_twelve_hours_at_most(world: World) {
    let mut browser = world.signed_in().await;
    let session = world.session(&mut browser).await;
    let now = world.clock.now().as_second();
    assert_eq!(session.idle_ends_at.as_second(), now + 2 * HOUR);
    for _ in 0..11 {
        world.clock.advance_seconds(HOUR);
        assert!(world.is_signed_in(&mut browser).await);
    }
    world.clock.advance_seconds(HOUR - 1);
    assert!(world.is_signed_in(&mut browser).await);
    world.clock.advance_seconds(1);
    assert!(!world.is_signed_in(&mut browser).await);
    let idle = world.signed_in().await;
    world.clock.advance_seconds(HOUR);
    let peeked = world.bff.peek_session(&idle.headers()).await;
    assert!(matches!(peeked.state, SessionState::SignedIn(_)));
    world.clock.advance_seconds(HOUR);
    let peeked = world.bff.peek_session(&idle.headers()).await;
    assert!(
        matches!(peeked.state, SessionState::SignedOut),
        "to peek is not to use"
    );
}

async fn signing_in_again_ends_the_session_that_the_browser_had(world: World) {
    let mut browser = world.signed_in().await;
    let mut old = browser.clone();
    world.sign_in(&mut browser).await.expect("a second session");
    assert!(world.is_signed_in(&mut browser).await);
    assert!(!world.is_signed_in(&mut old).await);
}

async fn all_sessions_of_a_person_are_listed_and_can_be_ended_one_by_one(world: World) {
    let mut first = world.signed_in().await;
    world.clock.advance_seconds(60);
    let mut second = world.signed_in().await;
    world.clock.advance_seconds(60);
    let session = world.session(&mut first).await;
    let other = world.session(&mut second).await.handle;
    world.clock.advance_seconds(60);
    let session_again = world.session(&mut first).await;
    assert_eq!(session.handle, session_again.handle);
    let listed = world.bff.sessions_of(&session).await.expect("a list");
    let handles: Vec<_> = listed.iter().map(|entry| entry.handle).collect();
    assert_eq!(
        handles,
        [session.handle, other],
        "the one used last comes first"
    );
    assert_eq!(
        listed[0].signed_in_at.as_second(),
        world.clock.now().as_second() - 180
    );
    assert_eq!(world.bff.end_session(&session, other).await, Ok(true));
    assert_eq!(world.bff.end_session(&session, other).await, Ok(false));
    assert!(!world.is_signed_in(&mut second).await);
    assert!(world.is_signed_in(&mut first).await);

    world.provider.change_payload(|mut claims| {
        claims.insert("sub".to_owned(), json!("00uSomebodyElse00001"));
        Value::Object(claims).to_string().into_bytes()
    });
    world.provider.set_fault(Fault::UserinfoInvalidSub);
    let mut stranger = world.signed_in().await;
    let foreign = world.session(&mut stranger).await.handle;
    assert_eq!(world.bff.end_session(&session, foreign).await, Ok(false));
    assert!(world.is_signed_in(&mut stranger).await);
}

async fn all_sessions_of_a_person_can_be_ended_at_once_but_this_one(world: World) {
    let mut browsers = [
        world.signed_in().await,
        world.signed_in().await,
        world.signed_in().await,
    ];
    let session = world.session(&mut browsers[1]).await;
    assert_eq!(world.bff.end_other_sessions(&session).await, Ok(2));
    let mut living = Vec::new();
    for browser in &mut browsers {
        living.push(world.is_signed_in(browser).await);
    }
    assert_eq!(living, [false, true, false]);
}

async fn sessions_are_found_by_account_by_session_of_the_org_and_by_email(world: World) {
    world.provider.change_payload(|mut claims| {
        claims.insert("sid".to_owned(), json!("102-org-session"));
        Value::Object(claims).to_string().into_bytes()
    });
    let bff = &world.bff;
    let mut browser = world.signed_in().await;
    assert_eq!(
        bff.end_sessions_of_account(ISSUER, "00uNobody").await,
        Ok(0)
    );
    assert_eq!(
        bff.end_sessions_of_account("https://evil.example", SUBJECT)
            .await,
        Ok(0)
    );
    assert_eq!(
        bff.end_sessions_of_org_session(ISSUER, "another").await,
        Ok(0)
    );
    assert_eq!(
        bff.end_sessions_of_email(ISSUER, "jane@example.com").await,
        Ok(0)
    );
    assert!(world.is_signed_in(&mut browser).await);
    assert_eq!(bff.end_sessions_of_account(ISSUER, SUBJECT).await, Ok(1));
    assert!(!world.is_signed_in(&mut browser).await);
    let mut browser = world.signed_in().await;
    assert_eq!(
        bff.end_sessions_of_org_session(ISSUER, "102-org-session")
            .await,
        Ok(1)
    );
    assert!(!world.is_signed_in(&mut browser).await);
    let mut browser = world.signed_in().await;
    assert_eq!(
        bff.end_sessions_of_email(ISSUER, "John.Doe@Example.com")
            .await,
        Ok(1)
    );
    assert!(!world.is_signed_in(&mut browser).await);
}

async fn a_signed_token_counts_once_in_all_processes(world: World) {
    let other = world.reopen(|_| {}).await;
    let until = model::Timestamp::from_second(world.clock.now().as_second() + 600);
    let until = until.expect("a time");
    assert_eq!(
        world.bff.use_signed_token_once(ISSUER, "one", until).await,
        Ok(true)
    );
    assert_eq!(
        other.use_signed_token_once(ISSUER, "one", until).await,
        Ok(false)
    );
    assert_eq!(
        other.use_signed_token_once(ISSUER, "two", until).await,
        Ok(true)
    );
    let elsewhere = "https://evil.example";
    assert_eq!(
        other.use_signed_token_once(elsewhere, "one", until).await,
        Ok(true)
    );
}

async fn a_sign_in_counts_once_in_all_processes(world: World) {
    let other = world.reopen(|_| {}).await;
    let mut browser = Browser::default();
    let location = world.begin(&mut browser, model::ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    let copy = browser.clone();
    world
        .complete(&mut browser, &query)
        .await
        .expect("a session");
    let replay = other
        .complete_sign_in(
            &copy.headers(),
            bff::CallbackQuery::new(&query),
            bff::BrowserInfo::default(),
        )
        .await;
    let (error, _) = replay.expect_err("used before");
    assert_eq!(error.code, model::SignInErrorCode::TransactionUnknown);
}

async fn onboarding_is_kept_for_the_account_and_finishes_once(world: World) {
    let session = world.session(&mut world.signed_in().await).await;
    let form = |first_name: &str| NamesForm {
        first_name: first_name.to_owned(),
        last_name: "Doe".to_owned(),
        locale: "en".to_owned(),
    };
    assert_eq!(
        world.bff.onboarding(&session).await,
        Ok(Onboarding::NotStarted)
    );
    assert!(
        world
            .bff
            .finish_onboarding(&session, Landing::Home)
            .await
            .is_err()
    );
    let saved = world.bff.save_names(&session, form("John")).await;
    assert!(matches!(saved, Ok(Onboarding::NamesSaved(_))), "{saved:?}");
    let finished = world
        .bff
        .finish_onboarding(&session, Landing::Profile)
        .await;
    assert!(
        matches!(finished, Ok(Onboarding::Finished { .. })),
        "{finished:?}"
    );
    let again = world.bff.finish_onboarding(&session, Landing::Home).await;
    assert_eq!(again, finished);
    assert_eq!(world.bff.save_names(&session, form("Jim")).await, finished);
    let other = world.reopen(|_| {}).await;
    assert_eq!(other.onboarding(&session).await, finished);
}

async fn what_was_seen_and_put_off_is_kept_for_the_account(world: World) {
    let mut browser = world.signed_in().await;
    let session = world.session(&mut browser).await;
    let zone = |name: &str| ZoneName::parse(name).expect("a zone");
    assert_eq!(
        world.bff.onboarding_marks(&session).await,
        Ok(OnboardingMarks::default())
    );
    for mark in [
        OnboardingMark::Welcomed,
        OnboardingMark::FactorsPutOff,
        OnboardingMark::Zone(zone("Europe/Berlin")),
        OnboardingMark::Zone(zone("Asia/Tokyo")),
        OnboardingMark::Welcomed,
    ] {
        assert_eq!(world.bff.mark_onboarding(&session, mark).await, Ok(()));
    }
    let expected = OnboardingMarks {
        is_welcomed: true,
        is_email_put_off: false,
        are_factors_put_off: true,
        zone: Some(zone("Asia/Tokyo")),
    };
    let other = world.reopen(|_| {}).await;
    assert_eq!(other.onboarding_marks(&session).await, Ok(expected));
    assert_eq!(
        other.onboarding(&session).await,
        Ok(Onboarding::NotStarted),
        "marks are no names"
    );
    // A browser learns the zone when the person signs in.
    let mut elsewhere = Browser::default();
    world.sign_in(&mut elsewhere).await.expect("a session");
    assert_eq!(
        world.bff.kept_zone(&elsewhere.headers()),
        Some(zone("Asia/Tokyo"))
    );
}

async fn what_ends_in_one_process_is_told_in_the_other(world: World) {
    let other = world.reopen(|_| {}).await;
    let mut browser = world.signed_in().await;
    let handle = world.session(&mut browser).await.handle;
    let mut notices = other.ended_notices();
    assert_eq!(
        next(&mut notices).await,
        EndedNotice::Unknown,
        "from now on"
    );
    let mut later = other.ended_notices();
    world.bff.sign_out(&browser.headers()).await;
    assert_eq!(next(&mut notices).await, EndedNotice::Session(handle));
    assert_eq!(next(&mut later).await, EndedNotice::Session(handle));
}

async fn next(notices: &mut EndedNotices) -> EndedNotice {
    in_time(notices.next(), "a notice comes").await
}

/// What must come about. Whoever asks the store waits for its connection, so asking again and again needs no pauses.
async fn in_time<T>(wanted: impl Future<Output = T>, what: &str) -> T {
    let patience = Duration::from_secs(20);
    let outcome = tokio::time::timeout(patience, wanted).await;
    outcome.unwrap_or_else(|_| panic!("in time: {what}"))
}

async fn tokens_that_are_too_long_for_cookies_are_kept_and_found(world: World) {
    world.provider.set_fault(Fault::LongTokens);
    let browser = world.signed_in().await;
    assert!(browser.names("portico_tokens").is_empty());
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    assert_eq!(world.provider.revoked().len(), 1, "{sign_out:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_signs_nobody_out_and_needs_no_restart_of_the_app() {
    let mut world = World::with_redis(RedisServer::start()).await;
    let mut browser = world.signed_in().await;
    let redis = |world: &mut World, act: fn(&mut RedisServer)| {
        act(world.redis.as_mut().expect("a server"));
    };
    redis(&mut world, RedisServer::stop);
    let before = browser.cookies.clone();
    assert!(matches!(
        world.state(&mut browser).await,
        SessionState::CannotCheck
    ));
    assert!(!world.bff.is_ready().await);
    assert_eq!(browser.cookies, before, "the cookies stay");
    let error = world
        .sign_in(&mut Browser::default())
        .await
        .expect_err("nothing can be kept");
    assert_eq!(error.code, model::SignInErrorCode::StoreUnavailable);
    redis(&mut world, RedisServer::resume);
    let back = async { while !world.is_signed_in(&mut browser).await {} };
    in_time(back, "the app finds back to its store").await;
    assert!(world.bff.is_ready().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_app_starts_before_its_server_does() {
    let mut server = RedisServer::start();
    server.stop();
    let mut world = World::with_redis(server).await;
    assert!(!world.bff.is_ready().await);
    world.redis.as_mut().expect("a server").resume();
    let found = async { while !world.bff.is_ready().await {} };
    in_time(found, "the app finds its store").await;
    let mut browser = world.signed_in().await;
    assert!(world.is_signed_in(&mut browser).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_tls_is_trusted_by_the_authority_that_the_address_names() {
    let authority = Authority::new();
    let good = authority.issue("localhost");
    let server = RedisServer::start_tls(&good, &authority.pem());
    let world = World::with_redis(server).await;
    let mut browser = world.signed_in().await;
    assert!(world.is_signed_in(&mut browser).await);

    let stranger = Authority::new();
    let server = RedisServer::start_tls(&good, &stranger.pem());
    let world = World::with_redis(server).await;
    assert!(!world.bff.is_ready().await, "signed by somebody else");

    let elsewhere = authority.issue("elsewhere.example");
    let server = RedisServer::start_tls(&elsewhere, &authority.pem());
    let world = World::with_redis(server).await;
    assert!(!world.bff.is_ready().await, "the name is another");

    let expired = authority.issue_expired("localhost");
    let server = RedisServer::start_tls(&expired, &authority.pem());
    let world = World::with_redis(server).await;
    assert!(!world.bff.is_ready().await, "its time is over");
}
